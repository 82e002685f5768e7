"""Where a hit stands in the articles, as short as buttons need it; and what stands there now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.answer import Hit
from retrieval.article import Article
from retrieval.errors import PullquoteError
from retrieval.quotation import Quotation


class PassageGoneError(PullquoteError):
    """For members: the passage that a button shows is no longer among the articles that they may ask."""

    def __init__(self) -> None:
        super().__init__("passage-gone")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage: the beginning of its article's digest, and where passage and sentence start there."""

    digest: str
    start: int
    highlight: int


def hit_at(articles: Iterable[Article], place: Place) -> Hit | None:
    """The hit at a place; None if none of the articles has it. Nothing tells how likely it is to answer."""
    for article in articles:
        if not article.digest.startswith(place.digest):
            continue
        for passage in article.passages:
            for sentence in passage.sentences:
                if (passage.start, sentence.start) == (place.start, place.highlight):
                    return Hit(article, passage, sentence, 0.0, {})
    return None


def quotation_at(articles: Iterable[Article], digest: str, start: int, end: int, highlight: int) -> Quotation:
    """The passages from `start` to `end` of an article, with the sentence that starts at `highlight`.

    Raises PassageGoneError if none of the articles has them.
    """
    article = next((each for each in articles if each.digest.startswith(digest)), None)
    if article is None:
        raise PassageGoneError
    passages = tuple(each for each in article.passages if start <= each.start and each.end <= end)
    hit = next((hit for each in passages if (hit := hit_at([article], Place(digest, each.start, highlight)))), None)
    if hit is None or (passages[0].start, passages[-1].end) != (start, end):
        raise PassageGoneError
    return Quotation(hit, passages)
