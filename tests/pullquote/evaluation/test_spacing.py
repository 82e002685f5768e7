"""Items are taken evenly spaced."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.evaluation.spacing import evenly_spaced


@pytest.mark.parametrize(
    ("items", "count", "expected"),
    [("abcdef", 3, "ace"), ("abcdefg", 3, "ace"), ("abc", 3, "abc"), ("abc", 9, "abc"), ("abc", 0, ""), ("", 3, "")],
)
def test_some_of_many_are_taken_from_everywhere(items: str, count: int, expected: str) -> None:
    assert "".join(evenly_spaced(items, count)) == expected


@given(st.integers(0, 200), st.integers(0, 50))
def test_gaps_differ_by_one_at_most(size: int, count: int) -> None:
    taken = evenly_spaced(range(size), count)
    assert len(taken) == min(size, count)
    gaps = {later - earlier for earlier, later in pairwise(taken)}
    assert not gaps or max(gaps) - min(gaps) <= 1
