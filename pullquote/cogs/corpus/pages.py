"""Buttons that turn the pages of a list, of a text and of the history. They hold where they lead, and nothing else."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.buttons import Pressable, shortened_digest, turning, view_of
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
# How many characters the search for articles may have, so that it fits into a button whichever they are.
LONGEST_SEARCH = 38


def _button(label: str, custom_id: str) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, custom_id=custom_id)


class ListPage(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"articles:(?P<sort>title|newest|quoted):(?P<page>\d{1,6}):(?P<search>(?s:.{0,38}))",
):
    """Leads to a page of the list of articles."""

    def __init__(self, label: str, sort: Sort, page: int, search: str) -> None:
        super().__init__(_button(label, f"articles:{sort}:{page}:{search}"))
        self.sort = sort
        self.page = page
        self.search = search

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls("", Sort(match["sort"]), int(match["page"]), match["search"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page instead of the one that is shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            await show_list(interaction, bot, self.sort, self.page, self.search)

        await pressed_by_moderator(interaction, turn)


class TextPage(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"text:(?P<digest>[0-9a-f]{16}):(?P<page>\d{1,6})",
):
    """Leads to a page of an article's text."""

    def __init__(self, label: str, digest: str, page: int) -> None:
        super().__init__(_button(label, f"text:{digest}:{page}"))
        self.digest = digest
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls("", match["digest"], int(match["page"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page instead of the one that is shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            article = await article_of(bot, guild_of(interaction), self.digest)
            await show_text(interaction, bot, article, self.page)

        await pressed_by_moderator(interaction, turn)


class HistoryPage(
    Pressable, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"history:(?P<before>\d{1,12})"
):
    """Leads to the changes before a change, by its number in the audit."""

    def __init__(self, before: int) -> None:
        super().__init__(_button("Older", f"history:{before}"))
        self.before = before

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(int(match["before"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show older changes instead of those that are shown."""

        async def turn(bot: Pullquote) -> None:
            await interaction.response.defer()
            await show_history(interaction, bot, self.before)

        await pressed_by_moderator(interaction, turn)


async def article_of(bot: Pullquote, guild: int, digest: str) -> Article:
    """The article that a guild asks and whose digest begins so.

    Raises ArticleGoneError, and what `Guilds.corpus` raises.
    """
    corpus = await asyncio.to_thread(bot.articles.guilds.corpus, guild)
    found = next((article for article in corpus.articles if article.digest.startswith(digest)), None)
    if found is None:
        raise ArticleGoneError
    return found


async def show_list(interaction: discord.Interaction, bot: Pullquote, sort: Sort, page: int, search: str) -> None:
    """Show a page of what the guild asks, in the response to an interaction."""
    guild = guild_of(interaction)

    def look() -> tuple[discord.Embed, int, int]:
        listing = bot.articles.catalogue.current(guild)
        shared = bot.library.corpus.articles if listing.shared else ()
        quoted = bot.articles.quotes.quoted(guild)
        return list_embed(listed(listing.entries, shared, quoted, sort, search), page, search)

    embed, shown, pages = await asyncio.to_thread(look)
    view = turning(lambda label, number: ListPage(label, sort, number, search), shown, pages)
    await interaction.edit_original_response(content=None, embed=embed, view=view)


async def show_text(interaction: discord.Interaction, bot: Pullquote, article: Article, page: int) -> None:
    """Show a page of an article's text, in the response to an interaction."""
    pages = await asyncio.to_thread(text_pages, article)
    quoted = await asyncio.to_thread(bot.articles.quotes.quoted, guild_of(interaction))
    page = min(page, len(pages) - 1)
    view = turning(lambda label, number: TextPage(label, shortened_digest(article), number), page, len(pages))
    embed = text_embed(article, pages, page, quoted.asked(article.file))
    await interaction.edit_original_response(content=None, embed=embed, view=view)


async def text_around(answer: Answer) -> discord.ui.View:
    """A button that leads to the text around the first passage of an answer."""
    hit = answer.hits[0]
    page = page_of(await asyncio.to_thread(text_pages, hit.article), hit.passage)
    return view_of(TextPage("The text around 1", shortened_digest(hit.article), page))


async def show_history(interaction: discord.Interaction, bot: Pullquote, before: int | None = None) -> None:
    """Show changes of the guild's articles, in the response to an interaction."""
    changes = await asyncio.to_thread(bot.articles.catalogue.history, guild_of(interaction), CHANGES + 1, before)
    shown = changes[:CHANGES]
    view = view_of(HistoryPage(shown[-1].id)) if len(changes) > CHANGES else None
    await interaction.edit_original_response(content=None, embed=history_embed(shown), view=view)
