"""What a page says of itself in its head."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.html.document import parse_html


def front(page: str) -> FrontMatter:
    return parse_html(page.encode()).front


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Ants — Garden 1.0 documentation</title><h1>Ants</h1>", "Ants"),
        ("<title>Ants - Garden</title><meta property=og:site_name content=Garden><p>A", "Ants"),
        ("<title>Garden | Ants</title><meta property=og:site_name content=Garden><p>A", "Ants"),
        ("<title>Ants - a guide</title><p>A", "Ants - a guide"),
        ("<meta property=og:title content='All ants'><title>Ants!</title><p>A", "All ants"),
        ("<title>Ants · Garden</title><h1>Ants</h1><h1>Bees</h1>", "Ants"),
        ("<title>Insects</title><h1>Ants</h1><h1>Bees</h1>", "Insects"),
        ("<title> A&amp;B \n ants </title><svg><title>Logo</title></svg>", "A&B ants"),
        ("<p>A", None),
    ],
)
def test_the_title(page: str, title: str | None) -> None:
    assert front(page).title == title


def test_dates_and_authors() -> None:
    assert front("<meta name=date content='2024/02/30'><meta name=dc.date content=2024-02-29>").published == dt.date(
        2024, 2, 29
    )
    assert front("<meta property=article:author content='https://example.org/me'>").author is None
    assert front("<meta name=author content=' A.  Keeper '>").author == "A. Keeper"


def test_addresses_and_languages() -> None:
    assert front("<link rel=canonical href='/ants'><meta property=og:url content='https://example.org/a'>").url == (
        "https://example.org/a"
    )
    assert front("<html lang=pt_BR><p>A").language == "pt-BR"
    assert front("<html lang='a b'><p>A").language is None
    assert front("<meta http-equiv=content-language content=de><p>A").language == "de"
    assert front("<html xml:lang=fr><p>A").language == "fr"
