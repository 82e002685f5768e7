"""Asks the questions of a set, by the very code that answers in Discord, and notes what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from pullquote.evaluation.mix import MIX, Mix
from pullquote.evaluation.near_misses import near_misses, withheld
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.answer import Answer, Hit
from retrieval.answering import Answerer, CorpusHolder
from retrieval.article import Article
from retrieval.encoding.encoder import Encoder
from retrieval.progress import Progress, Step
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus

BATCH = 64

Scope = Literal["article", "all"]
"""The articles of which a question is asked: its own article, or all articles of its file."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corpus that stays, and its encoder: the CorpusHolder of an evaluation."""

    corpus: Corpus
    encoder: Encoder

    def mended(self, corpus: Corpus) -> Corpus:
        """The corpus built anew. It lies in memory, so there is nothing that somebody could damage."""
        return build_corpus(corpus.articles, self.encoder).corpus


@dataclass(frozen=True, slots=True)
class Run:
    """What became of all questions of a set."""

    scope: Scope
    articles: tuple[Article, ...]
    outcomes: tuple[Outcome, ...]
    off_topic: tuple[Outcome, ...] | None
    """Outcomes of questions on other articles; None if no such questions were given."""
    seconds: float
    """How long answering took; building the corpus does not count."""
    mix: Mix = MIX
    """What is asked in earnest, as the set states it."""
    near_misses: tuple[Outcome, ...] = ()
    """Outcomes of questions whose answer was taken out of the articles: see near_misses.py."""

    @property
    def all_outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes, near misses and off-topic questions at the end."""
        return self.outcomes + self.near_misses + (self.off_topic or ())


@dataclass(frozen=True, slots=True)
class _Sitting:
    """The articles that make one corpus, and the questions that it is asked."""

    articles: Sequence[Article]
    questions: Sequence[SetQuestion]
    off_topic: Sequence[SetQuestion]
    near_misses: Sequence[SetQuestion]


@dataclass(slots=True)
class _Clock:
    """How many of `total` questions have been asked, and how long that took."""

    total: int
    progress: Progress
    done: int = 0
    seconds: float = 0.0

    def outcomes(self, asked: Iterable[tuple[SetQuestion, Corpus]], answerer: Answerer) -> Iterator[Outcome]:
        """What becomes of the questions, each asked of its corpus, in batches."""
        pairs = iter(asked)
        while batch := list(islice(pairs, BATCH)):
            self.progress(Step.ASKING, self.done, self.total)
            started = time.perf_counter()
            answers = answer_batch(batch, answerer)
            self.seconds += time.perf_counter() - started
            self.done += len(batch)
            yield from (judge(question, answer) for (question, _), answer in zip(batch, answers, strict=True))


def run_set(
    question_set: QuestionSet,
    scope: Scope,
    encoder: Encoder,
    make_answerer: Callable[[CorpusHolder], Answerer],
    *,
    off_topic: Sequence[SetQuestion] | None = None,
    natural: bool = False,
    progress: Progress = lambda *_: None,
) -> Run:
    """Ask all questions of the set, and the off-topic questions: scope "article" spreads them over all articles.

    With `natural`, near misses are made of the answerable questions and are asked, too.
    """
    articles = question_set.articles
    whole = build_corpus(articles, encoder, progress=progress).corpus
    without_answer = near_misses(question_set.questions) if natural else []
    clock = _Clock(len(question_set.questions) + len(without_answer) + len(off_topic or ()), progress)
    outcomes: list[Outcome] = []
    astray: list[Outcome] = []
    missed: list[Outcome] = []
    for sitting in _sittings(question_set, scope, off_topic or (), without_answer):
        # Vectors that the whole corpus has are not made again.
        corpus = whole if scope == "all" else build_corpus(sitting.articles, encoder, whole).corpus
        answerer = make_answerer(Fixed(corpus, encoder))
        outcomes += clock.outcomes(((question, corpus) for question in sitting.questions), answerer)
        astray += clock.outcomes(((question, corpus) for question in sitting.off_topic), answerer)
        rests = zip(sitting.near_misses, withheld(sitting.near_misses, corpus), strict=True)
        missed += clock.outcomes(((question, rest) for question, rest in rests if rest is not None), answerer)
    off = None if off_topic is None else tuple(astray)
    return Run(scope, articles, tuple(outcomes), off, clock.seconds, question_set.mix or MIX, tuple(missed))


def answer_batch(asked: Sequence[tuple[SetQuestion, Corpus]], answerer: Answerer) -> list[Answer | None]:
    """Answer several questions at once, each from its corpus. A question that cannot be looked up has no answer."""
    parsed = [question.parsed() for question, _ in asked]
    askable = [(question, corpus) for question, (_, corpus) in zip(parsed, asked, strict=True) if question is not None]
    answers = iter(answerer.answer_each([question for question, _ in askable], [corpus for _, corpus in askable]))
    return [None if each is None else next(answers) for each in parsed]


def judge(question: SetQuestion, answer: Answer | None) -> Outcome:
    """Compare an answer, quoted from the articles of the question's set, with the expected answers."""
    hits = () if answer is None else answer.hits
    right = (
        rank
        for rank, hit in enumerate(hits, 1)
        if question.answerable and question.is_answered_by(hit.article, hit.passage)
    )
    rank = next(right, None)
    pointed = rank is not None and _points(hits[rank - 1], question)
    return Outcome(question, answer, rank, pointed=pointed and rank == 1, pointed_given_right=pointed)


def _sittings(
    question_set: QuestionSet, scope: Scope, off_topic: Sequence[SetQuestion], without_answer: Sequence[SetQuestion]
) -> list[_Sitting]:
    if scope == "all":
        return [_Sitting(question_set.articles, question_set.questions, off_topic, without_answer)]
    numbers = [number for number, article in enumerate(question_set.articles) if article.passages]
    return [
        _Sitting(
            [question_set.articles[number]],
            [question for question in question_set.questions if question.article == number],
            off_topic[turn :: len(numbers)],
            [question for question in without_answer if question.article == number],
        )
        for turn, number in enumerate(numbers)
    ]


def _points(hit: Hit, question: SetQuestion) -> bool:
    """Whether the marked sentence holds one of the expected answers."""
    sentence = " ".join(hit.article.slice(hit.highlight).split())
    return any(answer in sentence for answer in question.answers)
