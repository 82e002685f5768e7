"""Follow-ups with and without what was asked before, on the shipped article and on conversations/tram.md.

    python -m benchmarks.followups

Takes about half a minute. Those of guiding.toml were looked at while rules were made, those of reported.toml were not;
benchmarks/README.md says more. All questions search both articles at once.
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from pullquote.library.library import Library
from retrieval.answer import Answer, Verdict
from retrieval.answering import Answerer
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.followups import leans
from retrieval.question import Question
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights

HALVES = ("guiding", "reported")
ROOT = Path(__file__).parents[1]
CONVERSATIONS = Path(__file__).with_name("conversations")
ARTICLES = (ROOT / "corpus" / "musk-putin-claim.md", CONVERSATIONS / "tram.md")
GOLDEN = ROOT / "tests" / "golden_questions.toml"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question with those before it, the oldest first, and the paragraphs that answer it; none if nothing does."""

    question: str
    earlier: tuple[str, ...]
    article: str = ""
    passages: tuple[int, ...] = ()

    def is_answered_by(self, answer: Answer) -> bool:
        """Whether the first quote is a right one."""
        quote = answer.quotes[0]
        return quote.article.file == self.article and quote.passage.number in self.passages


@dataclass(frozen=True, slots=True)
class Half:
    """The follow-ups of a half: with an answer in the articles, and without."""

    answerable: tuple[FollowUp, ...]
    unanswerable: tuple[FollowUp, ...]

    @classmethod
    def read(cls, half: str) -> Half:
        """Read the follow-ups of a half."""
        tables = tomllib.loads((CONVERSATIONS / f"{half}.toml").read_text(encoding="utf-8"))
        return cls(
            tuple(
                FollowUp(each["question"], tuple(each["earlier"]), each["article"], tuple(each["passages"]))
                for each in tables["follow_ups"]
            ),
            tuple(FollowUp(question, (earlier,)) for earlier, question in tables["unanswered"]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """Answers to follow-ups asked alone, asked in their conversation, and to the last question before each."""

    follow_ups: Sequence[FollowUp]
    alone: Sequence[Answer]
    followed: Sequence[Answer]
    before: Sequence[Answer]

    def right(self, answers: Sequence[Answer]) -> int:
        """How many follow-ups have a right quote first in these answers."""
        return sum(each.is_answered_by(answer) for each, answer in zip(self.follow_ups, answers, strict=True))

    @property
    def gain(self) -> float:
        """R@1 in the conversation less R@1 alone."""
        return (self.right(self.followed) - self.right(self.alone)) / len(self.follow_ups)


def articles_answerer(folder: Path, encoder: Encoder) -> Answerer:
    """An answerer that searches both articles; `folder` is an empty folder to work in."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for article in ARTICLES:
        shutil.copy(article, corpus)
    return Answerer(Library.open(corpus, folder / "data", encoder), Ranker(read_weights(SHIPPED_WEIGHTS)))


def outcome(answerer: Answerer, follow_ups: Sequence[FollowUp]) -> Outcome:
    """Ask follow-ups alone and in their conversation, and the questions before them."""
    return Outcome(
        follow_ups,
        answerer.answer_all([Question.parse(each.question) for each in follow_ups]),
        answerer.answer_all([Question.parse(each.question, before=each.earlier) for each in follow_ups]),
        answerer.answer_all([Question.parse(each.earlier[-1]) for each in follow_ups]),
    )


def golden_questions() -> tuple[str, ...]:
    """All golden questions, in their order."""
    tables = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))
    answerable = [question for table in tables["answerable"] for question in table["questions"]]
    return (*answerable, *tables["near_misses"], *tables["off_topic"])


def changed(answerer: Answerer, questions: Sequence[str]) -> list[str]:
    """The questions whose first quote is another one if they are asked behind another of the questions.

    A question that leans on others is asked behind all others, any other question behind the question above it.
    """
    alone = answerer.answer_all([Question.parse(question) for question in questions])
    behind = [(i, other) for i in range(len(questions)) for other in _others(questions, i)]
    after = answerer.answer_all([Question.parse(questions[i], before=(other,)) for i, other in behind])
    return [
        f"{questions[i]} (behind: {other})"
        for (i, other), answer in zip(behind, after, strict=True)
        if _first(answer) != _first(alone[i])
    ]


def _others(questions: Sequence[str], i: int) -> Iterator[str]:
    if leans(Question.parse(questions[i])):
        yield from (*questions[:i], *questions[i + 1 :])
    else:
        yield questions[i - 1]


def _first(answer: Answer) -> tuple[str, int]:
    return answer.quotes[0].article.file, answer.quotes[0].passage.number


def main() -> None:
    """Print a table of both halves and what became of the golden questions."""
    console = Console(width=120, highlight=False)
    encoder = SentenceTransformerEncoder.load()
    table = Table("", *HALVES, "both", box=box.SIMPLE)
    with tempfile.TemporaryDirectory() as folder:
        answerer = articles_answerer(Path(folder), encoder)
        halves = [Half.read(half) for half in HALVES]
        halves.append(
            Half(
                tuple(chain.from_iterable(each.answerable for each in halves)),
                tuple(chain.from_iterable(each.unanswerable for each in halves)),
            )
        )
        columns = [_figures(answerer, each) for each in halves]
        for name in columns[0]:
            table.add_row(name, *(column[name] for column in columns))
        questions = golden_questions()
        different = changed(answerer, questions)
    console.print(table)
    console.print(f"Of {len(questions)} golden questions {len(different)} change their first quote behind another.")
    for each in different:
        console.print(f"  {each}")


def _figures(answerer: Answerer, half: Half) -> dict[str, str]:
    found = outcome(answerer, half.answerable)
    unanswerable = outcome(answerer, half.unanswerable)
    count = len(found.follow_ups)
    said = [
        each.is_answered_by(answer)
        for each, answer in zip(found.follow_ups, found.followed, strict=True)
        if answer.verdict is Verdict.ANSWERED
    ]
    return {
        "follow-ups that the articles answer": str(count),
        "R@1 alone": f"{found.right(found.alone) / count:.3f}",
        "R@1 in the conversation": f"{found.right(found.followed) / count:.3f}",
        "gain": f"{found.gain:+.3f}",
        "R@1 of the quote before, repeated": f"{found.right(found.before) / count:.3f}",
        "searched with what was asked before": str(sum(bool(answer.followed) for answer in found.followed)),
        "called answered": str(len(said)),
        "… of them with a right quote first": str(sum(said)),
        "follow-ups that the articles do not answer": str(len(unanswerable.follow_ups)),
        "… of them called answered": str(_called_answered(unanswerable.followed)),
        "… alone": str(_called_answered(unanswerable.alone)),
    }


def _called_answered(answers: Sequence[Answer]) -> int:
    return sum(answer.verdict is Verdict.ANSWERED for answer in answers)


if __name__ == "__main__":
    main()
