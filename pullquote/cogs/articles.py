"""Moderators look after the corpus: reload, status, list."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import re
from dataclasses import dataclass, field

import discord
from discord import app_commands
from discord.ext import commands

from pullquote.cogs.messages.markup import shorten
from pullquote.cogs.messages.reports import COLOUR, entry, error_lines, reload_lines, remark_text, show
from pullquote.cogs.moderators import Moderators
from pullquote.cogs.tree import Unreachable
from pullquote.library.library import Library
from pullquote.library.progress import Pace, ProgressLog
from pullquote.library.reload import Reload
from pullquote.locales import for_operators
from pullquote.locales.english import counted, progress_words
from retrieval.errors import CorpusError
from retrieval.progress import Step
from retrieval.search.snapshot import size_on_disk

log = logging.getLogger(__name__)

# Seconds between two looks at the progress of a reload, so that the edits stay within Discord's limits.
PROGRESS_EVERY = 2.0
_SEPARATOR = re.compile(r"[/\\]")


@dataclass(slots=True)
class _ProgressNote:
    """The latest progress of the worker thread that reloads; the thread writes it, the event loop reads it."""

    text: str = "Reloading: reading the articles…"
    pace: Pace = field(default_factory=Pace)
    log: ProgressLog = field(default_factory=ProgressLog)

    def __call__(self, step: Step, done: int, total: int) -> None:
        self.text = f"Reloading: {progress_words(step, done, total, self.pace.seconds_left(step, done, total))}…"
        self.log(step, done, total)

    def __str__(self) -> str:
        return self.text


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Articles(commands.GroupCog, group_name="corpus", group_description="Look after the articles"):
    """For moderators. Every command checks at run time who calls it."""

    def __init__(self, bot: commands.AutoShardedBot, library: Library, moderators: Moderators) -> None:
        super().__init__()
        self.bot = bot
        self.library = library
        self.moderators = moderators
        self.started_at = dt.datetime.now(dt.UTC)
        if moderators.guild is not None and moderators.role is not None and self.app_command is not None:
            # Discord would hide the command from a role without Manage Server, so the check below decides alone.
            self.app_command.default_permissions = None

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raises NotModeratorError unless the caller may look after the articles."""
        self.moderators.check(interaction)
        return True

    @app_commands.command()
    async def reload(self, interaction: discord.Interaction) -> None:
        """Take in new, changed and removed articles"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            report = await self._reload(interaction)
        except CorpusError as error:
            log.warning("Reload failed: %s", for_operators(error))
            await show(interaction, "Reload failed: the articles stay as they were", error_lines(error), problem=True)
        else:
            log.info("Reload done in %.1f s; %d problems", report.seconds, len(report.problems))
            for problem in report.problems:
                log.warning("Problem in the corpus: %s", for_operators(problem.line))
            await show(interaction, "Reload finished", reload_lines(report), problem=bool(report.problems))

    async def _reload(self, interaction: discord.Interaction) -> Reload:
        """Reload in a thread and show how far it is. Raises what `Library.reload` raises."""
        log.info("Reload started by user %s", interaction.user.id)
        note = _ProgressNote()
        work = asyncio.ensure_future(asyncio.to_thread(self.library.reload, interaction.user.display_name, note))
        shown = ""
        while not (await asyncio.wait({work}, timeout=PROGRESS_EVERY))[0]:
            if (text := str(note)) != shown:
                shown = text
                # The reload goes on even when the moderator has closed the message or Discord is not to be reached.
                with contextlib.suppress(*Unreachable):
                    await interaction.edit_original_response(content=shown)
        return work.result()

    @app_commands.command()
    async def status(self, interaction: discord.Interaction) -> None:
        """Show what is loaded, with which model, and since when"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await asyncio.to_thread(self.library.save_again)
        corpus = self.library.corpus
        size = await asyncio.to_thread(size_on_disk, self.library.shelf)
        embed = discord.Embed(title="Corpus", colour=COLOUR)
        for name, value in (
            ("Articles", f"{len(corpus.articles):,}"),
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

    @app_commands.command()
    async def list(self, interaction: discord.Interaction) -> None:
        """List the articles"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        articles = self.library.corpus.articles
        await show(interaction, counted(len(articles), "article"), [entry(article) for article in articles])


def _last_part(model: str) -> str:
    """The folder's name alone where a folder names the model: members must not see where it lies on the host."""
    return _SEPARATOR.split(model.rstrip("/\\"))[-1]
