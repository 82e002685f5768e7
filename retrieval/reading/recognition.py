"""Whether a text file is plainly AsciiDoc or reStructuredText: many such files are called .txt.

A file is only taken for what several lines of it show that are hardly ever written in other texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

# How many lines are looked at.
_LINES = 2_000
# How many different telling lines or marks there must be, and of how many kinds; or how many if all are of one kind.
_LEAST, _KINDS, _LEAST_OF_ONE_KIND = 3, 2, 6
_ASCIIDOC_STYLE = re.compile(
    r"\[(?:verse|listing|source|quote|NOTE|TIP|IMPORTANT|WARNING|CAUTION|horizontal|options=|cols=|role=)"
    r"[^\[\]]{0,200}\]"
    r"|\[\[[\w.:-]{1,80}\]\]|\[#[\w-]{1,80}\]"
)
_ASCIIDOC_DIRECTIVE = re.compile(r"(?:ifdef|ifndef|endif|include|image)::[^\[\]\s]{0,200}\[.{0,200}\]")
_ASCIIDOC_MACRO = re.compile(
    r"\b(?:linkgit|link|xref|footnote|kbd|mailto|image):[^\s\[\]]{0,300}\[[^\[\]]{0,300}\]"
    r"|https?://[^\s\[\]()]{1,300}\[[^\[\]]{1,300}\]|<<[\w-]{1,80}(?:,[^<>]{1,200})?>>"
)
_ASCIIDOC_HEADING = re.compile(r"={2,5} [^=\s].{0,200}[^=\s]|= \S.{0,200}[^=\s]")
_ASCIIDOC_TERM = re.compile(r"(?:-{1,2}|[`'<+]|[a-z][\w-]{0,40}\.)[^:]{1,200}::")
_RST_DIRECTIVE = re.compile(r"\.\. (?:[a-z][\w-]{0,30}:)?[a-z][\w-]{0,40}::(?: .{0,300})?")
_RST_TARGET = re.compile(r"\.\. (?:_[^:]{1,200}:|\[[#*\w-]{1,40}\] ).{0,300}")
_RST_ROLE = re.compile(r":(?:[a-z]{1,20}:)?[a-z]{2,20}:`[^`]{1,300}`")
_RST_REFERENCE = re.compile(r"`[^`<]{1,200}<[^`<>]{1,300}>`__?")
_RST_UNDERLINE = re.compile(r"([=~^*\"#+-])\1{2,}")
_WORD = re.compile(r"\w")


def looks_like_asciidoc(text: str) -> bool:
    """Whether the text is plainly AsciiDoc."""
    lines = _lines(text)
    if any(_RST_DIRECTIVE.fullmatch(line.lstrip()) for line in lines):
        return False
    return _is_plain(
        _whole(lines, _ASCIIDOC_STYLE.fullmatch),
        _whole(lines, _ASCIIDOC_DIRECTIVE.fullmatch),
        {match.group() for line in lines for match in _ASCIIDOC_MACRO.finditer(line)},
        {line for line in lines if _ASCIIDOC_HEADING.fullmatch(line) or _ASCIIDOC_TERM.fullmatch(line)},
        {str(i) for i, line in enumerate(lines) if line == "+"},
    )


def looks_like_rst(text: str) -> bool:
    """Whether the text is plainly reStructuredText."""
    lines = _lines(text)
    underlined = {
        above
        for above, line in pairwise(lines)
        if _RST_UNDERLINE.fullmatch(line) and _WORD.search(above) and len(line) >= len(above.rstrip())
    }
    return _is_plain(
        _whole(map(str.lstrip, lines), _RST_DIRECTIVE.fullmatch),
        _whole(lines, _RST_TARGET.fullmatch),
        {match.group() for line in lines for match in _RST_ROLE.finditer(line)},
        {match.group() for line in lines for match in _RST_REFERENCE.finditer(line)},
        set(list(underlined)[:2]),
    )


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n", _LINES)[:_LINES]]


def _whole(lines: Iterable[str], matches: Callable[[str], object]) -> set[str]:
    return {line for line in lines if matches(line)}


def _is_plain(*signs: set[str]) -> bool:
    """Whether the signs, by their kinds, are enough."""
    counts = [len(kind) for kind in signs if kind]
    total = sum(counts)
    return (total >= _LEAST and len(counts) >= _KINDS) or total >= _LEAST_OF_ONE_KIND
