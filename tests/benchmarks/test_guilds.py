"""The measurement of guilds' corpora, on a few made articles and with an encoder of letters."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from benchmarks.guilds import LARGE, SMALL, Sizes, measure, workplace
from benchmarks.made_articles import PASSAGES, made_articles
from tests.support.fake_encoder import LetterEncoder
from tests.support.measures import Words


def test_made_articles_have_so_many_passages_and_differ() -> None:
    first, second = islice(made_articles(Words()), 2)
    assert [len(each.article.passages) for each in (first, second)] == [PASSAGES] * 2
    assert first.article.text != second.article.text
    assert first == next(made_articles(Words()))


def test_everything_is_measured(tmp_path: Path) -> None:
    with workplace(tmp_path, LetterEncoder()) as at:
        lines = list(measure(at, Sizes(large=30, small=20, questions=3, idle=2)))
        assert len(at.library.catalogue.current(LARGE).entries) >= 3 + 5 + 1
        assert len(at.library.catalogue.current(SMALL).entries) == 2
    said = "\n".join(lines)
    assert "A corpus of 30 passages is built from nothing in " in said
    assert "3 questions alone, " in said
    assert "A corpus of 20 passages is ready " in said
