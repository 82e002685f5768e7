"""HTML tags in Markdown: which are markup, and which are a placeholder such as `<user>` that a reader is to see."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# The tags that part texts: br, hr, pre, and the tags that begin an HTML block in CommonMark.
PARTING = frozenset(
    "address article aside base basefont blockquote body br caption center col colgroup dd details dialog dir div dl "
    "dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    "link main menu menuitem nav noframes ol optgroup option p param picture pre search section summary table tbody "
    "td tfoot th thead title tr track ul".split()
)
HIDDEN = frozenset("audio iframe math noscript object script select style svg template video".split())
"""The elements whose content is not text to read."""
_INLINE = frozenset(
    "a abbr acronym area b bdi bdo big button canvas cite code data datalist del dfn em embed font i img input ins kbd "
    "label map mark marquee meter nobr output path progress q rb rp rt rtc ruby s samp slot small source span strike "
    "strong sub sup text textarea time tt u var wbr".split()
)
_KNOWN = PARTING | HIDDEN | _INLINE
# Names of elements that people write as placeholders far more often: they are tags only with attributes or an end.
_SELDOM_TAGS = frozenset(
    "address area base data dir embed frame input label link map menu meter object option output param progress "
    "search section slot source text time title track var".split()
)
_TAG = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|<(?P<closing>/?)(?P<name>[a-z][\w:.-]*+)"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>|<[!?][^<>]*+>",
    re.IGNORECASE,
)
_NAMES = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)")
_ATTRIBUTE = re.compile(
    r"(?<![\w:@.-])([\w:@.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|\{\s*+[\"'`]([^\"'`{}]*+)[\"'`]\s*+\}|([^\s\"'>{]++))"
)
# Python refuses to make a number of thousands of digits, and no character's number has more than seven.
_LONG_REFERENCE = re.compile(r"(?<=&#)[0-9]{8,}+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; `name` is in lower case, and empty for a comment, a declaration or an instruction."""

    name: str
    closing: bool
    source: str
    attributes: str = ""

    def attribute(self, name: str) -> str:
        """The attribute's value, or an empty text."""
        return attributes(self.attributes).get(name, "")


class Tags:
    """Tells tags from placeholders, by the elements that the whole document closes."""

    def __init__(self, document: str) -> None:
        names: dict[str, set[str]] = {"": set(), "/": set()}
        for match in _NAMES.finditer(document):
            names[match[1]].add(match[2])
        self.paired = names[""] & names["/"]

    def are_markup(self, name: str, attributes: str) -> bool:
        """Whether a tag with this name, as it is written, is markup."""
        known = name.lower()
        if known in _KNOWN and known not in _SELDOM_TAGS:
            return True
        return "=" in attributes or attributes.endswith("/") or name in self.paired

    def parse(self, source: str) -> Tag | None:
        """The tag that the source is; None if it is a placeholder."""
        match = _TAG.fullmatch(source)
        return self._tag(match) if match else Tag("", closing=False, source=source)

    def split(self, source: str) -> Iterator[Tag | str]:
        """HTML as tags and the texts between them, their character references resolved."""
        end = 0
        for match in _TAG.finditer(source):
            tag = self._tag(match)
            if tag is None:
                continue
            if match.start() > end:
                yield unescaped(source[end : match.start()])
            yield tag
            end = match.end()
        if end < len(source):
            yield unescaped(source[end:])

    def _tag(self, match: re.Match[str]) -> Tag | None:
        name = match["name"]
        if name is None:
            return Tag("", closing=False, source=match.group())
        if not self.are_markup(name, match["attributes"]):
            return None
        return Tag(name.lower(), bool(match["closing"]), match.group(), match["attributes"])


def attributes(source: str) -> dict[str, str]:
    """The attributes in the source of a tag, by their names in lower case."""
    values: dict[str, str] = {}
    for name, *texts in _ATTRIBUTE.findall(source):
        values.setdefault(name.lower(), unescaped(next(filter(None, texts), "")))
    return values


def unescaped(source: str) -> str:
    """The source with characters in the place of their references."""
    return html.unescape(_LONG_REFERENCE.sub(_shortened, source)) if "&" in source else source


def _shortened(digits: re.Match[str]) -> str:
    """Enough digits of a character reference to show that no character has this number."""
    return digits.group().lstrip("0")[:8] or "0"
