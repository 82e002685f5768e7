"""Marks inside a text while it is read: where a link begins and ends, and what names a few blocks.

The marks are noncharacters, which Unicode keeps for use inside a program: they are taken out of the source first, and
no block's text holds any.
"""

from __future__ import annotations

import re

from retrieval.article import Link
from retrieval.characters import normalise
from retrieval.reading.blocks import Block, Kind

LINK = "\ufdd0"
"""A link's text begins."""
TARGET = "\ufdd1"
"""The text ends, and the target begins."""
LINK_END = "\ufdd2"
LABEL = "\ufdd3"
"""At the start of a heading: it is the title of an admonition, tab or the like. Without a text, their content ends."""

_MARKS = re.compile("[\ufdd0-\ufdef]")
_LINK_MARKS = re.compile("[\ufdd0-\ufdd2]")
_LINK = re.compile("\ufdd0([^\ufdd0-\ufdd2]*+)\ufdd1([^\ufdd0-\ufdd2]*+)\ufdd2")
# What is left of a link that lies in another link, or whose other end is missing.
_LEFT_OVER = re.compile("\ufdd1[^\ufdd0-\ufdd2]*+\ufdd2|[\ufdd0-\ufdd2]")
_EMPTY_LINK = re.compile("\ufdd0[ \n]*+\ufdd1[^\ufdd0-\ufdd2]*+\ufdd2")
# Spaces at the ends of a link's text belong to the text around it.
_SPACE_INSIDE = re.compile("\ufdd0([ \n]++)|(?<![ \n])([ \n]++)(\ufdd1[^\ufdd0-\ufdd2]*+\ufdd2)")
# Longer targets hold the data of a picture, and lead nowhere.
_LONGEST_TARGET = 2_000


def without_marks(source: str) -> str:
    """The source without the characters that are marks here."""
    return source if source.isascii() else _MARKS.sub("", source)


def without_link_marks(piece: str) -> str:
    """A piece of text without what character references wrote that would be a link's marks."""
    return _LINK_MARKS.sub("", piece)


def target(address: str) -> str:
    """The end of a link's text, its target and the end of the link."""
    address = "%20".join(without_marks(normalise(address)).split())
    return f"{TARGET}{address if len(address) <= _LONGEST_TARGET else ''}{LINK_END}"


def tidied(content: str) -> str:
    """The content with single spaces. Its characters are repaired, for entities may stand for any character."""
    text = normalise(content)
    if not text.isascii():
        if LABEL in text:  # beyond the start of a heading, a character reference wrote it
            text = text[:1] + text[1:].replace(LABEL, "")
        if LINK in text:
            text = _SPACE_INSIDE.sub(_moved_out, _EMPTY_LINK.sub(" ", text))
    if "\n" not in text:
        return one_line(text)
    return "\n".join(map(one_line, text.split("\n"))).strip("\n")


def one_line(text: str) -> str:
    """The text with a space for each run of white space."""
    return " ".join(text.split())


def _moved_out(match: re.Match[str]) -> str:
    return f"{match[1]}{LINK}" if match[1] else f"{match[3]}{match[2]}"


def finished(kind: Kind, marked: str, level: int = 1) -> Block:
    """The block of a text with marks. Links without a text or without a target are left out."""
    if LINK not in marked and TARGET not in marked:
        return Block(kind, marked, level)
    pieces: list[str] = []
    links: list[Link] = []
    end = size = 0
    for match in _LINK.finditer(marked):
        before = _LEFT_OVER.sub("", marked[end : match.start()])
        pieces += (before, match[1])
        size += len(before)
        if match[1] and match[2]:
            links.append(Link(size, size + len(match[1]), match[2]))
        size += len(match[1])
        end = match.end()
    pieces.append(_LEFT_OVER.sub("", marked[end:]))
    return Block(kind, "".join(pieces), level, tuple(links))
