"""What became of one question of a question set."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.evaluation.question_sets import SetQuestion
from retrieval.answer import Answer, Hit, Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question and what Pullquote answered. Its article and paragraph say what would have been right."""

    question: SetQuestion
    answer: Answer | None
    """None if the question could not be looked up: it counts as declined, by a bot that is sure of nothing."""
    rank: int | None
    """The rank (from 1) of the first hit out of the question's own paragraph; None if there is no such hit, or if the
    question cannot be answered."""
    pointed: bool
    """Whether the first hit is out of the right paragraph and its highlight holds one of the expected answers."""
    pointed_given_right: bool
    """Whether the highlight of the hit at `rank` holds one of the expected answers."""

    @property
    def verdict(self) -> Verdict:
        return Verdict.NOT_IN_CORPUS if self.answer is None else self.answer.verdict

    @property
    def confidence(self) -> float:
        """How likely it is, from 0 to 1, that the first hit answers the question."""
        return 0.0 if self.answer is None else self.answer.confidence

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Everything that the searches proposed, best first; nothing if the question could not be looked up."""
        return () if self.answer is None else self.answer.hits

    @property
    def answered(self) -> bool:
        """Whether the verdict is that the articles answer the question."""
        return self.verdict is Verdict.ANSWERED

    @property
    def right(self) -> bool:
        """Whether the first hit answers the question."""
        return self.rank == 1
