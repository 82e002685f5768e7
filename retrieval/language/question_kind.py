"""What kind of thing a question asks for, by its words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from retrieval.language.words import Look, Word

# Question words and what they are short for: who's, whos and who'd are who.
QUESTION_WORDS = {
    f"{word}{ending}": word
    for word in "who whom whose what when where which why how".split()
    for ending in ("", "s", "'s", "'d", "'re", "'ve", "'ll")
}
_TIMES = frozenset("year date month century decade day time period era".split())
_AMOUNTS = frozenset("many much long old far tall large high often big deep fast wide heavy".split())
_NUMBERS = frozenset("number percentage percent amount population rate age distance size cost price total".split())
_NAMED = frozenset(
    "country city state place town location region continent river person name author president king queen leader "
    "scientist company organization organisation group team".split()
)


class QuestionKind(StrEnum):
    """What kind of thing a question asks for."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    OTHER = "other"

    @property
    def look(self) -> Look:
        """What words that name such a thing look like."""
        return _LOOKS.get(self, Look(0))


_LOOKS = {QuestionKind.TIME: Look.TIME, QuestionKind.NUMBER: Look.NUMBER, QuestionKind.NAME: Look.NAME}


def question_kind(words: Sequence[Word]) -> QuestionKind:
    """What a question with these words asks for, as its first question word and the words after it tell."""
    forms = [word.form for word in words]
    for position, form in enumerate(forms):
        if form in QUESTION_WORDS:
            return _kind(QUESTION_WORDS[form], forms[position + 1 : position + 4])
    return QuestionKind.OTHER


def _kind(question_word: str, following: Sequence[str]) -> QuestionKind:
    if question_word == "when":
        return QuestionKind.TIME
    if question_word in ("who", "whom", "whose", "where"):
        return QuestionKind.NAME
    if question_word == "how":
        return QuestionKind.NUMBER if _AMOUNTS.intersection(following[:1]) else QuestionKind.OTHER
    if question_word in ("what", "which"):
        return _kind_of_what(following)
    return QuestionKind.OTHER


def _kind_of_what(following: Sequence[str]) -> QuestionKind:
    if _TIMES.intersection(following[:2]):
        return QuestionKind.TIME
    if _NUMBERS.intersection(following):
        return QuestionKind.NUMBER
    return QuestionKind.NAME if _NAMED.intersection(following[:2]) else QuestionKind.OTHER
