"""A question, parsed once: everything that works on questions takes a Question, wherever its text came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from retrieval.characters import normalise
from retrieval.errors import QuestionError
from retrieval.language.language import Language
from retrieval.language.languages import language_of
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

    @classmethod
    def parse(cls, raw: str, code: str | None = None) -> Question:
        """Parse the text of a question, which is in the language with this code: see `language_of`.

        Raises QuestionError if the question cannot be looked up.
        """
        # A terminal makes half a surrogate pair of a stray byte, and no model can read that.
        text = raw.encode("utf-8", errors="replace").decode("utf-8")
        cleaned = " ".join(normalise(text).split())
        if not _HAS_WORD.search(cleaned):
            raise QuestionError("no-words")
        if len(cleaned) > MAX_QUESTION:
            raise QuestionError("question-too-long", length=len(cleaned), limit=MAX_QUESTION)
        language = language_of(code)
        return cls(cleaned, tuple(language.find_words(cleaned)), language)
