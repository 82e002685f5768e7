"""The text of a page as a browser shows it, less its furniture: found apart from the reader, to hold it against."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html

_WORD = re.compile(r"[^\W_]+")
_UNSEEN = frozenset("script style head template svg input select textarea button noscript".split())
# What a browser shows apart from what stands before and behind it.
_APART = frozenset(
    "address article aside blockquote body br caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr img legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser shows of a page."""

    text: str
    """Without the furniture, with single spaces."""
    words: Counter[str]
    furniture: int
    """The number of words of the furniture."""


def shown(raw: bytes, main: str, furniture: Sequence[str]) -> Shown:
    """What a browser shows. `main` is the XPath of the main part, `furniture` are XPaths of what is no text."""
    page: Any = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    everything = sum(words("".join(_texts(page))).values())
    part = page.xpath(main)[0]
    away = {each for path in furniture for each in part.xpath(path)}
    text = " ".join("".join(_texts(part, away)).split())
    found = words(text)
    return Shown(text, found, everything - sum(found.values()))


def words(text: str) -> Counter[str]:
    """How often each word stands in a text. Raised digits are digits here."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text.replace("\N{SOFT HYPHEN}", "")).casefold()))


def _texts(element: Any, away: Collection[Any] = frozenset()) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element in away:
        return
    apart = " " if element.tag in _APART else ""
    yield apart
    yield element.text or ""
    for child in element:
        yield from _texts(child, away)
        yield child.tail or ""
    yield apart
