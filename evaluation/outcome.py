"""What became of one question of a question set."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.question_sets import Question
from retrieval.answering import Answer


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what Pullquote answered. Its article and paragraph say what would have been right."""

    question: Question
    answer: Answer
    """With every quote that the searches proposed, best first; with none if the question could not be looked up."""
    rank: int | None
    """The place (from 1) of the first quote out of the question's own paragraph; None if there is none, or if the
    question cannot be answered."""
    pointed: bool
    """Whether the first quote is out of the right paragraph and its highlight holds one of the expected answers."""
    pointed_given_right: bool
    """Whether the highlight of the quote at `rank` holds one of the expected answers."""

    @property
    def right(self) -> bool:
        """Whether the first quote answers the question."""
        return self.rank == 1
