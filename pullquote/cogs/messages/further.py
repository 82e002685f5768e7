"""The passages that come after those that an answer shows, three a page."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from pullquote.cogs.messages.markup import length
from pullquote.cogs.messages.replies import citation, excerpt
from pullquote.cogs.messages.reports import COLOUR
from pullquote.locales.english import page_in
from retrieval.answer import MAX_QUOTES, Hit
from retrieval.quotation import Quotation

_FURTHER = "These passages come next. Each is less likely to answer than what stands before it."
# The length of a quote, and of a field of an embed.
_QUOTE = 600
_FIELD = 1024


def further_pages(hits: Sequence[Hit]) -> list[Sequence[Hit]]:
    """The hits of each page, as many as an answer shows."""
    return [hits[start : start + MAX_QUOTES] for start in range(0, len(hits), MAX_QUOTES)]


def further_embed(pages: Sequence[Sequence[Hit]], page: int) -> discord.Embed:
    """A page of further passages, each in its own words and with its source."""
    embed = discord.Embed(colour=COLOUR, description=_FURTHER)
    embed.set_author(name="More from the articles")
    for number, hit in enumerate(pages[page], 1 + page * MAX_QUOTES):
        quotation = Quotation(hit, (hit.passage,))
        source = citation(quotation)
        quote = excerpt(quotation, min(_QUOTE, _FIELD - length(source) - 1))
        embed.add_field(name=f"Further passage {number}", value=f"{quote}\n{source}", inline=False)
    embed.set_footer(text=" · ".join(filter(None, ("Quoted word for word", page_in(page, len(pages))))))
    return embed
