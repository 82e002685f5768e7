"""The button Context under an answer: what stands around its first quote, for whoever presses it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.answers.places import PassageGoneError, quotation_at
from pullquote.cogs.audiences import seat_of
from pullquote.cogs.buttons import Pressable, shortened_digest, turning
from pullquote.cogs.messages.contexts import context_embed, context_of, quoted_words, removed_embed
from pullquote.cogs.pressing import open_or_turn, pressed
from retrieval.quotation import Quotation

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class Context(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=(
        r"context:(?P<digest>[0-9a-f]{16}):(?P<start>\d{1,9}):(?P<end>\d{1,9}):(?P<highlight>\d{1,9})"
        r"(?::(?P<page>\d{1,6}))?"
    ),
):
    """The button holds where the quote stands, and the page that it turns to if it stands under such a page."""

    def __init__(
        self, digest: str, start: int, end: int, highlight: int, page: int | None = None, label: str = "Context"
    ) -> None:
        custom_id = f"context:{digest}:{start}:{end}:{highlight}{'' if page is None else f':{page}'}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.digest = digest
        self.start = start
        self.end = end
        self.highlight = highlight
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        page = None if match["page"] is None else int(match["page"])
        return cls(match["digest"], int(match["start"]), int(match["end"]), int(match["highlight"]), page)

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page privately; of a quote that is gone, its words."""

        async def show(bot: Pullquote) -> None:
            turns = await open_or_turn(interaction, self.page)
            try:
                embed, view = await asyncio.to_thread(self._look, bot, interaction)
            except PassageGoneError:
                words = quoted_words(interaction.message) if interaction.message and not turns else None
                if words is None:
                    raise
                embed, view = removed_embed(words), None
            await interaction.edit_original_response(embed=embed, view=view)

        await pressed(interaction, show)

    def _look(self, bot: Pullquote, interaction: discord.Interaction) -> tuple[discord.Embed, discord.ui.View | None]:
        """The page as whoever presses the button may see it. Raises PassageGoneError, StateError and CorpusError."""
        articles = bot.articles.open_to(seat_of(interaction, private=True))
        context = context_of(quotation_at(articles, self.digest, self.start, self.end, self.highlight))
        page = context.quoted if self.page is None else min(self.page, len(context.pages) - 1)
        view = turning(
            lambda label, number: Context(self.digest, self.start, self.end, self.highlight, number, label),
            page,
            len(context.pages),
        )
        return context_embed(context, page), view


def context_button(quotation: Quotation) -> Context:
    """The button for what stands around a quotation."""
    span = quotation.span
    return Context(shortened_digest(quotation.article), span.start, span.end, quotation.hit.highlight.start)
