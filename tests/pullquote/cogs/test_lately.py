"""What was done lately is remembered, within bounds."""

from __future__ import annotations

from pullquote.cogs.lately import Lately


def test_the_first_time_is_told() -> None:
    lately = Lately()
    assert "a" not in lately
    assert lately.note("a")
    assert not lately.note("a")
    assert "a" in lately


def test_what_was_done_longest_ago_is_forgotten_first() -> None:
    lately = Lately(most=2)
    for what in "aba":
        lately.note(what)
    lately.note("c")
    assert [what for what in "abc" if what in lately] == ["a", "c"]
