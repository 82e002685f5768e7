"""Repairs single characters, in the same way in articles, questions and question sets."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SPACE = re.compile(r"[^\S\n\t]")
# The time of Unicode normalisation grows with the square of the number of accents on a letter. No writing heaps up a
# hundred accents.
_HEAP = re.compile(r"[^\w\s]{100,}")


def normalise(text: str) -> str:
    """Repair single characters.

    Every kind of line end becomes a newline, every kind of space a space. Control, zero-width and text-direction
    characters are dropped, but not the joiners that words and emoji are spelt with. The rest is in Unicode's form NFC.
    """
    if text.isascii() and text.isprintable():  # most pieces of text are, and need no repair
        return text
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    text = _DROPPED.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", _HEAP.sub(_without_accents, text))


def one_line(text: str) -> str:
    """The text on one line, repaired, with single spaces and none at its ends."""
    return " ".join(normalise(text).split())


def printable(text: str) -> str:
    """The text with � for every character that cannot be shown."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _without_accents(heap: re.Match[str]) -> str:
    return "".join(char for char in heap.group() if not unicodedata.category(char).startswith("M"))
