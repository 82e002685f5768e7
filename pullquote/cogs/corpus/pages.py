"""Buttons that turn the pages of a list, of a text and of the history. They hold where they lead, and nothing else."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Self

import discord

from pullquote.cogs.messages.histories import history_embed
from pullquote.cogs.messages.listings import Sort, list_embed, listed
from pullquote.cogs.messages.texts import page_of, text_embed, text_pages
from pullquote.cogs.pressing import guild_of, pressed_by_moderator
from pullquote.library.errors import ArticleGoneError
from retrieval.answer import Answer
from retrieval.article import Article

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

CHANGES = 10
"""How many changes a page of the history has."""
# How much of an article's digest stands in a button.
_DIGEST = 16
# How many characters the search for articles may have, so that it fits into a button whichever they are.
LONGEST_SEARCH = 38
_BACK, _ON = "◀", "▶"


def _button(label: str, custom_id: str) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, custom_id=custom_id)


class ListPage(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"articles:(?P<sort>title|newest):(?P<page>\d{1,6}):(?P<search>(?s:.{0,38}))",
):
    """Leads to a page of the list of articles."""

    def __init__(self, label: str, sort: Sort, page: int, search: str) -> None:
        super().__init__(_button(label, f"articles:{sort}:{page}:{search}"))
        self.sort = sort
        self.page = page
        self.search = search

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, as its message holds it."""
        del interaction, item
        return cls("", Sort(match["sort"]), int(match["page"]), match["search"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page instead of the one that is shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            await show_list(interaction, bot, self.sort, self.page, self.search)

        await pressed_by_moderator(interaction, turn)


class TextPage(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"text:(?P<digest>[0-9a-f]{16}):(?P<page>\d{1,6})",
):
    """Leads to a page of an article's text."""

    def __init__(self, label: str, digest: str, page: int) -> None:
        super().__init__(_button(label, f"text:{digest}:{page}"))
        self.digest = digest
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, as its message holds it."""
        del interaction, item
        return cls("", match["digest"], int(match["page"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page instead of the one that is shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            corpus = await asyncio.to_thread(bot.articles.guilds.corpus, guild_of(interaction))
            found = [article for article in corpus.articles if article.digest.startswith(self.digest)]
            if not found:
                raise ArticleGoneError
            await show_text(interaction, found[0], self.page)

        await pressed_by_moderator(interaction, turn)


class HistoryPage(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"history:(?P<before>\d{1,12})"):
    """Leads to the changes before a change, by its number in the audit."""

    def __init__(self, before: int) -> None:
        super().__init__(_button("Older", f"history:{before}"))
        self.before = before

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, as its message holds it."""
        del interaction, item
        return cls(int(match["before"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show older changes instead of those that are shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            await show_history(interaction, bot, self.before)

        await pressed_by_moderator(interaction, turn)


async def show_list(interaction: discord.Interaction, bot: Pullquote, sort: Sort, page: int, search: str) -> None:
    """Show a page of what the guild asks, in the response to an interaction."""
    guild = guild_of(interaction)
    listing = await asyncio.to_thread(bot.articles.catalogue.current, guild)
    shared = bot.library.corpus.articles if listing.shared else ()
    lines = listed(listing.entries, shared, sort, search)
    embed, page, pages = list_embed(lines, page, search)
    view = discord.ui.View(timeout=None)
    if page > 0:
        view.add_item(ListPage(_BACK, sort, page - 1, search))
    if page < pages - 1:
        view.add_item(ListPage(_ON, sort, page + 1, search))
    await interaction.edit_original_response(content=None, embed=embed, view=view if view.children else None)


async def show_text(interaction: discord.Interaction, article: Article, page: int) -> None:
    """Show a page of an article's text, in the response to an interaction."""
    pages = text_pages(article)
    page = min(page, len(pages) - 1)
    digest = article.digest[:_DIGEST]
    view = discord.ui.View(timeout=None)
    if page > 0:
        view.add_item(TextPage(_BACK, digest, page - 1))
    if page < len(pages) - 1:
        view.add_item(TextPage(_ON, digest, page + 1))
    embed = text_embed(article, pages, page)
    await interaction.edit_original_response(content=None, embed=embed, view=view if view.children else None)


def text_around(answer: Answer) -> discord.ui.View:
    """A button that leads to the text around the first passage of an answer."""
    hit = answer.hits[0]
    page = page_of(text_pages(hit.article), hit.passage)
    view = discord.ui.View(timeout=None)
    view.add_item(TextPage("The text around 1", hit.article.digest[:_DIGEST], page))
    return view


async def show_history(interaction: discord.Interaction, bot: Pullquote, before: int | None = None) -> None:
    """Show changes of the guild's articles, in the response to an interaction."""
    changes = await asyncio.to_thread(bot.articles.catalogue.history, guild_of(interaction), CHANGES + 1, before)
    view = discord.ui.View(timeout=None)
    if len(changes) > CHANGES:
        changes = changes[:CHANGES]
        view.add_item(HistoryPage(changes[-1].id))
    embed = history_embed(changes)
    await interaction.edit_original_response(content=None, embed=embed, view=view if view.children else None)
