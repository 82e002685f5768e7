"""What a moderator types into a form about an article becomes what is given of it, or an error that says why not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import discord
import pytest
from hypothesis import given as drawn

from pullquote.cogs.corpus.forms import Details, DetailsForm, FormError, given_by, typed_title
from pullquote.cogs.messages.markup import length
from pullquote.library.given import NOTHING_GIVEN, Given, given_over
from retrieval.article import Article
from tests.support.discord_drafts import articles
from tests.support.discord_texts import STEADY
from tests.support.discord_world import GUILD
from tests.support.fake_encoder import article

FILE = replace(
    article("Ants dig."),
    title="Ants",
    author="A. Digger",
    published=dt.date(2020, 2, 29),
    url="https://example.org/a",
    language="en",
)
NOBODY = replace(FILE, author=None, published=None, url=None, language=None)
FORM = Details("Ants", "A. Digger", "2020-02-29", "https://example.org/a", "en")


def said(read: Article = FILE, now: Article | None = None, /, **typed: str) -> Given:
    """What is given by a moderator who changes these fields of the form."""
    now = now or read
    return given_by(replace(Details.of(now), **typed), now, read)


def refusal(**typed: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(FormError) as error:
        said(**typed)
    return error.value.code, dict(error.value.fields)


def test_the_title_of_a_text_that_is_typed() -> None:
    assert typed_title(" On \u202e\nants ") == "On ants"
    with pytest.raises(FormError) as error:
        typed_title(" \u200b")
    assert (error.value.code, error.value.fields) == ("given-not-one-line", {"field": "title"})


def test_the_form_shows_what_the_article_says_of_itself() -> None:
    assert Details.of(FILE) == FORM
    assert Details.of(NOBODY) == Details("Ants", "", "", "", "")


def test_what_is_left_as_it_is_gives_nothing() -> None:
    assert said() == NOTHING_GIVEN
    assert said(NOBODY) == NOTHING_GIVEN


@pytest.mark.parametrize(
    ("field", "typed", "given"),
    [
        ("title", " On\n ants ", Given(title="On ants")),
        ("author", "B. \u202eBurrow", Given(author="B. Burrow")),
        ("published", " 2026-01-31", Given(published=dt.date(2026, 1, 31))),
        ("url", "https://example.org/b", Given(url="https://example.org/b")),
        ("language", "DE_at", Given(language="de")),
    ],
)
def test_what_is_typed_is_given(field: str, typed: str, given: Given) -> None:
    assert said(**{field: typed}) == given
    assert said(NOBODY, **{field: typed}) == given


@pytest.mark.parametrize("empty", ["", " ", "\u200b"])
def test_what_is_emptied_is_without_author_date_and_link(empty: str) -> None:
    assert said(author=empty, published=empty, url=empty) == Given(without=frozenset({"author", "published", "url"}))
    assert said(NOBODY, author=empty, published=empty, url=empty) == NOTHING_GIVEN


def test_a_title_and_a_language_that_are_emptied_are_the_file_s() -> None:
    renamed = replace(FILE, title="On ants", language="de")
    assert said(FILE, renamed, title="", language="") == NOTHING_GIVEN


def test_what_was_given_before_stays_unless_it_is_changed() -> None:
    before = Given("On ants", "B. Burrow", dt.date(2026, 1, 31), "https://example.org/b", "de")
    now = given_over(FILE, before)
    assert said(FILE, now) == before
    assert said(FILE, now, author="A. Digger") == replace(before, author=None)
    without = Given(without=frozenset({"author", "published", "url"}))
    assert said(FILE, given_over(FILE, without)) == without
    assert said(FILE, given_over(FILE, without), author="A. Digger") == Given(without=frozenset({"published", "url"}))


def test_what_the_form_cannot_show_whole_stays_as_it_is() -> None:
    long = replace(FILE, title="😀" * 200, author="a " * 300, language="en-GB")
    shown = Details.of(long)
    assert (shown.title, length(shown.author)) == ("😀" * 150, 300)
    assert said(long) == NOTHING_GIVEN
    assert said(long, title="Ants") == Given(title="Ants")


@pytest.mark.parametrize("typed", ["31.01.2026", "2026-02-30", "soon", "2026-1-1"])
def test_what_is_not_a_date_is_refused(typed: str) -> None:
    assert refusal(published=typed) == ("form-not-a-date", {"text": typed})


@pytest.mark.parametrize(
    "typed", ["example.org", "javascript:alert(1)", "https://", "ftp://example.org/", "https://example.org/ a"]
)
def test_what_is_not_a_link_is_refused(typed: str) -> None:
    assert refusal(url=typed) == ("form-not-a-link", {"text": typed})


@pytest.mark.parametrize("typed", ["English", "e", "en/de", "de fr"])
def test_what_is_not_a_language_is_refused(typed: str) -> None:
    assert refusal(language=typed) == ("form-not-a-language", {"text": typed})


def test_what_cannot_be_kept_is_refused() -> None:
    assert refusal(title="w" * 301) == ("given-too-long", {"field": "title", "length": 301, "limit": 300})


async def test_the_form_within_discords_limits() -> None:
    async def done(interaction: discord.Interaction, given: Given) -> None:
        raise AssertionError

    opened = cast("discord.Interaction", SimpleNamespace(user=None, guild_id=GUILD))
    form = DetailsForm(opened, FILE, replace(NOBODY, title="w" * 400), done).to_dict()
    [title, author, *_] = [
        row["component"] if "component" in row else row["components"][0] for row in form["components"]
    ]
    assert len(form["title"]) <= 45
    assert (title["label"], title["value"], title["max_length"]) == ("Title", "w" * 300, 300)
    assert (author["label"], author.get("value"), author["required"]) == ("Author", None, False)
    assert len(form["components"]) == 5


@STEADY
@drawn(articles())
def test_whatever_an_article_says_of_itself_nothing_is_given_by_sending_the_form_as_it_is(article: Article) -> None:
    assert given_by(Details.of(article), article, article) == NOTHING_GIVEN
    assert all(length(text) <= 512 for text in (Details.of(article).title, Details.of(article).author))
