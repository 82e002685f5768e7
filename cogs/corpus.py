"""Moderators look after the corpus: reload, status, list."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from cogs.failures import NotModeratorError, Unreachable
from cogs.in_flight import InFlight
from cogs.markup import shorten
from cogs.reports import COLOUR, entry, error_lines, reload_lines, show
from retrieval.errors import CorpusError
from retrieval.library import Library, Reload
from retrieval.snapshot import size_on_disk
from retrieval.wording import counted

log = logging.getLogger(__name__)

# Seconds between two looks at the progress of a reload: few enough edits for Discord's limits.
PROGRESS_EVERY = 2.0


@dataclass(slots=True)
class _ProgressNote:
    """The latest word from the worker thread that reloads; written there, read in the event loop."""

    done: int = 0
    total: int = 0

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def __str__(self) -> str:
        if not self.total:
            return "Reloading: reading the articles…"
        return f"Reloading: read {self.done:,} of {self.total:,} new texts ({self.done / self.total:.0%})…"


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Corpus(commands.GroupCog, group_name="corpus", group_description="Look after the articles"):
    """For moderators. Every command checks at run time who calls it."""

    def __init__(self, bot: commands.AutoShardedBot, library: Library, moderator_role: str | None) -> None:
        super().__init__()
        self.bot = bot
        self.library = library
        self.moderator_role = moderator_role
        self.started_at = dt.datetime.now(dt.UTC)
        self._in_flight = InFlight()
        if moderator_role is not None and self.app_command is not None:
            # Discord would hide the command from a role without Manage Server; the check below decides alone.
            self.app_command.default_permissions = None

    async def cog_unload(self) -> None:
        """Give up a reload under way, and let its moderator know before the connection closes."""
        self.library.close()
        await self._in_flight.ended()

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raises NotModeratorError unless the caller has Manage Server or the role that the settings name."""
        if interaction.permissions.manage_guild or self._has_role(interaction.user):
            return True
        role = f", or the role {self.moderator_role}" if self.moderator_role else ""
        raise NotModeratorError(f"Only moderators can do this: you need the permission Manage Server{role}.")

    def _has_role(self, user: discord.User | discord.Member) -> bool:
        if self.moderator_role is None or not isinstance(user, discord.Member):
            return False
        return any(self.moderator_role in (str(role.id), role.name) for role in user.roles)

    @app_commands.command()
    async def reload(self, interaction: discord.Interaction) -> None:
        """Take in new, changed and removed articles"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self._in_flight.counted():
            try:
                report = await self._reload(interaction)
            except CorpusError as error:
                log.warning("Reload failed: %s", error)
                await show(
                    interaction, "Reload failed: the articles stay as they were", error_lines(error), problem=True
                )
            else:
                log.info("Reload done in %.1f s; %d problems", report.seconds, len(report.problems))
                for problem in report.problems:
                    log.warning("Problem in the corpus: %s", problem)
                await show(interaction, "Reload finished", reload_lines(report), problem=bool(report.problems))

    async def _reload(self, interaction: discord.Interaction) -> Reload:
        """Reload in a thread and show how far it is. Raises what `Library.reload` raises."""
        log.info("Reload started by user %s", interaction.user.id)
        note = _ProgressNote()
        work = asyncio.ensure_future(asyncio.to_thread(self.library.reload, interaction.user.display_name, note))
        shown = ""
        while not (await asyncio.wait({work}, timeout=PROGRESS_EVERY))[0]:
            if str(note) != shown:
                shown = str(note)
                # The reload goes on even when the moderator has closed the message or Discord is not to be reached.
                with contextlib.suppress(*Unreachable):
                    await interaction.edit_original_response(content=shown)
        return work.result()

    @app_commands.command()
    async def status(self, interaction: discord.Interaction) -> None:
        """Show what is loaded, with which model, and since when"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        corpus = self.library.corpus
        size = await asyncio.to_thread(size_on_disk, self.library.shelf)
        embed = discord.Embed(title="Corpus", colour=COLOUR)
        for name, value in (
            ("Articles", f"{len(corpus.articles):,}"),
            ("Passages", f"{len(corpus.layout.passages):,} ({corpus.layout.sentences:,} sentences)"),
            ("Model", shorten(corpus.model, 200)),
            ("Built", f"<t:{int(corpus.built_at.timestamp())}:R>"),
            ("Index size", f"{size / 1024 / 1024:.1f} MB"),
            ("Running since", f"<t:{int(self.started_at.timestamp())}:R>"),
        ):
            embed.add_field(name=name, value=value)
        if self.library.problems:
            lines = [f"- {shorten(str(problem), 250)}" for problem in self.library.problems[:3]]
            more = len(self.library.problems) - len(lines)
            lines += [f"and {more:,} more: see /corpus reload"] if more else []
            embed.add_field(name="Problems", value="\n".join(lines), inline=False)
        await interaction.edit_original_response(embed=embed)

    @app_commands.command()
    async def list(self, interaction: discord.Interaction) -> None:
        """List the articles"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        articles = self.library.corpus.articles
        await show(interaction, counted(len(articles), "article"), [entry(article) for article in articles])
