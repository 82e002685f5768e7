"""Work that somebody in Discord waits for: a bot that stops takes no new work, and ends the work at hand first."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable

from discord import app_commands

from pullquote.locales.english import counted
from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)

Farewell = Callable[[], Awaitable[object]]
"""Tells the person who waits for a task that the task was cut off."""

# How long the tasks at work may take when the bot stops, and then the farewells of all tasks cut off, in seconds.
_GRACE = 10
_FAREWELL = 3


class ClosingError(PullquoteError, app_commands.CheckFailure):
    """For members: the bot is about to stop."""

    def __init__(self) -> None:
        super().__init__("closing")


class InFlight:
    """The tasks at work for somebody. Must be used from one event loop."""

    def __init__(self) -> None:
        self.closing = False
        self._tasks: dict[asyncio.Task[object], Farewell] = {}

    def count(self, farewell: Farewell) -> None:
        """Count the running task until it is done, its message about an error included.

        `farewell` is called if the task is cut off.
        """
        task = asyncio.current_task()
        assert task is not None
        self._tasks[task] = farewell
        task.add_done_callback(self._tasks.pop)

    def refuse_if_closing(self) -> None:
        """Raises ClosingError from the call of `close` on."""
        if self.closing:
            raise ClosingError

    async def close(self) -> None:
        """Refuse new work, and wait until all counted tasks are done; after ten seconds cut them off and say so."""
        self.closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                while self._tasks:  # the tasks that say a refusal come in meanwhile
                    await asyncio.wait(self._tasks)
        if self._tasks:
            # The connection closes next, and a task that went on would only end in a traceback.
            late = dict(self._tasks)
            log.warning("%s cut off, for the bot stops: longer than %s s at work", counted(len(late), "task"), _GRACE)
            for task in late:
                task.cancel()
            await asyncio.wait(late)
            await _say(late.values())


async def _say(farewells: Iterable[Farewell]) -> None:
    """Say all farewells, as far as the time goes."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_FAREWELL):
            await asyncio.gather(*(farewell() for farewell in farewells), return_exceptions=True)
