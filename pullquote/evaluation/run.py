"""Asks the questions of a set, by the very code that answers in Discord, and notes what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

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

    @property
    def all_outcomes(self) -> tuple[Outcome, ...]:
        """All outcomes, with off-topic questions at the end."""
        return self.outcomes + (self.off_topic or ())


@dataclass(frozen=True, slots=True)
class _Sitting:
    """The articles that make one corpus, and the questions that it is asked."""

    articles: Sequence[Article]
    questions: Sequence[SetQuestion]
    off_topic: Sequence[SetQuestion]


@dataclass(slots=True)
class _Clock:
    """How many of `total` questions have been asked, and how long that took."""

    total: int
    progress: Progress
    done: int = 0
    seconds: float = 0.0

    def answers(self, questions: Sequence[SetQuestion], answerer: Answerer) -> Iterator[Answer | None]:
        """The answers to the questions, which are asked in batches."""
        for start in range(0, len(questions), BATCH):
            self.progress(Step.ASKING, self.done, self.total)
            batch = questions[start : start + BATCH]
            started = time.perf_counter()
            answers = answer_batch(batch, answerer)
            self.seconds += time.perf_counter() - started
            self.done += len(batch)
            yield from answers


def run_set(
    question_set: QuestionSet,
    scope: Scope,
    encoder: Encoder,
    make_answerer: Callable[[CorpusHolder], Answerer],
    *,
    off_topic: Sequence[SetQuestion] | None = None,
    progress: Progress = lambda *_: None,
) -> Run:
    """Ask all questions of the set, and the off-topic questions: scope "article" spreads them over all articles."""
    articles = question_set.articles
    whole = build_corpus(articles, encoder, progress=progress).corpus
    clock = _Clock(len(question_set.questions) + len(off_topic or ()), progress)
    outcomes: list[Outcome] = []
    astray: list[Outcome] = []
    for sitting in _sittings(question_set, scope, off_topic or ()):
        # Vectors that the whole corpus has are not made again.
        corpus = whole if scope == "all" else build_corpus(sitting.articles, encoder, whole).corpus
        answerer = make_answerer(Fixed(corpus, encoder))
        for questions, judged in ((sitting.questions, outcomes), (sitting.off_topic, astray)):
            answers = clock.answers(questions, answerer)
            judged += (judge(question, answer, articles) for question, answer in zip(questions, answers, strict=True))
    return Run(scope, articles, tuple(outcomes), None if off_topic is None else tuple(astray), clock.seconds)


def answer_batch(questions: Sequence[SetQuestion], answerer: Answerer) -> list[Answer | None]:
    """Answer several questions at once. A question that cannot be looked up has no answer."""
    parsed = [question.parsed() for question in questions]
    answers = iter(answerer.answer_all([each for each in parsed if each is not None]))
    return [None if each is None else next(answers) for each in parsed]


def judge(question: SetQuestion, answer: Answer | None, articles: Sequence[Article]) -> Outcome:
    """Compare an answer with the expected answers. `articles` are the articles of the question's set."""
    hits = () if answer is None else answer.hits
    rank = next((rank for rank, hit in enumerate(hits, 1) if _is_right(hit, question, articles)), None)
    pointed = rank is not None and _points(hits[rank - 1], question)
    return Outcome(question, answer, rank, pointed=pointed and rank == 1, pointed_given_right=pointed)


def _sittings(question_set: QuestionSet, scope: Scope, off_topic: Sequence[SetQuestion]) -> list[_Sitting]:
    if scope == "all":
        return [_Sitting(question_set.articles, question_set.questions, off_topic)]
    on_article: list[list[SetQuestion]] = [[] for _ in question_set.articles]
    for question in question_set.questions:
        on_article[question.article].append(question)
    pairs = zip(question_set.articles, on_article, strict=True)
    sittings = [(article, questions) for article, questions in pairs if article.passages]
    return [
        _Sitting([article], questions, off_topic[turn :: len(sittings)])
        for turn, (article, questions) in enumerate(sittings)
    ]


def _is_right(hit: Hit, question: SetQuestion, articles: Sequence[Article]) -> bool:
    """Whether the hit is out of the question's own paragraph, which answers it."""
    start, end = question.paragraph
    inside = start <= hit.passage.start and hit.passage.end <= end
    return question.answerable and inside and hit.article is articles[question.article]


def _points(hit: Hit, question: SetQuestion) -> bool:
    """Whether the marked sentence holds one of the expected answers."""
    sentence = " ".join(hit.article.slice(hit.highlight).split())
    return any(answer in sentence for answer in question.answers)
