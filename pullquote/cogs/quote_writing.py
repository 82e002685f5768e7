"""Has written, every so often, how many answers quoted each article."""

from __future__ import annotations

import asyncio

from discord.ext import commands, tasks

from pullquote.library.quotes import Quotes

# Seconds between two writes: what a bot that is killed loses at most.
_EVERY = 30


class QuoteWriting(commands.Cog):
    """Writes off the event loop, so that no answer waits for the disk. What is left at a stop the library writes."""

    def __init__(self, quotes: Quotes) -> None:
        self.quotes = quotes

    async def cog_load(self) -> None:
        """Begin to write."""
        self.write.start()

    async def cog_unload(self) -> None:
        self.write.cancel()

    @tasks.loop(seconds=_EVERY)
    async def write(self) -> None:
        """Write what was counted since."""
        await asyncio.to_thread(self.quotes.write)
