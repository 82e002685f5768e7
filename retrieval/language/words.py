"""Text → words: where they stand, their stems, and what they look like."""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from enum import IntFlag

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

# Accents and vowel signs belong to the letter before them; the selectors that tell how an emoji is drawn do not.
_SELECTORS = range(0xFE00, 0xFE10)
_MARKS = "".join(
    chr(code)
    for code in range(0x300, 0x20000)
    if unicodedata.category(chr(code)) in ("Mn", "Mc") and code not in _SELECTORS
)
# ½ is a word of its own: taken apart together with the 2 before it, it would read 21⁄2.
_FRACTIONS = "".join(chr(code) for code in range(0x3000) if unicodedata.decomposition(chr(code)).startswith("<frac"))
_LETTERS = rf"[^\W_{_FRACTIONS}](?:[^\W_{_FRACTIONS}]|[{_MARKS}])*"
_WORD = re.compile(rf"[{_FRACTIONS}]|{_LETTERS}(?:['’ʼ]{_LETTERS})*")
_APOSTROPHES = str.maketrans("’ʼ", "''")
# The list has halves of words that were cut at an apostrophe. These are words in their own right where nothing is cut.
_LISTED = frozenset(STOPWORDS_EN_PLUS) - {"don", "ma", "shan", "won"}
_STOPWORDS = (
    _LISTED
    | {word.replace("'", "") for word in _LISTED}
    | frozenset("cant im ive whats whos wheres whens hows thats theres".split())
)
_SHORTENED = re.compile(r"'(?:s|re|m|d|ll|ve|t)$")
_YEAR = re.compile(r"(?:1\d{3}|20\d{2})s?")
# A full stop after an initial or a title (Dr, Mr, Mrs, Mt, St) ends no sentence.
_SENTENCE_BEGINS = re.compile(
    r"(?:^|(?:[!?]|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)\.)[\"'”’)\]]*\s+|\n\s*)[\"'“‘(\[]*$"
)
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion half dozen first second third fourth fifth percent".split()
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)
_TIMES = frozenset(
    "century centuries year years decade decades day days week weeks month months ago today yesterday tomorrow "
    "morning evening night spring summer autumn winter".split()
)


class Look(IntFlag):
    """What a word looks like. A name is a capital where no sentence begins, or all capitals."""

    NAME = 1
    NUMBER = 2
    TIME = 4
    DIGITS = 8


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]` of the text it was found in; `form` is that without case and accents, `stem` the form's stem.

    It is word `position` of that text, from 0. `content` tells it from words that hold sentences together (the, who).
    """

    position: int
    start: int
    end: int
    form: str
    stem: str
    content: bool
    look: Look


class _Stemmers(threading.local):
    """One stemmer a thread: PyStemmer's are not to be shared."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


def find_words(text: str) -> list[Word]:
    """All words of a text, in order."""
    found = (
        # Some characters are several words once they are taken apart, as ½ is 1 and 2.
        (match, form)
        for match in _WORD.finditer(text)
        for form in _WORD.findall(plain(match.group()))
    )
    return [_word(position, text, match, form) for position, (match, form) in enumerate(found)]


def content_words(text: str) -> list[Word]:
    """The words of a text that carry meaning, in order."""
    return [word for word in find_words(text) if word.content]


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    return [word.stem for word in content_words(text)]


def _word(position: int, text: str, match: re.Match[str], form: str) -> Word:
    start, end = match.span()
    content = form not in _STOPWORDS and _SHORTENED.sub("", form) not in _STOPWORDS
    stem = _stemmers.english.stemWord(form) if content else form
    return Word(position, start, end, form, stem, content, _look(text, start, end, form))


def plain(text: str) -> str:
    """The text in small letters without accents."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.casefold()


def _look(text: str, start: int, end: int, form: str) -> Look:
    look = Look(0)
    capital = text[start].isupper()
    if capital and ((text[start:end].isupper() and len(form) > 1) or not _begins_sentence(text, start)):
        look |= Look.NAME
    if form[0].isdigit():
        look |= Look.DIGITS | Look.NUMBER
    elif form in _NUMBERS:
        look |= Look.NUMBER
    if form in _TIMES or (capital and form in _CALENDAR) or _YEAR.fullmatch(form):
        look |= Look.TIME
    return look


def _begins_sentence(text: str, start: int) -> bool:
    return _SENTENCE_BEGINS.search(text, max(0, start - 8), start) is not None or start == 0
