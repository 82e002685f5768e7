"""Kinds of things that questions ask for, and how the words of a question tell its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.language.words import Look, Word


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


@dataclass(frozen=True, slots=True, eq=False)
class QuestionRules:
    """The question words of a language, and how a question word and the words after it tell the kind of a question."""

    forms: Mapping[str, str]
    """Every form that a question word has, and the question word: "who's" and "whos" are "who"."""
    kinds: Mapping[str, QuestionKind]
    """The question words that tell the kind by themselves (when, who)."""
    measuring: frozenset[str]
    """The question words that ask for a number if the next word is in `amounts` (how)."""
    amounts: frozenset[str]
    choosing: frozenset[str]
    """The question words whose kind a noun after them tells (what, which): a noun of `times`, `numbers` or `names`."""
    times: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]

    def kind_of(self, words: Sequence[Word]) -> QuestionKind:
        """The kind of a question with these words, as the first question word and the words after it tell."""
        forms = [word.form for word in words]
        for position, form in enumerate(forms):
            if form in self.forms:
                return self._kind(self.forms[form], forms[position + 1 : position + 4])
        return QuestionKind.OTHER

    def _kind(self, question_word: str, following: Sequence[str]) -> QuestionKind:
        if question_word in self.measuring and self.amounts.intersection(following[:1]):
            return QuestionKind.NUMBER
        if question_word in self.choosing:
            return self._named_kind(following)
        return self.kinds.get(question_word, QuestionKind.OTHER)

    def _named_kind(self, following: Sequence[str]) -> QuestionKind:
        if self.times.intersection(following[:2]):
            return QuestionKind.TIME
        if self.numbers.intersection(following):
            return QuestionKind.NUMBER
        return QuestionKind.NAME if self.names.intersection(following[:2]) else QuestionKind.OTHER
