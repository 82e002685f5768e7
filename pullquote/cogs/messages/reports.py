"""What moderators read: lists and reports, in an embed and, where they are too long for one, in a file as well."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from pullquote.cogs.messages.markup import length, link, shorten
from pullquote.library.problems import Remark
from pullquote.library.reload import Reload
from pullquote.locales import Said, for_members
from pullquote.locales.english import counted
from retrieval.article import Article
from retrieval.errors import CorpusError

COLOUR = 0x3B6FB6
_COLOUR_PROBLEM = 0xC0392B
_ROOM = 3800


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: as Discord shows it, and for a text file."""

    shown: str
    plain: str


def _same(text: str) -> Line:
    return Line(shorten(text, 900), text)


async def show(interaction: discord.Interaction, title: str, lines: Sequence[Line], *, problem: bool = False) -> None:
    """Finish a deferred command with lines in an embed; where they are too many, all of them in a file as well."""
    shown, room = [], _ROOM
    for line in lines:
        room -= length(line.shown) + 1
        if room < 0:
            break
        shown.append(line.shown)
    files = []
    if left_out := len(lines) - len(shown):
        shown.append(f"… and {counted(left_out, 'more line')}, all in the file.")
        files = [discord.File(io.BytesIO("\n".join(line.plain for line in lines).encode()), "corpus.txt")]
    colour = _COLOUR_PROBLEM if problem else COLOUR
    embed = discord.Embed(title=title, colour=colour, description="\n".join(shown))
    await interaction.edit_original_response(content=None, embed=embed, attachments=files)


def error_lines(error: CorpusError) -> list[Line]:
    """Why there is no corpus, a line each."""
    return [_same(line) for line in _worded(error).splitlines()]


def remark_text(remark: Remark) -> str:
    """A problem or a remark as moderators read it."""
    return _worded(remark.line)


def _worded(said: Said) -> str:
    sentence = for_members(said)
    assert sentence is not None  # a test sees to it for every code of a problem and of a corpus
    return sentence


def reload_lines(report: Reload) -> list[Line]:
    """What a reload did: the numbers, then every problem and remark, then every article."""
    done = report.changes
    changes = {"Added": done.added, "Changed": done.changed, "Removed": done.removed}
    numbers = [f"{len(articles):,} {name.lower()}" for name, articles in changes.items() if articles]
    lines = [
        _same(
            f"{', '.join(numbers) or 'Nothing changed'} · {counted(len(done.unchanged), 'article')} unchanged · "
            f"{counted(report.passages_encoded, 'passage')} encoded, {report.passages_reused:,} reused · "
            f"{report.seconds:.1f} s"
        )
    ]
    for kind, remarks in (("Problem", report.problems), ("Note", report.remarks)):
        for text in map(remark_text, remarks):
            lines.append(Line(f"- **{kind}:** {shorten(text, 900)}", f"{kind}: {text}"))
    for name, articles in changes.items():
        lines += [entry(article, name) for article in articles]
    return lines


def entry(article: Article, change: str = "") -> Line:
    """An article in a list, with what happened to it."""
    passages = counted(len(article.passages), "passage")
    published = article.published.isoformat() if article.published else None
    shown = _listed(passages, published, shorten(article.file, 150))
    plain = _listed(passages, published, article.file, article.url)
    return Line(
        f"- {f'**{change}:** ' if change else ''}{link(article.title, article.url)} ({shown})",
        f"{f'{change}: ' if change else ''}{article.title} ({plain})",
    )


def _listed(*details: str | None) -> str:
    return ", ".join(filter(None, details))
