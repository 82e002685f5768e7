"""Who asks too much in a short time has to wait, and is told how long."""

from __future__ import annotations

import pytest

from pullquote.cogs import allowance
from pullquote.cogs.allowance import SECONDS, Allowance, Allowances, TooFastError
from tests.support.clocks import Seconds


def taken(allowances: Allowances, member: int, guild: int | None = 1) -> tuple[str, object] | None:
    """The error's code and how long to wait; None if the question may be asked."""
    try:
        allowances.take(member, guild)
    except TooFastError as error:
        return error.code, error.fields["seconds"]
    return None


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


def test_a_member_may_ask_so_much_in_half_a_minute(clock: Seconds) -> None:
    allowances = Allowances(2, 0, clock)
    assert taken(allowances, 7) is None
    clock.now += 10
    assert taken(allowances, 7, guild=2) is None
    assert taken(allowances, 7) == ("member-too-fast", 20)
    assert taken(allowances, 8) is None
    clock.now += 19.5
    assert taken(allowances, 7, guild=None) == ("member-too-fast", 1)
    clock.now += 0.5
    assert taken(allowances, 7) is None
    assert taken(allowances, 7) == ("member-too-fast", 10)


def test_a_guild_may_ask_so_much_together(clock: Seconds) -> None:
    allowances = Allowances(0, 2, clock)
    assert [taken(allowances, member) for member in (7, 8, 9)] == [None, None, ("guild-too-fast", 30)]
    assert taken(allowances, 9, guild=2) is None
    assert [taken(allowances, 7, guild=None) for _ in range(9)] == [None] * 9


def test_a_question_that_is_refused_does_not_count(clock: Seconds) -> None:
    allowances = Allowances(1, 1, clock)
    assert taken(allowances, 7) is None
    clock.now += SECONDS - 1
    assert taken(allowances, 7) == ("member-too-fast", 1)
    assert taken(allowances, 8) == ("guild-too-fast", 1)
    clock.now += 1
    assert taken(allowances, 8) is None


def test_without_a_limit_nothing_is_remembered(clock: Seconds) -> None:
    unlimited = Allowance(0, clock)
    for _ in range(99):
        unlimited.count(7)
        assert unlimited.wait(7) == 0
    assert unlimited._asked == {}


def test_whoever_asked_longest_ago_is_forgotten_first(clock: Seconds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "_MOST", 2)
    one = Allowance(1, clock)
    for asker in "abac":
        one.count(asker)
    assert [asker for asker in "abc" if one.wait(asker)] == ["a", "c"]
