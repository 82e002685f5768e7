"""Marks within the text of Markdown's dialects → CommonMark: templates, attributes, emoji codes, wiki links and others.

Code in the text stays as it is: a reader sees it. What these marks are in a dialect that a document does not use, they
would be text: so each is told by its whole form.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

from rich.emoji import Emoji

from retrieval.reading.markdown.marks import LABEL
from retrieval.reading.markdown.templates import Replacement, output, shortcode

# What an expression, a tag and a comment may have in characters.
_LONGEST_OUTPUT = 300
_LONGEST_TAG = 3_000
_LONGEST_COMMENT = 20_000
# The number of blanks before a tag that is indented.
_DEEPEST_INDENT = 40
_START = re.compile(
    r"\\[^\n]|(?P<ticks>`+)|(?P<brace>\{)|(?P<wiki>!?\[\[)|(?P<docs>\[!)|(?P<at>@\[)"
    r"|(?P<emoji>:[a-z0-9_+-]{1,60}:)|(?P<mark>==)|(?P<keys>\+\+)|(?P<raised>\^)|(?P<lowered>~)|(?P<note>\(\d)"
)
_REST_OF_LINK = re.compile(r"\](?:\([^)\n]*+\)|\[[^\]\n]*+\])(?:\{:?[^{}\n]*+\})?")
_BLANKS = re.compile(r"[ ]*+")
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ATTRIBUTE = r"(?:[#.][A-Za-z_][\w:.-]*+|[\w:@-]++=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s\"'{}]++)|:?[A-Za-z][\w-]*+)"
_ATTRIBUTES = re.compile(rf"\{{(?P<colon>:?)[ ]*+(?:{_ATTRIBUTE}[ ]*+)++\}}(?P<end>[ ]*+(?=\n|$))?")
_KRAMDOWN = re.compile(r"\{:(?::[\w-]*+|/)[^{}\n]*+\}|\{:[^{}\n]*+\}")
_ROLE = re.compile(r"\{[A-Za-z][\w:.+-]*+\}(?:`(?P<text>[^`<\n]*+)(?:<[^`<>\n]*+>)?`)")
_MDBOOK = re.compile(r"\{\{#[\w-]++[^{}\n]*+\}\}")
_SPACE_EXPRESSION = re.compile(r"\{(?:\"\s*+\"|'\s*+')\}")
_INCLUDED = re.compile(r"\{![^{}\n]*+!\}")
_WIKI = re.compile(r"\[\[(?P<page>[^\[\]|\n]++)(?:\|(?P<text>[^\[\]\n]++))?\]\](?![\[(])")
_LETTER = re.compile(r"[^\W\d_]")
_DOCS = re.compile(r"\[!(?:INCLUDE|VIDEO|div|code-[\w-]++|NOTEBOOK)\b[^\]\n]*+(?:\]\([^)\n]*+\))?\]", re.IGNORECASE)
_EMBED = re.compile(r"@\[[\w -]++\](?:\([^)\n]*+\))?")
_ICON = re.compile(r":(?:material|octicons|fontawesome|simple|lucide|mdi|fa|fas|fab|bi|icon|tabler)-[\w-]++:")
_ICON_SIZE = re.compile(r"-\d+:$")
_HIGHLIGHT = re.compile(r"==(?=[^\s=])[^\n=]{1,300}(?<=[^\s=])==(?![\w=])")
_KEYS = re.compile(
    r"\+\+(?P<keys>(?:[a-z0-9][a-z0-9-]*+|\"[^\"\n]{1,60}\")(?:\+(?:[a-z0-9-]++|\"[^\"\n]{1,60}\"))*+)\+\+"
)
_RAISED = re.compile(r"\^(?P<text>[+-]?\d{1,4}|[a-z]{1,3}|TM)\^")
_LOWERED = re.compile(r"~(?P<text>\d{1,4}|[a-z]{1,3})~(?!~)")
_NOTE = re.compile(r"\(\d{1,2}\)!(?![\w(])")
_WORD_END = re.compile(r"\w")
_CLOSERS = frozenset(")]`*_}\"'>:!?. \n\t")


def commonmark_text(text: str, titled: list[bool]) -> str:
    """A stretch of a document without code blocks, as CommonMark.

    `titled` tells of each part of the page that templates' tags have begun whether it has a title; it is updated.
    """
    return text if _START.search(text) is None else _Text(text, titled).rewritten()


class _Text:
    """A text, and how far it has been rewritten."""

    def __init__(self, text: str, titled: list[bool]) -> None:
        self._text = text
        self._titled = titled
        self._pieces: list[str] = []
        self._end = 0
        """The end of what has been rewritten."""
        self._closing: set[int] = set()
        """Where marks stand that end a highlighted text."""
        self._later_ticks = self._ticks()
        self._handlers: dict[str, Callable[[int], tuple[int, str] | None]] = {
            "ticks": self._code,
            "brace": self._brace,
            "wiki": self._wiki,
            "docs": self._docs,
            "at": self._embed,
            "emoji": self._emoji,
            "mark": self._highlight,
            "keys": self._keys,
            "raised": self._raised,
            "lowered": self._lowered,
            "note": self._note,
        }

    def rewritten(self) -> str:
        at = 0
        while match := _START.search(self._text, at):
            start, kind = match.start(), match.lastgroup
            found = self._handlers[kind](start) if kind else None
            if found is None:
                at = match.end()
                continue
            at, replacement = found
            link = _REST_OF_LINK.match(self._text, at) if not replacement and self._before(start) == "[" else None
            if link and start > self._end:  # nothing is left of the link's text
                start, at = start - 1, link.end()
            elif not replacement and self._before(start).isspace():
                at = _BLANKS.match(self._text, at).end()  # type: ignore[union-attr]
            self._pieces += (self._text[self._end : start], replacement)
            self._end = at
        self._pieces.append(self._text[self._end :])
        return "".join(self._pieces)

    def _before(self, start: int) -> str:
        """The character before, a line break at the start of the text."""
        return self._text[start - 1] if start else "\n"

    def _kept(self, start: int, end: int) -> tuple[int, str]:
        return end, self._text[start:end]

    # Code

    def _ticks(self) -> dict[int, int]:
        """Where the code ends that begins with the backticks at a place."""
        ends: dict[int, int] = {}
        blanks = [match.start() for match in _BLANK_LINE.finditer(self._text)]
        latest: dict[tuple[int, int], int] = {}
        for match in _TICKS.finditer(self._text):
            key = (len(match.group()), bisect_right(blanks, match.start()))
            if key in latest:
                ends[latest[key]] = match.end()
            latest[key] = match.start()
        return ends

    def _code(self, start: int) -> tuple[int, str] | None:
        end = self._later_ticks.get(start)
        return self._kept(start, end) if end else None

    # Braces

    def _brace(self, start: int) -> tuple[int, str] | None:
        text = self._text
        match text[start : start + 3]:
            case "{{<" | "{{%":
                return self._shortcode(start)
            case "{/*":
                end = text.find("*/}", start, start + _LONGEST_COMMENT)
                return (end + 3, "") if end > 0 else None
        match text[start : start + 2]:
            case "{{":
                return self._output(start)
            case "{%":
                return self._tag(start)
            case "{#" if text[start + 2 : start + 3].isspace():
                end = text.find("#}", start, start + _LONGEST_OUTPUT)
                return (end + 2, "") if end > 0 else self._attributes(start)
        return self._attributes(start)

    def _shortcode(self, start: int) -> tuple[int, str] | None:
        closer = ">}}" if self._text[start + 2] == "<" else "%}}"
        end = self._text.find(closer, start, start + _LONGEST_TAG)
        if end < 0:
            return None
        inside = self._text[start + 3 : end]
        if inside.startswith("/*"):  # how Hugo's own pages show a shortcode
            return end + 3, f"{self._text[start : start + 3]}{inside[2:].removesuffix('*/')}{closer}"
        return self._replaced(start, end + 3, shortcode(inside))

    def _tag(self, start: int) -> tuple[int, str] | None:
        end = self._text.find("%}", start, start + _LONGEST_TAG)
        if end < 0:
            return None
        inside = self._text[start + 2 : end]
        if inside.strip(" -") == "comment":
            close = self._text.find("endcomment", end, end + _LONGEST_COMMENT)
            close_end = self._text.find("%}", close, close + 20) if close > 0 else -1
            return (close_end if close_end > 0 else end) + 2, ""
        return self._replaced(start, end + 2, shortcode(inside))

    def _replaced(self, start: int, end: int, replacement: Replacement) -> tuple[int, str]:
        if replacement.begins:
            self._titled.append(bool(replacement.title))
        if not (replacement.title or (replacement.ends and self._titled and self._titled.pop())):
            return end, replacement.text
        line = self._text.rfind("\n", max(0, start - _DEEPEST_INDENT), start) + 1
        indent = self._text[max(line, start - _DEEPEST_INDENT) : start]
        indent = indent if not indent.strip(" ") else ""
        return end, f"\n{indent}###### {LABEL}{' '.join(replacement.title.split())}\n{indent}"

    def _output(self, start: int) -> tuple[int, str] | None:
        include = _MDBOOK.match(self._text, start)
        if include:
            return include.end(), ""
        end = self._text.find("}}", start, start + _LONGEST_OUTPUT)
        if end < 0 or "\n\n" in self._text[start:end]:
            return None
        shown = output(self._text[start + 2 : end])
        if shown is None:
            return self._kept(start, end + 2)
        return end + (3 if self._text[end : end + 3] == "}}}" else 2), shown

    def _attributes(self, start: int) -> tuple[int, str] | None:
        text = self._text
        for pattern in (_SPACE_EXPRESSION, _INCLUDED):
            if match := pattern.match(text, start):
                return match.end(), " " if pattern is _SPACE_EXPRESSION else ""
        if role := _ROLE.match(text, start):
            return role.end(), role["text"].strip()
        if match := _ATTRIBUTES.match(text, start):
            inside = match.group()
            named = "=" in inside or "#" in inside or "." in inside
            before = self._before(start)
            if match["colon"] or (named and (before in _CLOSERS or match["end"] is not None)):
                follows = inside.lstrip("{: ")[:1] in "#." or match["colon"]
                if follows or before in ")]`*_}\n" or (match["end"] is not None and self._in_heading(start)):
                    return match.end(), ""
        kramdown = _KRAMDOWN.match(text, start)
        return (kramdown.end(), "") if kramdown else None

    def _in_heading(self, start: int) -> bool:
        line = self._text.rfind("\n", max(0, start - 500), start) + 1
        return self._text.startswith("#", line)

    # Other marks

    def _wiki(self, start: int) -> tuple[int, str] | None:
        embeds = self._text[start] == "!"
        match = _WIKI.match(self._text, start + embeds)
        if match is None or not _LETTER.search(match["page"]):
            return None
        if embeds:
            return match.end(), ""
        page, text = match["page"].strip(), (match["text"] or match["page"]).strip()
        return match.end(), f"[{text}](<{page.replace('<', '').replace('>', '')}>)"

    def _docs(self, start: int) -> tuple[int, str] | None:
        match = _DOCS.match(self._text, start)
        return (match.end(), "") if match else None

    def _embed(self, start: int) -> tuple[int, str] | None:
        match = _EMBED.match(self._text, start)
        return (match.end(), "") if match and not self._before(start).isalnum() else None

    def _emoji(self, start: int) -> tuple[int, str] | None:
        end = self._text.index(":", start + 1) + 1
        before, code = self._before(start), self._text[start:end]
        if before.isalnum() or before in ":/_" or self._text[end : end + 1].isalnum():
            return end - 1, code[:-1]  # the second colon may begin another code
        if _ICON.fullmatch(code):
            return end, ""
        return end, Emoji.replace(code)

    def _highlight(self, start: int) -> tuple[int, str] | None:
        if start in self._closing:
            return start + 2, ""
        before = self._before(start)
        match = _HIGHLIGHT.match(self._text, start)
        if match is None or before.isalnum() or before in "=_":
            return None
        self._closing.add(match.end() - 2)
        return start + 2, ""

    def _keys(self, start: int) -> tuple[int, str] | None:
        match = _KEYS.match(self._text, start)
        if match is None or self._before(start).isalnum() or self._before(start) == "+":
            return None
        return match.end(), match["keys"].replace('"', "")

    def _raised(self, start: int) -> tuple[int, str] | None:
        return self._shifted(_RAISED, "sup", start)

    def _lowered(self, start: int) -> tuple[int, str] | None:
        return self._shifted(_LOWERED, "sub", start)

    def _shifted(self, pattern: re.Pattern[str], tag: str, start: int) -> tuple[int, str] | None:
        match = pattern.match(self._text, start)
        if match is None or not (self._before(start).isalnum() or self._before(start) == ")"):
            return None
        return match.end(), f"<{tag}>{match['text']}</{tag}>"

    def _note(self, start: int) -> tuple[int, str] | None:
        match = _NOTE.match(self._text, start)
        if match is None or not self._before(start).isspace():
            return None
        return match.end(), ""
