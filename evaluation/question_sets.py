"""Question sets in SQuAD's JSON shape → articles and questions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.article import Article
from retrieval.segmentation import Block, Kind, Measure, segment

SETS = Path(__file__).parents[2] / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the spans of its article's text that answer it; none if nothing there does."""

    text: str
    article: int
    """Its article's place in the set."""
    paragraph: tuple[int, int]
    """Where its paragraph begins and ends in the article's text."""
    answerable: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The articles of one file and the questions on them."""

    articles: tuple[Article, ...]
    questions: tuple[Question, ...]


def read_set(name: str, measure: Measure) -> QuestionSet:
    """Read one file of the public sets. Raises SystemExit where they are absent."""
    articles: list[Article] = []
    questions: list[Question] = []
    for number, entry in enumerate(read_entries(name)):
        contexts = [paragraph["context"] for paragraph in entry["paragraphs"]]
        segmentation = segment([Block(Kind.PROSE, context) for context in contexts], measure, entry["title"])
        articles.append(
            Article(
                file=f"{number:03d}.txt",
                digest="",
                title=entry["title"],
                url=None,
                author=None,
                published=None,
                language=None,
                text=segmentation.text,
                passages=segmentation.passages,
            )
        )
        start = 0
        for paragraph in entry["paragraphs"]:
            span = (start, start + len(paragraph["context"]))
            questions += (
                Question(qa["question"], number, span, not qa.get("is_impossible", False)) for qa in paragraph["qas"]
            )
            start = span[1] + 2
    return QuestionSet(tuple(articles), tuple(questions))


def read_entries(name: str) -> list[Any]:
    """The articles of one file as its JSON has them: see the sets' own README. Raises SystemExit where it is absent."""
    path = SETS / name
    if not path.is_file():
        raise SystemExit(f"The question set {name} is not there; it belongs into ../shared/data beside the project.")
    entries: list[Any] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return entries
