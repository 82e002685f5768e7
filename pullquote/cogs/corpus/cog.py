"""/corpus: the cog that brings all its commands together, and what is about the bot's articles as a whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from pullquote.cogs.corpus.adding import Adding
from pullquote.cogs.corpus.changing import Changing
from pullquote.cogs.corpus.looking import Looking
from pullquote.cogs.corpus.scoping import Scoping
from pullquote.cogs.corpus.work import working
from pullquote.cogs.messages.markup import shorten
from pullquote.cogs.messages.reports import COLOUR, error_lines, reload_lines, remark_text, show
from pullquote.cogs.pressing import guild_of
from pullquote.library.problems import log_problems
from pullquote.locales import for_operators
from retrieval.errors import CorpusError
from retrieval.search.snapshot import size_on_disk

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

log = logging.getLogger(__name__)

_SEPARATOR = re.compile(r"[/\\]")


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Articles(
    Adding,
    Looking,
    Changing,
    Scoping,
    commands.GroupCog,
    group_name="corpus",
    group_description="Look after the articles",
):
    """For moderators. Every command checks at run time who calls it."""

    def __init__(self, bot: Pullquote) -> None:
        super().__init__()
        self.bot = bot
        self.library = bot.library
        self.started_at = dt.datetime.now(dt.UTC)
        if bot.moderators.guild is not None and bot.moderators.role is not None and self.app_command is not None:
            # Discord would hide the command from a role without Manage Server, so the check below decides alone.
            self.app_command.default_permissions = None

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raises NotModeratorError unless the caller moderates the guild."""
        self.bot.moderators.check(interaction)
        return True

    @app_commands.command()
    async def reload(self, interaction: discord.Interaction) -> None:
        """Take in new, changed and removed articles of the folder that all servers share"""
        self.bot.moderators.check_shared(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        log.info("Reload started by user %s", interaction.user.id)
        by = interaction.user.display_name
        try:
            report = await working(interaction, lambda progress: self.library.reload(by, progress), "Reloading")
        except CorpusError as error:
            log.warning("Reload failed: %s", for_operators(error))
            await show(interaction, "Reload failed: the articles stay as they were", error_lines(error), problem=True)
        else:
            log.info("Reload done in %.1f s; %d problems", report.seconds, len(report.problems))
            log_problems(report.problems)
            await show(interaction, "Reload finished", reload_lines(report), problem=bool(report.problems))

    @app_commands.command()
    async def status(self, interaction: discord.Interaction) -> None:
        """Show what is loaded, with which model, and since when"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.to_thread(self.library.save_again)
        listing = await asyncio.to_thread(self.articles.catalogue.current, guild_of(interaction))
        corpus = self.library.corpus
        own = sum(entry.passages for entry in listing.entries)
        size = await asyncio.to_thread(size_on_disk, self.library.shelf)
        embed = discord.Embed(title="Corpus", colour=COLOUR)
        for name, value in (
            ("Own articles", f"{len(listing.entries):,} ({own:,} passages)"),
            ("Shared articles", f"{len(corpus.articles):,}" + ("" if listing.shared else ", turned off")),
            ("Passages", f"{len(corpus.layout.passages):,} ({corpus.layout.sentences:,} sentences)"),
            ("Model", shorten(_last_part(corpus.model), 200)),
            ("Built", f"<t:{int(corpus.built_at.timestamp())}:R>"),
            ("Index size", f"{size / 1024 / 1024:.1f} MB"),
            ("Running since", f"<t:{int(self.started_at.timestamp())}:R>"),
        ):
            embed.add_field(name=name, value=value)
        if self.library.problems:
            lines = [f"- {shorten(remark_text(problem), 250)}" for problem in self.library.problems[:3]]
            more = len(self.library.problems) - len(lines)
            lines += [f"and {more:,} more: see /corpus reload"] if more else []
            embed.add_field(name="Problems", value="\n".join(lines), inline=False)
        await interaction.edit_original_response(embed=embed)


def _last_part(model: str) -> str:
    """The folder's name alone where a folder names the model: members must not see where it lies on the host."""
    return _SEPARATOR.split(model.rstrip("/\\"))[-1]
