"""docs/reading.md shows what the reader makes of twelve pieces of documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrieval.reading.articles import read_article
from retrieval.reading.measure import NoMeasure
from tests.support.documents import document

PAGE = Path(__file__).parents[1] / "docs" / "reading.md"
_CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n````(?P<kind>\w+)\n(?P<source>.*?)````\n\nBefore:\n\n.*?\n\nNow:\n\n(?P<now>.*?)(?=^## |\Z)",
    re.MULTILINE | re.DOTALL,
)
_ENDINGS = {"markdown": "md", "text": "txt", "rst": "rst", "html": "html"}
CASES = list(_CASE.finditer(PAGE.read_text(encoding="utf-8")))


def test_twelve_pieces() -> None:
    assert len(CASES) == 12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_the_page_shows_what_is_made_of_a_piece(case: re.Match[str]) -> None:
    source = case["source"].replace("␌", "\f")
    article = read_article(document(f"page.{_ENDINGS[case['kind']]}", source), NoMeasure())
    shown = []
    for passage in article.passages:
        place = " › ".join([article.title, *passage.headings])
        lines = [f"    {line}".rstrip() for line in article.slice(passage).split("\n")]
        shown.append("\n".join([place, "", *lines]))
    assert "\n\n".join(shown) == case["now"].strip()
