"""English words that the front ends share."""

from __future__ import annotations

import pytest

from pullquote.locales.english import VERDICT_HEADINGS, counted
from retrieval.answer import Verdict


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (2000, "2,000 articles")]
)
def test_nouns_are_counted(number: int, expected: str) -> None:
    assert counted(number, "article") == expected


def test_every_verdict_has_a_heading_of_its_own() -> None:
    assert set(VERDICT_HEADINGS) == set(Verdict)
    assert len(set(VERDICT_HEADINGS.values())) == len(Verdict)
