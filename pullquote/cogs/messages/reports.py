"""What moderators read: lists and reports, in an embed and, where they are too long for one, in a file as well."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import discord

from pullquote.cogs.messages.markup import length, link, shorten
from pullquote.library.reload import Reload
from pullquote.wording import counted
from retrieval.article import Article
from retrieval.errors import CorpusError, NoArticlesError, NoFolderError, NotSavedError

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
    return [_same(line) for line in corpus_reasons(error)]


def corpus_reasons(error: CorpusError) -> list[str]:
    """The error's lines for Discord: where folders lie on the host is nobody's business there."""
    match error:
        case NoFolderError(reason=str(reason)):
            return [
                f"The folder with the articles cannot be opened ({reason}). "
                "Ask whoever runs the bot to mend its links and permissions."
            ]
        case NoFolderError():
            return [
                "The folder with the articles is not there. "
                "Ask whoever runs the bot to create it and to put .md or .txt files into it."
            ]
        case NoArticlesError(problems=()):
            return ["There are no articles in the corpus folder. Put .md or .txt files there."]
        case NoArticlesError():
            return ["No article in the corpus folder can be read:", *(f"- {problem}" for problem in error.problems)]
        case NotSavedError():
            why = f" ({error.reason})" if error.reason else ""
            return [
                f"The corpus could not be saved{why}. Nothing changed. "
                "Ask whoever runs the bot to make room on its disk or to mend the permissions of its data folder."
            ]
        case _:
            return ["There is no corpus to answer from. Ask whoever runs the bot to look into its log."]


def reload_lines(report: Reload) -> list[Line]:
    """What a reload did: the numbers, then every problem, then every article."""
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
    for problem in report.problems:
        lines.append(Line(f"- **Problem:** {shorten(str(problem), 900)}", f"Problem: {problem}"))
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
