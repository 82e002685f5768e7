"""Articles of one title are told apart by the folders in which their paths differ, or by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.titles import shown_titles
from tests.support.fake_encoder import article


def shown(titles: Mapping[str, str]) -> list[str]:
    return list(shown_titles([article(f"# {title}\n\nText.", file) for file, title in titles.items()]))


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ({"a.md": "Ferries", "b/c.md": "Bridges"}, ["Ferries", "Bridges"]),
        ({"server/faq.md": "FAQ", "proxy/faq.md": "FAQ"}, ["server › FAQ", "proxy › FAQ"]),
        ({"docs/server/v2/faq.md": "FAQ", "docs/proxy/v2/questions.md": "Faq"}, ["server › FAQ", "proxy › Faq"]),
        ({"faq.md": "FAQ", "proxy/faq.md": "FAQ", "x.md": "X"}, ["FAQ", "proxy › FAQ", "X"]),
        ({"a/b/c.md": "T", "a/d/c.md": "T", "e/b/c.md": "T"}, ["a › b › T", "a › d › T", "e › b › T"]),
        ({"a/b/a.md": "T", "a/a.md": "T"}, ["b › T", "T"]),
        ({"a.md": "T", "b.md": "T"}, ["a.md › T", "b.md › T"]),
        ({"s/a.md": "T", "s/b.md": "T", "p/a.md": "T"}, ["s › a.md › T", "s › b.md › T", "p › T"]),
    ],
)
def test_what_tells_articles_apart_stands_before_the_title(titles: Mapping[str, str], expected: list[str]) -> None:
    assert shown(titles) == expected


def test_without_articles_there_are_no_titles() -> None:
    assert shown({}) == []


FILES = st.lists(st.sampled_from("ab"), max_size=3).map("/".join)


@given(st.lists(st.tuples(FILES, st.sampled_from(["x.md", "y.md"])), unique=True, min_size=1, max_size=8))
def test_no_two_are_shown_alike(files: list[tuple[str, str]]) -> None:
    titles = shown({"/".join(filter(None, parts)): "T" for parts in files})
    assert len(set(titles)) == len(titles)
