"""Which guilds the bot is in: what a guild leaves behind is kept for a while, and then deleted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import ParamSpec

import discord
from discord.ext import commands, tasks

from pullquote.library.guild_library import GuildLibrary
from pullquote.locales import for_operators
from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)

P = ParamSpec("P")


class Guests(commands.Cog):
    """Tells the state which guilds come and go."""

    def __init__(self, bot: commands.AutoShardedBot, articles: GuildLibrary) -> None:
        self.bot = bot
        self.articles = articles

    async def cog_load(self) -> None:
        """Begin to look once a day for what is to be deleted."""
        self.forget.start()

    async def cog_unload(self) -> None:
        self.forget.cancel()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Note which guilds came and went while the bot was not connected."""
        present = [guild.id for guild in self.bot.guilds]
        await _noted(self.articles.memberships.meet, present)

    @commands.Cog.listener("on_guild_available")
    @commands.Cog.listener("on_guild_join")
    async def on_guild_here(self, guild: discord.Guild) -> None:
        """Note that the bot is in a guild."""
        await _noted(self.articles.memberships.join, guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot is in a guild no longer."""
        await _noted(self.articles.memberships.leave, guild.id)

    @tasks.loop(hours=24)
    async def forget(self) -> None:
        """Delete what was left behind long ago."""
        await _noted(self.articles.forget)


async def _noted(note: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Have the state note something. A state that cannot be used says so in the log, and is told again at a start."""
    try:
        await asyncio.to_thread(note, *args, **kwargs)
    except PullquoteError as error:
        log.warning("Which guilds are here could not be noted: %s", for_operators(error))
