"""What stands between two lines of a paragraph: a space, nothing, or half a word that a hyphen tore from the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from retrieval.reading.plaintext.lines import CJK

_CLOSING = re.compile(r"(?!\.\.)[,;:.!?)\]’”]+(?!\S)")
_OPENING = re.compile(rf"(?:[(\[“‘]|[^\W\d_]-|[{CJK}])$")
_NO_SPACE = re.compile(rf"[{CJK}]")
_TORN = re.compile(r"(?<![^\W_])(?P<half>[^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LATER_HALF = re.compile(r"[^\W\d_]+")
# What keeps its hyphen wherever it stands.
_PREFIXES = frozenset(
    "all anti co counter cross ex half mid multi non post pre pro quasi re self semi sub ultra well".split()
)


def glue_between(before: str, after: str) -> str:
    """The space between two lines that are joined, or nothing: see `joining`."""
    if _CLOSING.match(after):
        return ""
    if _OPENING.search(before[-2:]):
        return "" if not _NO_SPACE.search(before[-1:]) or _NO_SPACE.match(after) else " "
    return " "


def loses_hyphen(before: str, after: str, words: Set[str]) -> bool:
    """Whether a hyphen at a line's end only tears a word in two: elsewhere the text has the word, or not the halves.

    `words` are the text's words in small letters, with the hyphens in them.
    """
    if not before.endswith("-"):
        return False
    torn, later = _TORN.search(before), _LATER_HALF.match(after)
    if torn is None or later is None or not later.group().islower():
        return False
    half, rest = torn["half"].lower(), later.group()
    if half + rest in words:
        return True
    if f"{half}-{rest}" in words or half in _PREFIXES:
        return False
    return half not in words or rest not in words


def words_in(lines: Iterable[str]) -> frozenset[str]:
    """The words of the lines in small letters, with the hyphens in them, but not halves torn by a line end."""
    found: set[str] = set()
    torn = False
    for line in lines:
        words = _WORD.findall(line.lower())
        first, torn = int(torn), line.endswith("-")
        found.update(words[first : len(words) - torn])
    return frozenset(found)
