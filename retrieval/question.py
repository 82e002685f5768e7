"""A question, parsed once: everything that works on questions takes a Question, wherever its text came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from retrieval.characters import one_line
from retrieval.errors import QuestionError
from retrieval.language.detection import detected, likeliest
from retrieval.language.language import Language
from retrieval.language.languages import RULES, language_of
from retrieval.language.words import Word

MAX_QUESTION = 4000
"""The number of characters that a question may have."""

_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be looked up: it has at least one word, and at most MAX_QUESTION characters."""

    text: str
    """The question on one line, its characters repaired as in articles."""
    words: tuple[Word, ...]
    """All its words, in order."""
    language: Language = field(repr=False)
    """The language whose rules found the words."""
    before: tuple[str, ...] = ()
    """The questions that led up to it, the oldest first: a follow-up is searched with their words, too."""

    @classmethod
    def parse(cls, raw: str, code: str | None = None, before: tuple[str, ...] = ()) -> Question:
        """Parse the text of a question, which is in the language with this code: see `language_of`.

        Raises QuestionError if the question cannot be looked up.
        """
        # A terminal makes half a surrogate pair of a stray byte, and no model can read that.
        text = raw.encode("utf-8", errors="replace").decode("utf-8")
        cleaned = one_line(text)
        if not _HAS_WORD.search(cleaned):
            raise QuestionError("no-words")
        if len(cleaned) > MAX_QUESTION:
            raise QuestionError("question-too-long", length=len(cleaned), limit=MAX_QUESTION)
        language = language_of(code)
        return cls(cleaned, tuple(language.find_words(cleaned)), language, before)

    def reworded(self, text: str) -> Question:
        """The question in other words, on one line, of the same language."""
        return replace(self, text=text, words=tuple(self.language.find_words(text)))

    def asked_of(self, languages: Sequence[Language]) -> Question:
        """The question as articles in these languages are asked it: its words are found by the rules of its language.

        Where its language cannot be told with confidence, the likeliest of the articles' languages is its language; a
        language without rules is not read better than the first of the articles' languages. The language of a question
        that is too short to tell is that of the questions before it.
        """
        code = detected(self.text) or (detected(" ".join([self.text, *self.before])) if self.before else None)
        if code in RULES:
            own = language_of(code)
        else:
            code = likeliest(self.text, {language.code for language in languages}) if len(languages) > 1 else None
            own = next((language for language in languages if language.code == code), languages[0])
        return self if own is self.language else replace(self, language=own).reworded(self.text)
