"""The rules of a language: its stop words and stems, what its words look like, what its questions ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.language.question_kind import QuestionKind, QuestionRules
from retrieval.language.rarity import background
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.language.words import Form, Look, Word, find_forms

_YEAR = re.compile(r"(?:1\d{3}|20\d{2})s?")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The rules that find words in texts of a language, and that tell what kind of thing a question asks for."""

    code: str
    """ISO 639-1, as articles name it: "en"."""
    stop_words: frozenset[str]
    """The forms of words that hold sentences together (the, who)."""
    shortened: re.Pattern[str]
    """Finds the ending that may be joined to a stop word: "'s" in "that's"."""
    stem: Callable[[str], str]
    """The form of a word with content → its stem."""
    capitals_name: bool
    """Whether a capital makes a word a name where no sentence begins."""
    sentence_begins: re.Pattern[str]
    """Is searched in the eight characters before a word; a sentence begins with the word where this is found."""
    numbers: frozenset[str]
    """The forms of words for numbers (seven, dozen)."""
    times: frozenset[str]
    """The forms of words for times (century, yesterday)."""
    calendar: frozenset[str]
    """The forms of words that are times only with a capital (May, March)."""
    questions: QuestionRules
    frequency: Callable[[str], float]
    """Form → its share of the words of everyday texts; 0 if the share is not known."""
    forms: Callable[[str], Iterator[Form]] = find_forms
    """Text → the forms of all its words, in order."""
    sentence_ends: SentenceEnds | None = None
    """Where sentences end; None for English, whose segmenter `retrieval.reading.sentences` has."""
    is_known: bool = True
    """Whether the language has rules of its own: a language that has none degrades to plain words."""

    def find_words(self, text: str) -> list[Word]:
        """All words of a text, in order."""
        return [self._word(position, text, form) for position, form in enumerate(self.forms(text))]

    def content_words(self, text: str) -> list[Word]:
        """The words of a text that carry meaning, in order."""
        return [word for word in self.find_words(text) if word.content]

    def stems(self, text: str) -> list[str]:
        """The stems of the words that carry meaning, in order."""
        return [word.stem for word in self.content_words(text)]

    def is_question_word(self, word: Word) -> bool:
        """Whether a word is a question word, as "who" is."""
        return word.form in self.questions.forms

    def question_kind(self, words: Sequence[Word]) -> QuestionKind:
        """The kind of thing that a question with these words asks for."""
        return self.questions.kind_of(words)

    def background(self, form: str) -> float:
        """The share of passages of everyday texts that have a word."""
        return background(self.frequency(form))

    def _word(self, position: int, text: str, found: Form) -> Word:
        form = found.form
        content = form not in self.stop_words and self.shortened.sub("", form) not in self.stop_words
        stem = self.stem(form) if content else form
        return Word(position, found.start, found.end, form, stem, content, self._look(text, found))

    def _look(self, text: str, found: Form) -> Look:
        form = found.form
        look = Look.NAME if self._is_name(text, found) else Look(0)
        if form[0].isdigit():
            look |= Look.DIGITS | Look.NUMBER
        elif form in self.numbers:
            look |= Look.NUMBER
        capital = text[found.start].isupper()
        if form in self.times or (capital and form in self.calendar) or _YEAR.fullmatch(form):
            look |= Look.TIME
        return look

    def _is_name(self, text: str, found: Form) -> bool:
        """Whether a word begins with a capital where no sentence begins, or has capitals only."""
        written = text[found.start : found.end]
        if not written[0].isupper():
            return False
        if written.isupper() and len(found.form) > 1:
            return True
        return self.capitals_name and not self._begins_sentence(text, found.start)

    def _begins_sentence(self, text: str, start: int) -> bool:
        return self.sentence_begins.search(text, max(0, start - 8), start) is not None or start == 0
