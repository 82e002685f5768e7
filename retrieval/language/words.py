"""Text → words: where each stands, its form, its stem, its look. The rules of languages are in language.py."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntFlag

# Accents and vowel signs belong to the letter before them; the selectors that tell how an emoji is drawn do not.
_SELECTORS = range(0xFE00, 0xFE10)
_MARKS = "".join(
    chr(code)
    for code in range(0x300, 0x20000)
    if unicodedata.category(chr(code)) in ("Mn", "Mc") and code not in _SELECTORS
)
# ½ is a word of its own: together with the 2 before it, 2½ would be taken apart into 21⁄2.
_FRACTIONS = "".join(chr(code) for code in range(0x3000) if unicodedata.decomposition(chr(code)).startswith("<frac"))
_LETTERS = rf"[^\W_{_FRACTIONS}](?:[^\W_{_FRACTIONS}]|[{_MARKS}])*"
_WORD = re.compile(rf"[{_FRACTIONS}]|{_LETTERS}(?:['’ʼ]{_LETTERS})*")
APART = re.compile(rf"[{_FRACTIONS}]|{_LETTERS}")
"""Finds the words of languages in which an apostrophe parts two words: "l'article" is l and article."""
_APOSTROPHES = str.maketrans("’ʼ", "''")


class Look(IntFlag):
    """What a word looks like. A name is a capital where no sentence begins, or all capitals."""

    NAME = 1
    NUMBER = 2
    TIME = 4
    DIGITS = 8


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`, which `form` is without case and accents; `stem` is the stem of the form.

    Languages other than English keep the accents in their forms and drop them from their stems.
    `position` counts the text's words from 0. `content` is false for words that hold sentences together (the, who).
    """

    position: int
    start: int
    end: int
    form: str
    stem: str
    content: bool
    look: Look


@dataclass(frozen=True, slots=True)
class Form:
    """`form` is `text[start:end]` without case, and without accents if the language drops them."""

    start: int
    end: int
    form: str


def find_forms(text: str, fold: Callable[[str], str] | None = None, words: re.Pattern[str] = _WORD) -> Iterator[Form]:
    """The forms of all words of a text, in order; `fold` makes the form of a word (default: `plain`)."""
    fold = fold or plain
    for match in words.finditer(text):
        # Some characters are several words once they are taken apart, as ½ is 1 and 2.
        for form in words.findall(fold(match.group())):
            yield Form(match.start(), match.end(), form)


def plain(text: str) -> str:
    """The text in small letters without accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.casefold()


def accented(text: str) -> str:
    """The text in small letters with its accents."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
