"""Work in flight ends before the bot stops, within the grace."""

from __future__ import annotations

import asyncio

import pytest

from pullquote.cogs.in_flight import ClosingError, Farewell, InFlight
from pullquote.locales import for_members
from tests.support.discord_world import PATIENCE


def farewell(said: list[str]) -> Farewell:
    async def say() -> None:
        said.append("a farewell")

    return say


async def work(in_flight: InFlight, release: asyncio.Event, said: list[str]) -> None:
    in_flight.count(farewell(said))
    try:
        in_flight.refuse_if_closing()
        await release.wait()
    except ClosingError as error:
        await asyncio.sleep(0)
        said.append(for_members(error) or "")
    else:
        said.append("an answer")


async def test_tasks_at_work_are_waited_for_and_later_ones_refused() -> None:
    in_flight, release, said = InFlight(), asyncio.Event(), list[str]()
    tasks = [asyncio.create_task(work(in_flight, release, said)) for _ in range(2)]
    await asyncio.sleep(0)
    closing = asyncio.create_task(in_flight.close())
    await asyncio.sleep(0)
    late = asyncio.create_task(work(in_flight, release, said))
    await late
    assert said == ["I am just being restarted. Please ask again in a minute."]
    assert not closing.done()
    release.set()
    await closing

    assert [task.done() for task in tasks] == [True, True]
    assert said[1:] == ["an answer", "an answer"]


async def test_a_refusal_that_is_being_said_is_waited_for_too() -> None:
    in_flight, release, said = InFlight(), asyncio.Event(), list[str]()
    first = asyncio.create_task(work(in_flight, release, said))
    await asyncio.sleep(0)
    closing = asyncio.create_task(in_flight.close())
    await asyncio.sleep(0)
    release.set()
    late = asyncio.create_task(work(in_flight, release, said))
    await closing

    assert first.done()
    assert late.done()
    assert sorted(said) == ["I am just being restarted. Please ask again in a minute.", "an answer"]


async def test_what_has_ended_is_not_waited_for() -> None:
    in_flight, release = InFlight(), asyncio.Event()
    release.set()
    await asyncio.create_task(work(in_flight, release, []))
    await in_flight.close()
    await in_flight.close()


async def test_what_outlasts_the_grace_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pullquote.cogs.in_flight._GRACE", 0.01)
    in_flight, never, said = InFlight(), asyncio.Event(), list[str]()
    tasks = [asyncio.create_task(work(in_flight, never, said)) for _ in range(2)]
    await asyncio.sleep(0)
    await in_flight.close()
    assert [task.cancelled() for task in tasks] == [True, True]
    assert said == ["a farewell", "a farewell"]
    assert caplog.messages == ["2 tasks cut off, for the bot stops: longer than 0.01 s at work"]


async def fail() -> None:
    raise ConnectionError


@pytest.mark.parametrize(("seconds", "farewell"), [(PATIENCE, fail), (0, asyncio.Event().wait)], ids=["fails", "lasts"])
async def test_no_farewell_keeps_a_bot_from_stopping(
    monkeypatch: pytest.MonkeyPatch, seconds: int, farewell: Farewell
) -> None:
    monkeypatch.setattr("pullquote.cogs.in_flight._GRACE", 0)
    monkeypatch.setattr("pullquote.cogs.in_flight._FAREWELL", seconds)
    in_flight, never = InFlight(), asyncio.Event()

    async def at_work() -> None:
        in_flight.count(farewell)
        await never.wait()

    task = asyncio.create_task(at_work())
    await asyncio.sleep(0)
    await in_flight.close()
    assert task.cancelled()
