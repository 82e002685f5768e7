"""Articles are found by what moderators call them, within Discord's limits on choices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.naming import NoSuchArticleError, called, choices, ranked
from pullquote.library.records import Entry
from tests.support.discord_drafts import entries
from tests.support.discord_texts import STEADY, TEXTS
from tests.support.made_records import GULL
from tests.support.payload_limits import choice_violations

BREAD = replace(GULL, name="bread.md", title="How to bake bread")
CATS = replace(GULL, name="cats/keeping.md", title="Cats")
ALL = [GULL, BREAD, CATS]
LONG = [replace(GULL, name=f"{'w' * 150}{letter}.md", title="T") for letter in "ab"]


def offered(typed: str, *found: Entry) -> list[str]:
    return [choice.name for choice in choices(found or ALL, typed)]


def refusal(found: list[Entry], text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(NoSuchArticleError) as error:
        called(found, text)
    return error.value.code, dict(error.value.fields)


def test_all_articles_are_offered_before_anything_is_typed() -> None:
    assert offered(" ") == [
        "The lighthouse at Gull Point · gull.md",
        "How to bake bread · bread.md",
        "Cats · cats/keeping.md",
    ]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("lighthuose", GULL),
        ("gul point", GULL),
        ("LIGHTHOUSE", GULL),
        ("braed", BREAD),
        ("bake bred", BREAD),
        ("keeping", CATS),
        ("cats/kee", CATS),
    ],
)
def test_articles_are_offered_though_a_letter_is_wrong(typed: str, best: Entry) -> None:
    assert ranked(ALL, typed)[0][0] == best
    assert offered(typed)[0] == f"{best.title} · {best.name}"


def test_what_is_like_nothing_offers_nothing() -> None:
    assert offered("zzzzzz") == []
    assert offered("?!") == []


def test_twenty_five_articles_are_offered_at_most() -> None:
    many = [replace(GULL, name=f"{number}.md") for number in range(40)]
    assert len(choices(many, "")) == 25
    assert len(choices(many, "lighthouse")) == 25


def test_a_choice_leads_to_its_article_though_others_are_called_much_the_same() -> None:
    values = [choice.value for choice in choices(LONG, "")]
    assert values[0][:83] == values[1][:83] == "w" * 83
    assert [called(LONG, value) for value in values] == LONG


def test_a_long_title_is_cut_before_a_long_name() -> None:
    long = replace(GULL, title="😀" * 100, name="w" * 100)
    assert offered("", long) == [f"{'😀' * 25}… · {'w' * 44}…"]
    assert offered("", replace(GULL, title="T" * 200, name="a.md")) == [f"{'T' * 92}… · a.md"]


def test_a_choice_stands_on_a_line_that_runs_as_it_should() -> None:
    assert offered("", replace(GULL, title="\u202e*Gull*\u2067", name="\u202egull.md")) == ["*Gull* · gull.md"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gull.md", GULL),
        ("The lighthouse at Gull Point", GULL),
        ("the lighthuose at gull point", GULL),
        ("cats", CATS),
        ("bread", BREAD),
    ],
)
def test_an_article_is_called_by_its_name_or_title(text: str, found: Entry) -> None:
    assert called(ALL, text) == found


def test_a_name_counts_more_than_a_title() -> None:
    assert called([GULL, replace(CATS, title="gull.md")], "gull.md") == GULL


def test_what_is_not_clear_is_refused_with_what_is_nearest() -> None:
    twin = replace(GULL, name="gull-2.md")
    assert refusal([twin, GULL], GULL.title) == ("no-such-article", {"name": GULL.title, "nearest": "gull-2.md"})
    assert refusal(ALL, "bakery") == ("no-such-article", {"name": "bakery", "nearest": "bread.md"})
    assert refusal(ALL, "zzzzzz") == ("no-such-article", {"name": "zzzzzz", "nearest": "gull.md"})
    assert refusal([], "gull.md") == ("no-own-articles", {})


@STEADY
@given(st.lists(entries(), max_size=6, unique_by=lambda entry: entry.name), TEXTS)
def test_every_choice_keeps_to_discords_limits_and_leads_somewhere(found: list[Entry], typed: str) -> None:
    for text in ("", typed):
        offer = choices(found, text)
        assert list(choice_violations("choices", [choice.to_dict() for choice in offer])) == []
        assert all(choice.name for choice in offer)
    assert [called(found, choice.value) for choice in choices(found, "")] == found
