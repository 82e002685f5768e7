"""/corpus add, import and export: articles in and out."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import Sequence
from pathlib import PurePosixPath

import discord
from discord import app_commands

from pullquote.cogs.corpus.base import CorpusCommands
from pullquote.cogs.corpus.drafting import draft_and_show, show_draft
from pullquote.cogs.corpus.forms import TextForm
from pullquote.cogs.messages.previews import unchanged_embed
from pullquote.cogs.pressing import guild_of
from pullquote.cogs.tree import Unreachable
from pullquote.library.errors import FetchError
from pullquote.library.exporting import exported
from pullquote.library.problems import Problem
from pullquote.library.records import Entry
from pullquote.library.sources.pages.page import Page, fetch
from retrieval.errors import ArticleError, PullquoteError, Reason
from retrieval.reading.articles import MAX_BYTES, too_large
from retrieval.urls import LONGEST_URL

# Seconds after which no more pages are fetched, so that the preview can still be shown and confirmed; and after how
# many pages the moderator is told how many were fetched.
_LONGEST_REFRESH = 480.0
_TOLD_EVERY = 5


class NotAnArchiveError(PullquoteError):
    """For moderators: what they want to import is not a ZIP archive by its name."""

    def __init__(self, file: str) -> None:
        super().__init__("import-not-zip", file=file)


class TwoSourcesError(PullquoteError):
    """For moderators: a link and a file were given at once."""

    def __init__(self) -> None:
        super().__init__("add-one-of-both")


class NoPagesError(PullquoteError):
    """For moderators: none of the guild's articles was fetched from an address."""

    def __init__(self) -> None:
        super().__init__("no-pages")


class NothingToExportError(PullquoteError):
    """For moderators: the guild has no articles of its own."""

    def __init__(self) -> None:
        super().__init__("no-own-articles")


class Adding(CorpusCommands):
    """Articles come in as drafts, and go out as they came."""

    @app_commands.command()
    @app_commands.describe(
        link="The address of a web page, such as https://example.org/news",
        file="A file: Markdown, text, a web page, .pdf, .docx, .epub, or a .zip of these",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        link: app_commands.Range[str, 1, LONGEST_URL] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Add an article from a link or a file, or type one in; you see a preview first"""
        if link is not None and file is not None:
            raise TwoSourcesError
        if link is not None:
            await self._linked(interaction, link)
        elif file is not None:
            await self._uploaded(interaction, file)
        else:
            await interaction.response.send_modal(TextForm(interaction, self._typed))

    @app_commands.command(name="import")
    @app_commands.describe(file="A .zip, such as /corpus export makes")
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Add all articles of an archive; you see a preview first"""
        if PurePosixPath(file.filename).suffix.lower() != ".zip":
            raise NotAnArchiveError(file.filename)
        await self._uploaded(interaction, file)

    @app_commands.command()
    async def export(self, interaction: discord.Interaction) -> None:
        """Get this server's own articles as a .zip, which /corpus import takes"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        room = interaction.filesize_limit
        archives = await asyncio.to_thread(lambda: list(exported(self.articles.catalogue, guild_of(interaction), room)))
        if not archives:
            raise NothingToExportError
        for number, archive in enumerate(archives, 1):
            name = "articles.zip" if len(archives) == 1 else f"articles-{number}-of-{len(archives)}.zip"
            await interaction.followup.send(file=discord.File(io.BytesIO(archive), name), ephemeral=True)

    @app_commands.command()
    async def refresh(self, interaction: discord.Interaction) -> None:
        """Fetch the web pages among this server's articles again; you see first what changed"""
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild, by = guild_of(interaction), interaction.user.id
        pages = await asyncio.to_thread(self.articles.importer.pages, guild)
        if not pages:
            raise NoPagesError
        fetched, said = await self._fetched(interaction, pages)
        draft = await asyncio.to_thread(self.articles.importer.refreshed, guild, by, fetched, said)
        if draft.parts:
            await show_draft(interaction, self.bot, draft)
        else:
            embed = unchanged_embed(len(fetched), draft.remarks)
            await interaction.edit_original_response(content=None, embed=embed)

    async def _fetched(
        self, interaction: discord.Interaction, pages: Sequence[Entry]
    ) -> tuple[dict[str, Page], list[Problem]]:
        """The pages by the names of their articles, and what is to be said of those that could not be fetched."""
        fetched: dict[str, Page] = {}
        said: list[Problem] = []
        ends = asyncio.get_running_loop().time() + _LONGEST_REFRESH
        for number, entry in enumerate(pages):
            if asyncio.get_running_loop().time() > ends:
                said.append(Problem(None, Reason.of("pages-left", pages=len(pages) - number)))
                break
            if number % _TOLD_EVERY == 0:
                with contextlib.suppress(*Unreachable):
                    await interaction.edit_original_response(content=f"Fetched {number} of {len(pages)} pages…")
            try:
                fetched[entry.name] = await fetch(entry.origin.text, self.bot.fetching)
            except FetchError as error:
                said.append(Problem(None, Reason(error.code, error.fields)))
        return fetched, said

    async def _linked(self, interaction: discord.Interaction, link: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        page = await fetch(link, self.bot.fetching)
        await draft_and_show(interaction, self.bot, self.articles.importer.page, page)

    async def _uploaded(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if file.size > MAX_BYTES:
            raise ArticleError(file.filename, too_large(file.size))
        raw = await file.read()
        await draft_and_show(interaction, self.bot, self.articles.importer.upload, file.filename, raw)

    async def _typed(self, interaction: discord.Interaction, title: str, text: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await draft_and_show(interaction, self.bot, self.articles.importer.typed, title, text)
