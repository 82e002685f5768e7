"""Which passages are quoted together."""

from __future__ import annotations

from retrieval.answer import Hit
from retrieval.article import Article, Span
from retrieval.quotation import quotations
from retrieval.reading.articles import read_article
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.measure import NoMeasure
from retrieval.reading.segmentation import segment
from tests.support.documents import document

GUIDE = """# Guide

Before all else, read this.

## Server

Start the server first.

Then tell your friends.

Now and then, look at the log.

## Map

A map shows the way there.
"""


def hits(article: Article, *numbers: int, best: float = 0.5) -> list[Hit]:
    """Hits of the passages with these numbers, each a little less likely than the one before."""
    passages = [article.passages[number - 1] for number in numbers]
    return [Hit(article, each, each.sentences[-1], best - i / 100, {}) for i, each in enumerate(passages)]


def numbers(found: list[Hit]) -> list[list[int]]:
    return [[passage.number for passage in block.passages] for block in quotations(found)]


def guide() -> Article:
    return read_article(document("guide.md", GUIDE), NoMeasure())


def test_neighbours_in_a_section_are_one_block_in_reading_order() -> None:
    article = guide()
    assert numbers(hits(article, 3, 2)) == [[2, 3]]
    assert numbers(hits(article, 3, 4)) == [[3, 4]]
    assert numbers(hits(article, 3, 4, 2)) == [[2, 3, 4]]
    [block] = quotations(hits(article, 3, 2))
    assert block.text == "Start the server first.\n\nThen tell your friends."
    assert block.text == article.slice(block.span)
    assert block.hit.passage.number == 3
    assert block.text[block.highlight.start : block.highlight.end] == "Then tell your friends."
    assert block.sentences == [Span(0, 23), Span(25, 48)]


def test_other_passages_stand_alone() -> None:
    article = guide()
    assert numbers(hits(article, 2, 4)) == [[2], [4]]
    assert numbers(hits(article, 1, 2)) == [[1], [2]]
    assert numbers(hits(article, 4, 5)) == [[4], [5]]
    assert numbers([*hits(article, 3), *hits(guide(), 4)]) == [[3], [4]]


def test_what_is_far_less_likely_is_left_out() -> None:
    article = guide()
    assert numbers([*hits(article, 2), *hits(article, 3, best=0.04), *hits(article, 5, best=0.05)]) == [[2], [5]]
    assert quotations([]) == []


def steps(*texts: str) -> Article:
    """An article that is a passage for each text, a list each."""
    cut = segment([Block(Kind.LINES, text) for text in texts], NoMeasure(), "")
    return Article("a.md", "", "T", None, None, None, None, cut.text, cut.passages)


def test_steps_that_count_on_join_the_passage_that_begins_them() -> None:
    article = steps("1. Stop.\n2. Wait.", "3. Look.", "4. Go.", "5. Arrive.")
    assert numbers(hits(article, 1)) == [[1, 2, 3]]
    assert numbers(hits(article, 1, 3, 2)) == [[1, 2, 3, 4]]
    assert numbers(hits(article, 4, 1)) == [[4], [1]]
    assert numbers(hits(article, 3)) == [[3, 4]]


def test_lists_that_begin_anew_do_not_go_on() -> None:
    assert numbers(hits(steps("1. Stop.\n2. Wait.", "1. Look."), 1)) == [[1]]
    assert numbers(hits(steps("1. Stop.", "Well. 2. is next.", "2. Wait."), 1)) == [[1]]
    assert numbers(hits(steps("- Stop.", "1. Wait."), 1)) == [[1]]
