"""What stands around a quote, page by page; and the words of a quote that is no longer among the articles."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from pullquote.cogs.messages.markup import link
from pullquote.cogs.messages.reports import COLOUR
from pullquote.cogs.messages.texts import paged, pieces_of
from pullquote.locales.english import page_in
from retrieval.article import Passage, Span
from retrieval.quotation import Quotation

# How many passages before and behind the quoted passages are shown.
_AROUND = 2
_REMOVED = (
    "The article was removed or changed since this was quoted, or it may no longer be asked here. "
    "The quote was, word for word:"
)
_GREY = 0x7A7F87


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The quoted passages and what stands around them, as pages of Markdown."""

    quotation: Quotation
    pages: tuple[str, ...]
    quoted: int
    """The number of the page, from 0, that has the sentence that answers best."""


def context_of(quotation: Quotation) -> Surroundings:
    """The passages around a quotation, in full. The quoted passages are marked by a word, the sentence is in bold."""
    first, last = quotation.passages[0].number, quotation.passages[-1].number
    passages = quotation.article.passages[max(0, first - 1 - _AROUND) : last + _AROUND]
    highlight = quotation.hit.highlight

    def label(passage: Passage) -> str:
        return f"**Quoted: paragraph {passage.number}**" if first <= passage.number <= last else _number(passage)

    pages = paged(pieces_of(quotation.article, passages, label, highlight))
    quoted = next(number for number, page in enumerate(pages) for piece in page if _holds(piece.span, highlight.start))
    return Surroundings(quotation, tuple("".join(piece.text for piece in page) for page in pages), quoted)


def context_embed(context: Surroundings, page: int) -> discord.Embed:
    """A page of what stands around a quote."""
    title = link(context.quotation.hit.title, context.quotation.article.url)
    embed = discord.Embed(colour=COLOUR, description=f"**{title}**\n{context.pages[page]}")
    embed.set_author(name="Around the quote")
    embed.set_footer(text=" · ".join(filter(None, ("Word for word", page_in(page, len(context.pages))))))
    return embed


def removed_embed(words: str) -> discord.Embed:
    """A quote that is no longer among the articles that somebody may ask, as it stands in its message."""
    embed = discord.Embed(colour=_GREY, description=f"{_REMOVED}\n\n{words}")
    embed.set_author(name="Removed")
    return embed


def quoted_words(message: discord.Message) -> str | None:
    """The first quote of an answer with what it was quoted from, as the message has it; None without a quote."""
    texts = [message.content, *(embed.description or "" for embed in message.embeds)]
    for text in texts:
        lines = text.split("\n")
        start = next((number for number, each in enumerate(lines) if each.startswith("> ")), None)
        if start is not None:
            return "\n".join(lines[start:])
    return None


def _number(passage: Passage) -> str:
    return f"Paragraph {passage.number}"


def _holds(span: Span, position: int) -> bool:
    return span.start <= position < span.end
