"""Work that somebody in Discord waits for: the bot lets it end before it stops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

# How long that may take when the bot stops, in seconds.
_GRACE = 10


class InFlight:
    """The tasks at work for somebody. Must be used from one event loop."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Count the running task until the block is left."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def ended(self) -> None:
        """Wait until every task counted now is done, what it says about errors included; ten seconds at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE)
