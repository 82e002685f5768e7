"""An article's text for moderators, page by page, with the numbers of its passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from pullquote.cogs.messages.markup import block_quote, length, line, link, plain_line
from pullquote.cogs.messages.reports import COLOUR
from pullquote.locales.english import counted, quoted_in
from retrieval.article import Article, Passage, Span

# The length of a page, and of a passage on it; of a longer passage the rest stands below, under its number again.
_ROOM = 3000
_PASSAGE = 2000
_SECTION = 150
_NOTHING = Span(0, 0)


def text_pages(article: Article) -> list[str]:
    """The text as pages of Markdown: each passage as a quote under its number and, where it begins, its section."""
    pages, page = [], ""
    section = None
    for passage in article.passages:
        for quote in _quotes(article, passage):
            heading = f"**{line(passage.section, _SECTION)}**\n" if passage.section not in (None, section) else ""
            section = passage.section
            piece = f"{heading}Paragraph {passage.number}\n{quote}\n"
            if page and length(page) + length(piece) > _ROOM:
                pages.append(page)
                page = ""
            page += piece
    return [*pages, page]


def page_of(pages: Sequence[str], passage: Passage) -> int:
    """The number of the page, from 0, on which a passage begins."""
    begins = f"Paragraph {passage.number}\n"
    return next(number for number, page in enumerate(pages) if page.startswith(begins) or f"\n{begins}" in page)


def text_embed(article: Article, pages: Sequence[str], page: int, answers: int) -> discord.Embed:
    """A page of an article's text; `answers` is how many answers quoted it."""
    embed = discord.Embed(colour=COLOUR, description=f"**{link(article.title, article.url)}**\n{pages[page]}")
    said = [
        f"by {plain_line(article.author, 100)}" if article.author else None,
        article.published.isoformat() if article.published else None,
        counted(len(article.passages), "passage"),
        quoted_in(answers),
        plain_line(article.file, 100),
        f"tags: {plain_line(', '.join(article.tags), 300)}" if article.tags else None,
        f"page {page + 1:,} of {len(pages):,}" if len(pages) > 1 else None,
    ]
    embed.set_footer(text=" · ".join(filter(None, said)))
    return embed


def _quotes(article: Article, passage: Passage) -> Iterator[str]:
    """A passage as a block quote; as several quotes where it is too long for one."""
    text = article.slice(passage)
    start = 0
    while start < len(text):
        end = min(len(text), start + _PASSAGE)
        while length(quote := block_quote(text, _NOTHING, Span(start, end))) > _PASSAGE:
            end = start + (end - start) * 3 // 4
        yield quote
        start = end
