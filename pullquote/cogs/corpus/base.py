"""What all commands of /corpus share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from pullquote.cogs.naming import called
from pullquote.cogs.pressing import guild_of
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.records import Entry

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class CorpusCommands(commands.Cog):
    """Commands of /corpus. The cog `Articles` brings all of them together, and is the only one that is added."""

    bot: Pullquote

    @property
    def articles(self) -> GuildLibrary:
        """The articles of guilds."""
        return self.bot.articles

    async def entry(self, interaction: discord.Interaction, name: str) -> Entry:
        """The guild's own article that a moderator calls so. Raises NoSuchArticleError and StateError."""
        guild = guild_of(interaction)
        return await asyncio.to_thread(lambda: called(self.articles.catalogue.current(guild).entries, name))
