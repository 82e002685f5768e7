from __future__ import annotations

import asyncio

import pytest

from cogs.in_flight import InFlight


async def work(in_flight: InFlight, release: asyncio.Event, said: list[str]) -> None:
    with in_flight.counted():
        await release.wait()
    said.append("after the block")


async def test_tasks_at_work_are_waited_for_to_their_end() -> None:
    in_flight, release, said = InFlight(), asyncio.Event(), list[str]()
    tasks = [asyncio.create_task(work(in_flight, release, said)) for _ in range(2)]
    await asyncio.sleep(0)
    ended = asyncio.create_task(in_flight.ended())
    await asyncio.sleep(0)
    assert not ended.done()
    release.set()
    await ended

    assert [task.done() for task in tasks] == [True, True]
    assert said == ["after the block", "after the block"]


async def test_what_has_ended_is_not_waited_for() -> None:
    in_flight, release = InFlight(), asyncio.Event()
    release.set()
    await work(in_flight, release, [])
    await in_flight.ended()


async def test_nobody_is_waited_for_forever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cogs.in_flight._GRACE", 0.01)
    in_flight, release = InFlight(), asyncio.Event()
    task = asyncio.create_task(work(in_flight, release, []))
    await asyncio.sleep(0)
    await in_flight.ended()
    assert not task.done()
    release.set()
    await task
