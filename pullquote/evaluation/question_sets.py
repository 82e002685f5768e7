"""Question sets in SQuAD's JSON shape → articles and questions.

    data[] → title, paragraphs[] → context, qas[] → question, answers[] → text; is_impossible

A question without `is_impossible` can be answered, by its paragraph. Beside `data` a file may state its `mix`: of a
hundred questions asked in earnest, how many are `answerable`, `near_miss` and `off_topic`. Whatever else a file holds
is ignored.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from pullquote.evaluation.mix import Mix
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.article import Article, Passage
from retrieval.characters import normalise, one_line
from retrieval.errors import PullquoteError, QuestionError, Reason, UnfitError
from retrieval.language.detection import detected
from retrieval.question import Question
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.lengths import Measure
from retrieval.reading.segmentation import segment

MAX_OFF_TOPIC = 2_000


class QuestionSetError(PullquoteError):
    """For whoever evaluates: a question set cannot be read or used."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise UnfitError("blank-text")
    return text


# Characters are repaired as in articles: otherwise an answer might not be found in its own paragraph.
_Text = Annotated[str, AfterValidator(normalise), AfterValidator(_not_blank)]
_Amount = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_Line = Annotated[str, AfterValidator(one_line)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class ExpectedAnswer(_Frozen):
    """Words of the paragraph that answer a question. Where they begin is not needed."""

    text: _Line


class QuestionEntry(_Frozen):
    """A question as its file has it."""

    question: str
    answers: tuple[ExpectedAnswer, ...] = ()
    is_impossible: bool = False


class Paragraph(_Frozen):
    """A paragraph and the questions on it."""

    context: _Text
    qas: tuple[QuestionEntry, ...] = ()


class Entry(_Frozen):
    """An article as its file has it."""

    title: _Line = ""
    paragraphs: tuple[Paragraph, ...]


class StatedMix(_Frozen):
    """Of all questions asked in earnest, how many are of a kind: in any unit."""

    answerable: _Amount
    near_miss: _Amount
    off_topic: _Amount


class QuestionFile(_Frozen):
    """A question set as its file has it."""

    data: tuple[Entry, ...]
    mix: StatedMix | None = None


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question of a set, as its file spells it, and what answers it."""

    text: str
    article: int
    """The number of its article in the set, from 0."""
    paragraph: tuple[int, int]
    """Where its paragraph begins and ends in the article's text."""
    answerable: bool
    answers: tuple[str, ...] = ()
    """Texts on one line, each of which answers the question; none if the set names none, or nothing answers it."""
    elsewhere: tuple[tuple[int, int, int], ...] = ()
    """Other paragraphs that answer it, too: article, begin and end of each."""

    def is_answered_by(self, article: Article, passage: Passage) -> bool:
        """Whether a passage of the set is out of the question's paragraph, or of another that answers it."""
        return any(
            article.file == article_file(number) and start <= passage.start < end
            for number, start, end in ((self.article, *self.paragraph), *self.elsewhere)
        )

    def parsed(self) -> Question | None:
        """The question as it is looked up; None if it cannot be looked up."""
        try:
            return Question.parse(self.text)
        except QuestionError:
            return None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The articles of one file and the questions on them, article after article."""

    articles: tuple[Article, ...]
    questions: tuple[SetQuestion, ...]
    weight: float = 1.0
    """How much each question counts in a fit beside those of other sets."""
    mix: Mix | None = None
    """What is asked in earnest, if the file states it."""
    in_good_faith: bool = False
    """Whether its unanswerable questions were asked in earnest; SQuAD's were written to be taken for answerable."""


def read_set(path: Path, measure: Measure) -> QuestionSet:
    """Read a file and cut its articles into passages. Raises QuestionSetError."""
    file = read_file(path)
    return question_set(file.data, measure, file.mix)


def read_entries(path: Path) -> tuple[Entry, ...]:
    """The articles of a file as it has them. Raises QuestionSetError, which names file and place."""
    return read_file(path).data


def read_file(path: Path) -> QuestionFile:
    """A file as it stands. Raises QuestionSetError, which names file and place."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise QuestionSetError("set-unreadable", path=str(path), reason=error.strerror or str(error)) from error
    try:
        file = QuestionFile.model_validate_json(raw.removeprefix(codecs.BOM_UTF8))
    except ValidationError as error:
        raise _unusable(path, error.errors(include_url=False)[0]) from error
    if not any(paragraph.qas for entry in file.data for paragraph in entry.paragraphs):
        raise QuestionSetError("set-without-questions", path=str(path))
    return file


def question_set(entries: Sequence[Entry], measure: Measure, mix: StatedMix | None = None) -> QuestionSet:
    """Make articles and questions of entries. A paragraph is a passage, or several passages if it is too long."""
    articles = tuple(_article(number, entry, measure) for number, entry in enumerate(entries))
    stated = None if mix is None else Mix.of(mix.answerable, mix.near_miss, mix.off_topic)
    return QuestionSet(articles, _questions(entries), mix=stated)


def off_topic_questions(other: Sequence[Entry], entries: Sequence[Entry]) -> tuple[SetQuestion, ...]:
    """Questions of `other` that nothing in `entries` answers, evenly spaced, at most MAX_OFF_TOPIC.

    Articles that share a paragraph with `entries` are left out. Raises QuestionSetError if then no question is left.
    """
    known = {paragraph.context for entry in entries for paragraph in entry.paragraphs}
    apart = [entry for entry in other if known.isdisjoint(paragraph.context for paragraph in entry.paragraphs)]
    questions = [replace(question, answerable=False, answers=()) for question in _questions(apart)]
    if not questions:
        raise QuestionSetError("not-off-topic")
    return tuple(evenly_spaced(questions, MAX_OFF_TOPIC))


def article_file(number: int) -> str:
    """The file name of the article with this number in its set."""
    return f"{number:03d}.txt"


def _article(number: int, entry: Entry, measure: Measure) -> Article:
    # A heading without text keeps paragraphs apart that would be quoted together: questions belong to one of them.
    apart = Block(Kind.HEADING, "")
    blocks = [block for each in entry.paragraphs for block in (Block(Kind.PROSE, each.context), apart)]
    language = detected("\n".join(block.text for block in blocks))
    segmentation = segment(blocks, measure, entry.title, language)
    return Article(
        file=article_file(number),
        digest="",
        title=entry.title or f"Article {number + 1}",
        url=None,
        author=None,
        published=None,
        language=language,
        text=segmentation.text,
        passages=segmentation.passages,
    )


def _questions(entries: Iterable[Entry]) -> tuple[SetQuestion, ...]:
    return tuple(question for number, entry in enumerate(entries) for question in _questions_on(entry, number))


def _questions_on(entry: Entry, article: int) -> Iterator[SetQuestion]:
    start = 0
    for paragraph in entry.paragraphs:
        span = (start, start + len(paragraph.context))
        for each in paragraph.qas:
            answers = () if each.is_impossible else _distinct(answer.text for answer in each.answers)
            yield SetQuestion(each.question, article, span, not each.is_impossible, answers)
        start = span[1] + 2  # the blank line that `segment` puts between blocks


def _distinct(answers: Iterable[str]) -> tuple[str, ...]:
    """Each answer once. A blank answer would be found in any sentence."""
    return tuple(dict.fromkeys(answer for answer in answers if answer))


def _unusable(path: Path, problem: ErrorDetails) -> QuestionSetError:
    if problem["type"] == "json_invalid":
        reason = problem["msg"].removeprefix("Invalid JSON: ")
        return QuestionSetError("set-not-json", path=str(path), reason=reason)
    return QuestionSetError("set-misshapen", path=str(path), place=_location(problem["loc"]), wanted=_wanted(problem))


def _wanted(problem: ErrorDetails) -> Reason | str:
    error = problem.get("ctx", {}).get("error")
    if isinstance(error, UnfitError):
        return error.reason
    return problem["msg"].replace("Field required", "is missing").replace("Input should", "should")


def _location(steps: Sequence[int | str]) -> str:
    """Where in the file a problem is, as in "data[0].paragraphs[2].context"."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".") or "the whole"
