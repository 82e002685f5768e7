"""Tags are written in one way, however somebody wrote them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.tags import LONGEST_TAG, is_tag, tag_of, tags_of


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("staff", "staff"),
        (" #Staff ", "staff"),
        ("## Night  shift\n", "night shift"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁsh", "fish"),
        ("e\u0301te\u0301", "été"),
        ("c#", "c#"),
        ("#", ""),
        ("\u200b", ""),
        ("", ""),
    ],
)
def test_a_tag_is_one_line_of_small_letters(text: str, tag: str) -> None:
    assert tag_of(text) == tag


def test_each_tag_counts_once_and_keeps_its_place() -> None:
    assert tags_of(["Zoo", " #ant", "", "ZOO", "bee"]) == ("zoo", "ant", "bee")


@given(st.text(max_size=8))
def test_a_tag_is_its_own_tag(text: str) -> None:
    assert tag_of(tag_of(text)) == tag_of(text)


@pytest.mark.parametrize(("text", "fits"), [
    ("staff", True), ("a" * LONGEST_TAG, True), ("a" * (LONGEST_TAG + 1), False), ("a,b", False), ("Staff", False),
    ("", False), (" staff", False),
])  # fmt: skip
def test_what_can_be_a_tag(text: str, fits: bool) -> None:
    assert is_tag(text) is fits
