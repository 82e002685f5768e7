"""Asks the questions of a set, by the very code that answers in Discord, and notes what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.outcome import Outcome
from evaluation.question_sets import Question, QuestionSet
from retrieval.answering import Answer, Answerer, Quote, Source, clean_question
from retrieval.article import Article
from retrieval.corpus import Corpus, build_corpus
from retrieval.encoder import Encoder
from retrieval.errors import QuestionError
from retrieval.progress import Progress, Step
from retrieval.ranker import Verdict

BATCH = 64

Scope = Literal["article", "all"]
"""What a question is asked of: its own article, or all articles of its file."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corpus that stays, and its encoder: where an Answerer finds its answers."""

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
    """Of questions on other articles; None if there were none to ask."""
    seconds: float
    """How long answering took; building the corpus does not count."""

    @property
    def asked(self) -> tuple[Outcome, ...]:
        """All outcomes, off-topic ones last."""
        return self.outcomes + (self.off_topic or ())


@dataclass(frozen=True, slots=True)
class _Sitting:
    """The articles that make one corpus, and what it is asked."""

    articles: Sequence[Article]
    questions: Sequence[Question]
    off_topic: Sequence[Question]


@dataclass(slots=True)
class _Clock:
    """How many of `total` questions have been asked, and how long that took."""

    total: int
    progress: Progress
    done: int = 0
    seconds: float = 0.0

    def answers(self, questions: Sequence[Question], answerer: Answerer) -> Iterator[Answer]:
        """Ask them in batches."""
        for first in range(0, len(questions), BATCH):
            self.progress(Step.ASKING, self.done, self.total)
            batch = [question.text for question in questions[first : first + BATCH]]
            started = time.perf_counter()
            answers = answer_batch(batch, answerer)
            self.seconds += time.perf_counter() - started
            self.done += len(batch)
            yield from answers


def run_set(
    question_set: QuestionSet,
    scope: Scope,
    encoder: Encoder,
    make_answerer: Callable[[Source], Answerer] = Answerer,
    *,
    off_topic: Sequence[Question] | None = None,
    progress: Progress = lambda *_: None,
) -> Run:
    """Ask every question of the set, and off-topic ones if given. With scope "article" these are spread over all."""
    articles = question_set.articles
    whole = build_corpus(articles, encoder, progress=progress).corpus
    clock = _Clock(len(question_set.questions) + len(off_topic or ()), progress)
    outcomes: list[Outcome] = []
    astray: list[Outcome] = []
    for sitting in _sittings(question_set, scope, off_topic or ()):
        # Of vectors that the whole corpus has, none is made again.
        corpus = whole if scope == "all" else build_corpus(sitting.articles, encoder, whole).corpus
        answerer = make_answerer(Fixed(corpus, encoder))
        for questions, judged in ((sitting.questions, outcomes), (sitting.off_topic, astray)):
            answers = clock.answers(questions, answerer)
            judged += (judge(question, answer, articles) for question, answer in zip(questions, answers, strict=True))
    return Run(scope, articles, tuple(outcomes), None if off_topic is None else tuple(astray), clock.seconds)


def answer_batch(questions: Sequence[str], answerer: Answerer) -> list[Answer]:
    """Answer several at once, with every quote. One that cannot be looked up counts as declined: it has no quotes."""
    fit = [question for question in questions if _can_be_asked(question)]
    answers = dict(zip(fit, answerer.answer_all(fit, limit=None), strict=True)) if fit else {}
    return [answers.get(question) or Answer(question, Verdict.NOT_IN_CORPUS, 0.0, (), 0.0) for question in questions]


def judge(question: Question, answer: Answer, articles: Sequence[Article]) -> Outcome:
    """Compare an answer with what is expected. `articles` are those of the question's set."""
    places = (place for place, quote in enumerate(answer.quotes, 1) if _is_right(quote, question, articles))
    rank = next(places, None)
    pointed = rank is not None and _points(answer.quotes[rank - 1], question)
    return Outcome(question, answer, rank, pointed=pointed and rank == 1, pointed_given_right=pointed)


def _sittings(question_set: QuestionSet, scope: Scope, off_topic: Sequence[Question]) -> list[_Sitting]:
    if scope == "all":
        return [_Sitting(question_set.articles, question_set.questions, off_topic)]
    asked: dict[int, list[Question]] = {place: [] for place, _ in enumerate(question_set.articles)}
    for question in question_set.questions:
        asked[question.article].append(question)
    asked = {place: questions for place, questions in asked.items() if question_set.articles[place].passages}
    return [
        _Sitting([question_set.articles[place]], questions, off_topic[turn :: len(asked)])
        for turn, (place, questions) in enumerate(asked.items())
    ]


def _can_be_asked(question: str) -> bool:
    try:
        clean_question(question)
    except QuestionError:
        return False
    return True


def _is_right(quote: Quote, question: Question, articles: Sequence[Article]) -> bool:
    """Whether the quote is out of the question's own paragraph, which answers it."""
    start, end = question.paragraph
    inside = start <= quote.passage.start and quote.passage.end <= end
    return question.answerable and inside and quote.article is articles[question.article]


def _points(quote: Quote, question: Question) -> bool:
    """Whether the marked sentence holds one of the expected answers."""
    sentence = " ".join(quote.article.slice(quote.highlight).split())
    return any(answer in sentence for answer in question.answers)
