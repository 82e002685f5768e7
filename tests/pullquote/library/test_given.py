"""What a moderator says about an article counts more than what its file says."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from pullquote.library.given import NOTHING_GIVEN, Given, check_line, dump_given, load_given, with_tags_of
from retrieval.errors import UnfitError
from retrieval.tags import MOST_TAGS
from tests.support.fake_encoder import article

FILE = replace(
    article("Ants dig."), title="Ants", author="A. Digger", published=dt.date(2020, 2, 29), url="https://example.org/a"
)
ALL = Given(
    "On ants", "B. Burrow", dt.date(2026, 1, 2), "https://example.org/b", "fr", frozenset({"author"}), ("ants",)
)
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=35).filter(str.strip)


def refusal(**said: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(UnfitError) as error:
        Given(**said)  # type: ignore[arg-type]
    return error.value.reason.code, dict(error.value.reason.fields)


def test_what_is_given_is_taken_and_the_rest_is_the_file_s() -> None:
    assert NOTHING_GIVEN.over(FILE) == FILE
    assert Given(title="On ants", language="fr").over(FILE) == replace(FILE, title="On ants", language="fr")
    assert Given(published=dt.date(2026, 1, 2)).over(FILE) == replace(FILE, published=dt.date(2026, 1, 2))


def test_what_is_not_to_be_taken_from_the_file_is_not_known() -> None:
    without = Given(without=frozenset({"author", "published", "url"}))
    assert without.over(FILE) == replace(FILE, author=None, published=None, url=None)


def test_what_is_given_counts_more_than_that_the_file_is_not_to_be_asked() -> None:
    assert Given(author="B. Burrow", without=frozenset({"author"})).over(FILE).author == "B. Burrow"


@drawn(
    st.builds(
        Given,
        title=st.none() | LINES,
        author=st.none() | LINES,
        published=st.none() | st.dates(),
        url=st.none() | LINES,
        language=st.none() | LINES,
        without=st.frozensets(st.sampled_from(["author", "published", "url"])),
        tags=st.none() | st.lists(st.sampled_from("abc")).map(lambda tags: tuple(tags[:MOST_TAGS])),
    )
)
def test_what_was_dumped_is_loaded(given: Given) -> None:
    assert load_given(json.loads(json.dumps(dump_given(given)))) == given


def test_what_was_not_given_is_not_dumped() -> None:
    assert dump_given(NOTHING_GIVEN) == {}
    assert dump_given(ALL) == {
        "title": "On ants",
        "author": "B. Burrow",
        "published": "2026-01-02",
        "url": "https://example.org/b",
        "language": "fr",
        "without": ["author"],
        "tags": ["ants"],
    }


@pytest.mark.parametrize(("field", "limit"), [("title", 300), ("author", 300), ("url", 2000), ("language", 35)])
def test_a_text_has_its_limit(field: str, limit: int) -> None:
    Given(**{field: "a" * limit})  # type: ignore[arg-type]
    code, fields = refusal(**{field: "a" * (limit + 1)})
    assert (code, fields) == ("given-too-long", {"field": field, "length": limit + 1, "limit": limit})


@pytest.mark.parametrize("text", ["", "  ", "\N{NO-BREAK SPACE}", "a\nb", "a\x00", "a\x85b", "a\u2028b", "a\ud800"])
def test_a_text_is_a_line(text: str) -> None:
    assert refusal(title=text) == ("given-not-one-line", {"field": "title"})


@pytest.mark.parametrize("text", ["«\N{NO-BREAK SPACE}Fourmis\N{NO-BREAK SPACE}»", "می‌خواهم", "👩‍🚀", "東京　駅"])
def test_wide_spaces_and_joiners_are_part_of_a_line(text: str) -> None:
    assert Given(title=text).title == text


def test_no_text_is_not_looked_at() -> None:
    check_line("title", None, 1)


@pytest.mark.parametrize("tag", ["", "Ants", "a,b", " a", "a" * 51])
def test_a_tag_is_as_it_is_written_everywhere(tag: str) -> None:
    assert refusal(tags=("ants", tag)) == ("not-a-tag", {"tag": tag, "limit": 50})


def test_an_article_has_few_tags() -> None:
    tags = tuple(f"tag {number}" for number in range(MOST_TAGS + 1))
    assert Given(tags=tags[1:]).tags == tags[1:]
    assert refusal(tags=tags) == ("too-many-tags", {"number": MOST_TAGS + 1, "limit": MOST_TAGS})


def test_tags_are_the_file_s_unless_some_are_given_or_none() -> None:
    tagged = replace(FILE, tags=("zoo",))
    assert NOTHING_GIVEN.over(tagged).tags == ("zoo",)
    assert Given(tags=("ants",)).over(tagged).tags == ("ants",)
    assert Given(tags=()).over(tagged).tags == ()


def test_tags_stay_unless_others_are_given() -> None:
    old = Given(title="Old", tags=("ants",))
    assert with_tags_of(old, Given(title="New")) == Given(title="New", tags=("ants",))
    assert with_tags_of(old, Given(title="New", tags=())) == Given(title="New", tags=())
    assert with_tags_of(Given(title="Old"), Given(title="New")) == Given(title="New")
