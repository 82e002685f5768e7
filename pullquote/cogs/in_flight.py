"""Work that somebody in Discord waits for: a bot that stops takes no more of it, and lets what there is end first."""

from __future__ import annotations

import asyncio
import contextlib

from discord import app_commands

from retrieval.errors import PullquoteError

# How long that may take when the bot stops, in seconds.
_GRACE = 10


class ClosingError(PullquoteError, app_commands.CheckFailure):
    """For members: the bot is about to stop."""

    def __init__(self) -> None:
        super().__init__("closing")


class InFlight:
    """The tasks at work for somebody. Must be used from one event loop."""

    def __init__(self) -> None:
        self.closing = False
        self._tasks: set[asyncio.Task[object]] = set()

    def count(self) -> None:
        """Count the running task until it is done, what it says about errors included."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def refuse_if_closing(self) -> None:
        """Raises ClosingError from the call of `close` on."""
        if self.closing:
            raise ClosingError

    async def close(self) -> None:
        """Refuse what comes from now on, and wait until all counted tasks are done; ten seconds at most."""
        self.closing = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                while self._tasks:  # those that say a refusal come in meanwhile
                    await asyncio.wait(self._tasks)
