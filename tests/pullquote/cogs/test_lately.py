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


def test_a_thousand_are_remembered_and_what_came_to_nothing_is_not() -> None:
    lately = Lately()
    for number in range(1001):
        lately.note(number)
    assert not lately.note(1)
    assert lately.note(0)
    lately.forget(1000)
    assert lately.note(1000)
