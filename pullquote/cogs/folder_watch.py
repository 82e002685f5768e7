"""Watches the folder that all guilds share: what changes in it is taken in by itself, as a reload does it."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

from discord.ext import commands
from watchfiles import awatch

from pullquote.library.errors import ReloadInProgressError
from pullquote.library.library import Library
from pullquote.library.problems import log_problems
from pullquote.library.progress import ProgressLog
from pullquote.locales import for_operators
from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)

# Milliseconds without a change after which a change counts as done, and after which it counts anyway: whoever copies
# a thousand files into the folder starts one reload.
_STEP, _DEBOUNCE = 500, 10_000
# Seconds between two tries while somebody else reloads.
_PATIENCE = 2.0


class FolderWatch(commands.Cog):
    """Reloads whenever something changes in the folder."""

    def __init__(self, library: Library, folder: Path) -> None:
        self.library = library
        self.folder = folder
        self._stop = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Begin to watch."""
        self.task = asyncio.create_task(self._watch())

    async def cog_unload(self) -> None:
        self._stop.set()

    async def _watch(self) -> None:
        try:
            async for _ in awatch(self.folder, stop_event=self._stop, step=_STEP, debounce=_DEBOUNCE):
                await self._reload()
        except (OSError, RuntimeError) as error:  # what watchfiles raises where a system cannot watch
            log.warning("The folder of articles cannot be watched (%s); /corpus reload takes changes in", error)

    async def _reload(self) -> None:
        while True:
            try:
                report = await asyncio.to_thread(self.library.reload, "a change in the folder", ProgressLog())
            except ReloadInProgressError:
                await asyncio.sleep(_PATIENCE)  # that reload may have read the folder before the change
                continue
            except PullquoteError as error:
                log.warning("The folder changed, and the articles stay as they were: %s", for_operators(error))
                return
            changes = report.changes
            added, changed, removed = len(changes.added), len(changes.changed), len(changes.removed)
            log.info("The folder changed: %d articles added, %d changed, %d removed", added, changed, removed)
            log_problems(report.problems)
            return
