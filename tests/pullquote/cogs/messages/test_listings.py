"""Lists of articles: their order, what a search leaves, their pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.corpus.pages import LONGEST_SEARCH, ListPage
from pullquote.cogs.messages.listings import ListLine, Sort, list_embed, listed
from pullquote.cogs.messages.markup import length
from pullquote.library.composition import ArticleName, Names
from pullquote.library.quotes import Quoted
from pullquote.library.records import Entry
from retrieval.article import Article
from tests.support.discord_drafts import articles, entries
from tests.support.discord_embeds import check_embed, turning
from tests.support.discord_texts import LINES, STEADY
from tests.support.fake_encoder import article
from tests.support.made_records import GULL

SHARED = replace(article("# Ants\n\nAnts dig.", "ants.md"), url=None)
CATS = replace(
    GULL, name="b.md", title="cats", author=None, published=None, url=None, passages=1,
    changed_at=GULL.changed_at + dt.timedelta(days=1),
)  # fmt: skip
QUOTED = Quoted({ArticleName(False, "gull.md"): 1, ArticleName(True, "ants.md"): 1200}, Names(frozenset(), {}))
SHOWN_GULL = (
    "- [The lighthouse at Gull Point](https://example.org/gull) · gull.md · 12 passages · quoted in 1 answer "
    "· <t:1793534400:R>"
)
SHOWN_CATS = "- cats · b.md · 1 passage · <t:1793620800:R>"
SHOWN_ANTS = "- Ants · ants.md · 1 passage · quoted in 1,200 answers · shared"


def shown(sort: Sort = Sort.TITLE, search: str = "") -> list[str]:
    return [line.shown for line in listed([GULL, CATS], [SHARED], QUOTED, sort, search)]


def lines(count: int, *, title: str = "T") -> list[ListLine]:
    return listed([replace(GULL, name=f"n{n:03}.md", title=title) for n in range(count)], [], QUOTED, Sort.TITLE, "")


def test_articles_by_their_titles() -> None:
    assert shown() == [SHOWN_ANTS, SHOWN_CATS, SHOWN_GULL]


def test_articles_that_were_changed_last_come_first_and_shared_articles_last() -> None:
    assert shown(Sort.NEWEST) == [SHOWN_CATS, SHOWN_GULL, SHOWN_ANTS]


def test_articles_that_were_quoted_in_most_answers_come_first() -> None:
    assert shown(Sort.QUOTED) == [SHOWN_ANTS, SHOWN_GULL, SHOWN_CATS]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("GULL light", [SHOWN_GULL]),
        ("ann", [SHOWN_GULL]),
        ("example.org", [SHOWN_GULL]),
        (".md", [SHOWN_ANTS, SHOWN_CATS, SHOWN_GULL]),
        ("ants", [SHOWN_ANTS]),
        ("gull cats", []),
    ],
)
def test_a_search_leaves_the_articles_that_have_all_its_words(search: str, found: list[str]) -> None:
    assert shown(search=search) == found


def test_a_list() -> None:
    embed, page, pages = list_embed(listed([CATS], [SHARED], QUOTED, Sort.TITLE, ""), 0, "")
    assert (page, pages) == (0, 1)
    assert embed.title == "2 articles"
    assert embed.description == f"{SHOWN_ANTS}\n{SHOWN_CATS}"
    assert embed.footer.text is None


def test_a_list_of_nothing() -> None:
    embed, page, pages = list_embed([], 0, "*@everyone*")
    assert (page, pages) == (0, 1)
    assert embed.title == "0 articles for “\\*\\@everyone\\*”"
    assert embed.description == "There are none."


def test_a_long_list_has_pages_of_fifteen() -> None:
    embed, page, pages = list_embed(lines(31), 1, "")
    assert (page, pages) == (1, 3)
    assert embed.title == "31 articles"
    assert (embed.description or "").count("\n") == 14
    assert "015.md" in (embed.description or "")
    assert embed.footer.text == "Page 2 of 3"


def test_a_page_that_is_there_no_longer_gives_the_last() -> None:
    embed, page, pages = list_embed(lines(16), 9, "")
    assert (page, pages) == (1, 2)
    assert "015.md" in (embed.description or "")


def test_long_lines_make_more_pages_and_none_is_left_out() -> None:
    long = [
        replace(GULL, name=f"n{n:02}.md", title="*" * 300, url=f"https://example.org/{'x' * 480}") for n in range(20)
    ]
    found = listed(long, [], QUOTED, Sort.TITLE, "")
    pages = list_embed(found, 0, "")[2]
    described = [list_embed(found, page, "")[0].description or "" for page in range(pages)]
    assert pages == 4
    assert [name for name in "\n".join(described).split(" · ") if name.endswith(".md")] == [e.name for e in long]


def test_the_marks_that_turn_a_line_are_left_out() -> None:
    turned = replace(GULL, title="\u202egull", name="\u2067a")
    assert turning(list_embed(listed([turned], [], QUOTED, Sort.TITLE, ""), 0, "\u202ea")[0]) == []


@STEADY
@given(st.lists(entries(), max_size=8), st.lists(articles(), max_size=3), st.sampled_from(Sort), LINES)
def test_every_list_keeps_to_discords_limits(own: list[Entry], shared: list[Article], sort: Sort, search: str) -> None:
    found = listed(own, shared, QUOTED, sort, "")
    for page in range(list_embed(found, 0, search)[2]):
        check_embed(list_embed(found, page, search)[0])


@pytest.mark.parametrize("letter", ["w", "😀"])
@pytest.mark.parametrize("sort", Sort)
def test_the_longest_search_fits_into_a_button(letter: str, sort: Sort) -> None:
    button = ListPage("▶", sort, 999_999, letter * LONGEST_SEARCH)
    assert length(button.custom_id) <= 100
    assert ListPage.__discord_ui_compiled_template__.fullmatch(button.custom_id) is not None
