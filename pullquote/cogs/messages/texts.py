"""An article's text for moderators, page by page, with the numbers of its passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import discord

from pullquote.cogs.messages.markup import block_quote, length, line, link, plain_line
from pullquote.cogs.messages.reports import COLOUR
from pullquote.locales.english import counted, page_in, quoted_in
from retrieval.article import Article, Passage, Span

# The length of a page, and of a passage on it; of a longer passage the rest stands below, under its number again.
_ROOM = 3000
_PASSAGE = 2000
_SECTION = 150
_NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as Markdown, or the part of a long passage that one quote holds; and where it stands in the article."""

    text: str
    span: Span


def text_pages(article: Article) -> list[str]:
    """The text as pages of Markdown: each passage as a quote under its number and, where it begins, its section."""
    pieces = pieces_of(article, article.passages, lambda passage: f"Paragraph {passage.number}")
    return ["".join(piece.text for piece in page) for page in paged(pieces)]


def pieces_of(
    article: Article, passages: Iterable[Passage], label: Callable[[Passage], str], bold: Span = _NOTHING
) -> Iterator[Piece]:
    """Passages as quotes under their labels and, where they begin, their sections; `bold` of the article in bold."""
    section = None
    for passage in passages:
        for quote, span in _quotes(article, passage, bold):
            heading = f"**{line(passage.section, _SECTION)}**\n" if passage.section not in (None, section) else ""
            section = passage.section
            yield Piece(f"{heading}{label(passage)}\n{quote}\n", span)


def paged(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces on as many pages as they need; at least one page."""
    pages: list[list[Piece]] = [[]]
    room = _ROOM
    for piece in pieces:
        room -= length(piece.text)
        if pages[-1] and room < 0:
            pages.append([])
            room = _ROOM - length(piece.text)
        pages[-1].append(piece)
    return pages


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
        page_in(page, len(pages)),
    ]
    embed.set_footer(text=" · ".join(filter(None, said)))
    return embed


def _quotes(article: Article, passage: Passage, bold: Span) -> Iterator[tuple[str, Span]]:
    """A passage as a block quote, as several quotes where it is too long for one; each with its part of the article."""
    text = article.slice(passage)
    bold = Span(bold.start - passage.start, bold.end - passage.start)
    start = 0
    while start < len(text):
        end = min(len(text), start + _PASSAGE)
        while length(quote := block_quote(text, bold, Span(start, end))) > _PASSAGE:
            end = start + (end - start) * 3 // 4
        yield quote, Span(passage.start + start, passage.start + end)
        start = end
