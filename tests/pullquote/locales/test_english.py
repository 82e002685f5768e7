"""English words that the front ends share."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pullquote.locales.english import VERDICT_HEADINGS, VERDICT_NAMES, counted, quoted_in
from retrieval.answer import Verdict


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (2000, "2,000 articles")]
)
def test_nouns_are_counted(number: int, expected: str) -> None:
    assert counted(number, "article") == expected


def test_answers_that_quoted_an_article_are_told_if_there_are_any() -> None:
    assert [quoted_in(answers) for answers in (0, 1, 1200)] == [None, "quoted in 1 answer", "quoted in 1,200 answers"]


@pytest.mark.parametrize("words", [VERDICT_HEADINGS, VERDICT_NAMES], ids=["headings", "names"])
def test_every_verdict_has_words_of_its_own(words: Mapping[Verdict, str]) -> None:
    assert list(words) == list(Verdict)
    assert len(set(words.values())) == len(Verdict)
