"""The articles that a guild asks, its own and the shared ones: a list → an embed for each page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import discord

from pullquote.cogs.messages.markup import length, line, link
from pullquote.cogs.messages.reports import COLOUR
from pullquote.cogs.messages.scopes import tags_text
from pullquote.library.quotes import Quoted
from pullquote.library.records import Entry
from pullquote.locales.english import counted, page_in, quoted_in
from retrieval.article import Article

# How many articles a page has at most, and how long it may be.
_LINES = 15
_ROOM = 4000


class Sort(StrEnum):
    """The order of a list."""

    TITLE = "title"
    NEWEST = "newest"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class ListLine:
    """An article in a list."""

    title: str
    name: str
    searched: str
    """What a search looks through."""
    shown: str
    changed_at: dt.datetime | None
    """When a moderator changed it last; None for an article of the folder."""
    answers: int
    """How many answers quoted it."""


def listed(
    entries: Sequence[Entry], shared: Sequence[Article], quoted: Quoted, sort: Sort, search: str
) -> list[ListLine]:
    """The lines of a list in order; `search` leaves those that have all of its words."""
    lines = [_line(each, each.name, each.passages, each.changed_at, quoted.own(each.name)) for each in entries]
    lines += [_line(each, each.file, len(each.passages), None, quoted.shared(each.file)) for each in shared]
    words = search.casefold().split()
    found = [each for each in lines if all(word in each.searched for word in words)]
    by_title = sorted(found, key=lambda each: (each.title.casefold(), each.name))
    if sort is Sort.TITLE:
        return by_title
    if sort is Sort.QUOTED:
        return sorted(by_title, key=lambda each: each.answers, reverse=True)
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(by_title, key=lambda each: each.changed_at or oldest, reverse=True)


def list_embed(lines: Sequence[ListLine], page: int, search: str) -> tuple[discord.Embed, int, int]:
    """The embed of a page, the number of the page that is shown, from 0, and how many there are."""
    pages = list(_pages(lines))
    page = min(page, len(pages) - 1)
    title = counted(len(lines), "article") + (f" for “{line(search, 80)}”" if search else "")
    description = "\n".join(each.shown for each in pages[page])
    embed = discord.Embed(title=title, colour=COLOUR, description=description or "There are none.")
    if shown := page_in(page, len(pages)):
        embed.set_footer(text=shown.capitalize())
    return embed, page, len(pages)


def _pages(lines: Sequence[ListLine]) -> Iterator[list[ListLine]]:
    """The lines in pages, each with as many as fit; a single page without lines where there are none."""
    page: list[ListLine] = []
    room = _ROOM
    for each in lines:
        room -= length(each.shown) + 1
        if len(page) == _LINES or room < 0:
            yield page
            page, room = [], _ROOM - length(each.shown) - 1
        page.append(each)
    yield page


def _line(
    described: Entry | Article, name: str, passages: int, changed_at: dt.datetime | None, answers: int
) -> ListLine:
    texts = (described.title, name, described.author, described.url, *described.tags)
    searched = " ".join(filter(None, texts)).casefold()
    when = "shared" if changed_at is None else f"<t:{int(changed_at.timestamp())}:R>"
    details = [link(described.title, described.url), line(name, 100), counted(passages, "passage")]
    tags = tags_text(described.tags, 100) if described.tags else None
    shown = " · ".join(filter(None, (*details, quoted_in(answers), when, tags)))
    return ListLine(described.title, name, searched, f"- {shown}", changed_at, answers)
