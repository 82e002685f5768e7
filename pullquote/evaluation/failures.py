"""A page of the failures of an evaluation, what was quoted beside what was right, so that a person can see why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import article_file
from pullquote.locales.english import VERDICT_NAMES
from retrieval.answer import Hit, Verdict
from retrieval.article import Article, Span

_WORD = re.compile(r"\S+")
MAX_SHOWN = 200
"""How many failures a section lists; it counts further failures."""

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,  # questions and passages are anybody's text
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it belongs to an expected answer."""

    text: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage, and whether it is the sentence that Pullquote marked."""

    pieces: tuple[Piece, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """A passage under a heading: its article's title, and its parts in order. Without a title it cannot be shown."""

    heading: str
    title: str | None = None
    parts: tuple[Part, ...] = ()
    hit: Hit | None = None
    """The hit of this passage; None if no search proposed it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A question, what Pullquote thought of it, what was expected, and the passages that tell why.

    A question without words, or with too many, has no passages.
    """

    question: str
    verdict: Verdict
    confidence: float
    expected: tuple[str, ...]
    panes: tuple[Pane, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Failures of one kind, the worst first."""

    name: str
    """The name of the section's anchor in the page."""
    heading: str
    explanation: str
    count: int
    failures: tuple[Failure, ...]
    """The first failures, MAX_SHOWN at most."""


def write_failures(outcomes: Sequence[Outcome], title: str, folder: Path) -> Path:
    """Write failures.html into `folder` and return its path: a file that needs no other file. Raises OSError."""
    page = _ENVIRONMENT.get_template("failures.html").render(
        title=title,
        verdict_names=VERDICT_NAMES,
        questions=len(outcomes),
        answerable=sum(outcome.question.answerable for outcome in outcomes),
        sections=sections(outcomes),
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "failures.html"
    # A question set's JSON can hold half a surrogate pair, which no file can.
    path.write_text(page, encoding="utf-8", errors="replace")
    return path


def sections(outcomes: Sequence[Outcome]) -> list[Section]:
    """The failures in four sections."""
    return [
        _section(
            "wrong",
            "Another passage came first",
            "The articles answer these questions, but the first quote is not out of the paragraph that does. "
            "The surest come first.",
            [outcome for outcome in outcomes if outcome.question.answerable and not outcome.right],
            _beside_the_right_passage,
        ),
        _section(
            "declined",
            "Declined although the first quote was right",
            "The right passage came first, but the verdict was not “answered”. The least sure come first.",
            [outcome for outcome in outcomes if outcome.right and not outcome.answered],
            _first_quote,
            surest_first=False,
        ),
        _section(
            "unanswerable",
            "Called answered although nothing answers it",
            "By the question set, nothing in the articles answers these questions, but the verdict was “answered”. "
            "The surest come first.",
            [outcome for outcome in outcomes if not outcome.question.answerable and outcome.answered],
            _first_quote,
        ),
        _section(
            "unmarked",
            "Right passage, wrong sentence",
            "The right passage came first, but the marked sentence holds none of the expected answers. Declined "
            "questions are here too. The surest come first.",
            [outcome for outcome in outcomes if outcome.right and outcome.question.answers and not outcome.pointed],
            _first_quote,
        ),
    ]


def _section(
    name: str,
    heading: str,
    explanation: str,
    failed: Sequence[Outcome],
    panes: Callable[[Outcome], tuple[Pane, ...]],
    *,
    surest_first: bool = True,
) -> Section:
    worst_first = sorted(failed, key=lambda outcome: outcome.confidence, reverse=surest_first)
    failures = tuple(_failure(outcome, panes(outcome)) for outcome in worst_first[:MAX_SHOWN])
    return Section(name, heading, explanation, len(failed), failures)


def _failure(outcome: Outcome, panes: tuple[Pane, ...]) -> Failure:
    return Failure(outcome.question.text, outcome.verdict, outcome.confidence, outcome.question.answers, panes)


def _first_quote(outcome: Outcome) -> tuple[Pane, ...]:
    return tuple(_pane("First quote", hit, outcome) for hit in outcome.hits[:1])


def _beside_the_right_passage(outcome: Outcome) -> tuple[Pane, ...]:
    return (*_first_quote(outcome), _right_passage(outcome)) if outcome.hits else ()


def _right_passage(outcome: Outcome) -> Pane:
    hits = outcome.hits
    if outcome.rank is not None:
        return _pane(f"The right one came in place {outcome.rank} of {len(hits)}", hits[outcome.rank - 1], outcome)
    heading = "The right one was not among those proposed"
    article = _own_article(outcome)
    if article is None:
        return Pane(heading)
    start, end = outcome.question.paragraph
    parts = _parts(article.text[start:end], Span(0, 0), outcome.question.answers)
    return Pane(heading, article.title, parts)


def _pane(heading: str, hit: Hit, outcome: Outcome) -> Pane:
    parts = _parts(hit.text, hit.highlight_in_text, outcome.question.answers)
    return Pane(heading, hit.title, parts, hit)


def _own_article(outcome: Outcome) -> Article | None:
    """The question's article, if any hit is out of it. An outcome knows only the number in its file's name."""
    file = article_file(outcome.question.article)
    return next((hit.article for hit in outcome.hits if hit.article.file == file), None)


def _parts(text: str, marked: Span, answers: Sequence[str]) -> tuple[Part, ...]:
    """The text before the marked sentence, the sentence itself, and the text after it; empty parts are left out."""
    expected = _expected(text, answers)
    spans = enumerate(pairwise((0, marked.start, marked.end, len(text))))
    return tuple(
        Part(tuple(_pieces(text, start, end, expected)), marked=part == 1)
        for part, (start, end) in spans
        if start < end
    )


def _pieces(text: str, start: int, end: int, expected: Set[int]) -> Iterator[Piece]:
    """`text[start:end]`, cut where an expected answer begins or ends."""
    for inside, offsets in groupby(range(start, end), key=lambda offset: offset in expected):
        yield Piece("".join(text[offset] for offset in offsets), inside)


def _expected(text: str, answers: Sequence[str]) -> Set[int]:
    """The offsets of all characters that belong to an expected answer: answers may lie one in another, or overlap."""
    # Between two words of an answer the passage may have a line break, where the question set has a space.
    words = list(_WORD.finditer(text))
    joined = " ".join(word.group() for word in words)
    # Of each character of the joined words: where it stands in the text; of a space, where the blanks begin.
    offsets = [offset for word in words for offset in range(word.start(), word.end() + 1)]
    stretches = (stretch for answer in answers for stretch in _occurrences(" ".join(answer.split()), joined))
    return {offset for stretch in stretches for offset in range(offsets[stretch.start], offsets[stretch.end - 1] + 1)}


def _occurrences(answer: str, text: str) -> Iterator[Span]:
    """Where an answer stands in a text; nowhere, if the answer is empty."""
    start = text.find(answer) if answer else -1
    while start >= 0:
        yield Span(start, start + len(answer))
        start = text.find(answer, start + len(answer))
