"""Answers come first: who is waited for, when, and how long; and who says and asks so."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from retrieval.answering import Answerer
from retrieval.encoding.encoder import Encoded
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.language.words import Word
from retrieval.precedence import Precedence
from retrieval.question import Question
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.made_answers import SHIPPED

FOREVER = threading.TIMEOUT_MAX


class Watched(Precedence):
    """Has a clock that stands still, and tells when somebody is about to wait."""

    def __init__(self, patience: float = FOREVER) -> None:
        super().__init__(self._look, patience)
        self.now = 1.0
        self.waits = threading.Event()

    def _look(self) -> float:
        self.waits.set()
        return self.now


def build(ours: Precedence, order: list[str]) -> None:
    ours.give_way()
    order.append("built")


@pytest.fixture
def builder() -> Iterator[ThreadPoolExecutor]:
    """A thread that builds."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


def test_nobody_waits_where_nobody_answers() -> None:
    Watched().give_way()


def test_who_answers_does_not_wait_for_itself(builder: ThreadPoolExecutor) -> None:
    ours = Watched()
    with ours.answering():
        ours.give_way()
    assert not ours.waits.is_set()


def test_a_build_goes_on_once_the_answer_is_given(builder: ThreadPoolExecutor) -> None:
    ours, order = Watched(), list[str]()
    with ours.answering():
        building = builder.submit(build, ours, order)
        ours.waits.wait()
        order.append("answered")
    building.result()
    assert order == ["answered", "built"]


def test_a_build_goes_on_after_an_answer_that_failed(builder: ThreadPoolExecutor) -> None:
    ours = Watched()
    building = list[Future[None]]()

    def answer() -> None:
        with ours.answering():
            building.append(builder.submit(ours.give_way))
            ours.waits.wait()
            raise LookupError

    with pytest.raises(LookupError):
        answer()
    building[0].result()


def test_all_who_answer_are_waited_for(builder: ThreadPoolExecutor) -> None:
    ours, order = Watched(), list[str]()
    begun, told = threading.Event(), threading.Event()

    def answer() -> None:
        with ours.answering():
            begun.set()
            told.wait()
            order.append("second")

    with ours.answering():
        other = threading.Thread(target=answer)
        other.start()
        begun.wait()
        building = builder.submit(build, ours, order)
        ours.waits.wait()
        order.append("first")
    told.set()
    building.result()
    other.join()
    assert order == ["first", "second", "built"]


def test_a_build_that_waited_works_for_a_while_whoever_answers(builder: ThreadPoolExecutor) -> None:
    ours = Watched()
    with ours.answering():
        first = builder.submit(ours.give_way)
        ours.waits.wait()
    first.result()
    ours.now += 0.009
    with ours.answering():
        builder.submit(ours.give_way).result()
        ours.now += 0.002
        ours.waits.clear()
        again = builder.submit(ours.give_way)
        ours.waits.wait()
    again.result()


def test_an_answer_is_not_waited_for_without_end(builder: ThreadPoolExecutor) -> None:
    ours = Watched(patience=0)
    with ours.answering():
        builder.submit(ours.give_way).result()
    assert ours.waits.is_set()


def test_who_is_not_in_a_hurry_gives_way_before_each_item(builder: ThreadPoolExecutor) -> None:
    ours = Watched()
    with ours.answering():
        listing = builder.submit(lambda: list(ours.unhurried("ab")))
        ours.waits.wait()
        assert not listing.done()
    assert listing.result() == ["a", "b"]


@dataclass
class Holding:
    """A corpus that stays in force, and its encoder."""

    corpus: Corpus
    encoder: LetterEncoder

    def mended(self, corpus: Corpus) -> Corpus:
        return corpus


def test_builds_wait_for_an_answerer(builder: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, building = Watched(), list[Future[None]]()
    monkeypatch.setattr("retrieval.answering.answering", ours.answering)

    class Meanwhile(LetterEncoder):
        def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
            building.append(builder.submit(ours.give_way))
            ours.waits.wait()
            return super().encode_queries(questions, words)

    answerer = Answerer(Holding(corpus_of("Ants dig."), Meanwhile()), SHIPPED)
    assert answerer.answer(Question.parse("What do ants dig?")).hits
    [waited] = building
    waited.result()


def test_a_build_gives_way_at_each_passage(monkeypatch: pytest.MonkeyPatch) -> None:
    gave_way: list[None] = []
    monkeypatch.setattr(Precedence, "give_way", lambda _: gave_way.append(None))
    articles = [article("\n\n".join(f"Ant number {number} digs." for number in range(100)), "ants.md")]
    encoder = LetterEncoder()
    built = build_corpus(articles, encoder).corpus
    new = len(gave_way)
    build_corpus(articles, encoder, built)
    assert (new >= 100, len(gave_way) - new >= 100) == (True, True)


def test_a_forward_pass_gives_way_before_each_linear_map(
    encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gave_way: list[None] = []
    monkeypatch.setattr("retrieval.encoding.sentence_transformer_encoder.give_way", lambda: gave_way.append(None))
    encoder.encode_sentences(["Ants dig."])
    assert len(gave_way) >= 6 * 6  # of each of six layers: query, key, value, and three after them
