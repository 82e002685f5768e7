"""Articles that are read equal the articles that were written."""

from __future__ import annotations

import pytest

from retrieval.article_json import dump_articles, load_articles
from tests.support.fake_encoder import article

ARTICLES = (
    article(
        "---\ntitle: On ants\nauthor: A. Digger\ndate: 2026-01-02\nurl: https://example.org/ants\n---\n\n"
        "## Digging\n\nAnts dig “holes” 🐜. See [the map](map.md):\n\n- one\n- two\n",
        "ants.md",
    ),
    article("Bees fly.", "bees.txt"),
)


def test_what_is_read_equals_what_was_written() -> None:
    assert load_articles(dump_articles(ARTICLES)) == ARTICLES
    assert load_articles(dump_articles(())) == ()


@pytest.mark.parametrize(
    "written", [b"", b"{}", b"[1]", b'[{"file": "ants.md"}]', dump_articles(ARTICLES)[:-1], b"\xff"]
)
def test_what_is_damaged_or_of_another_format_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        load_articles(written)
