"""What somebody asked, parsed once: everything behind this takes a Question, wherever it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.characters import normalise
from retrieval.errors import QuestionError
from retrieval.language.words import Word, find_words

MAX_QUESTION = 4000
"""Characters that a question may have."""

_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be looked up: it has a word, and no more than MAX_QUESTION characters."""

    text: str
    """The question on one line, its characters repaired as those of articles are."""
    words: tuple[Word, ...]
    """All its words, in order."""

    @classmethod
    def parse(cls, raw: str) -> Question:
        """Raises QuestionError if the question cannot be looked up."""
        # Half a surrogate pair, as a terminal makes of a stray byte, is not text that a model could read.
        text = raw.encode("utf-8", errors="replace").decode("utf-8")
        cleaned = " ".join(normalise(text).split())
        if not _HAS_WORD.search(cleaned):
            raise QuestionError("no-words")
        if len(cleaned) > MAX_QUESTION:
            raise QuestionError("question-too-long", length=len(cleaned), limit=MAX_QUESTION)
        return cls(cleaned, tuple(find_words(cleaned)))
