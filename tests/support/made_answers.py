"""Questions, hits and answers as tests need them, and the ranker that ships with the project."""

from __future__ import annotations

from retrieval.answer import Answer, Hit, Verdict
from retrieval.language.english import ENGLISH
from retrieval.question import Question
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from tests.support.fake_encoder import article

SHIPPED = Ranker(read_weights(SHIPPED_WEIGHTS))


def unparsed(text: str) -> Question:
    """A question as it stands, even without a word in it."""
    return Question(text, tuple(ENGLISH.find_words(text)), ENGLISH)


def hit(probability: float) -> Hit:
    """A hit of that probability, whatever it quotes."""
    written = article("Something is written here.")
    [passage] = written.passages
    return Hit(written, passage, passage.sentences[0], probability, {})


def answer_of(verdict: Verdict, *hits: Hit, question: str = "Who?", elapsed_ms: float = 1.0) -> Answer:
    """An answer with these hits, best first."""
    return Answer(Question.parse(question), verdict, hits, topic=1.0, answerable=1.0, elapsed_ms=elapsed_ms)
