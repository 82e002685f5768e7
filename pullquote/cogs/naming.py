"""Articles by what people call them: completed while they type, and found though a letter is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from discord import app_commands
from rapidfuzz import fuzz, process, utils

from pullquote.cogs.messages.markup import beginning, length, plain_line
from retrieval.errors import PullquoteError
from retrieval.reading.articles import digest

MOST_CHOICES = 25
"""How many choices Discord takes."""
# The length of a choice that Discord allows.
_LONGEST = 100
# How much of a choice an article's name takes at most; its title has the rest.
_LONGEST_NAME = 45
_BETWEEN = " · "
# How many digits tell names apart whose beginnings are the same.
_DIGEST = 16
# From which likeness on, in per cent, a name is meant, and offered.
_MEANT, _OFFERED = 80, 45


class Named(Protocol):
    """What is called by a title, and by a name that nothing else has."""

    @property
    def title(self) -> str: ...
    @property
    def name(self) -> str: ...


SomeNamed = TypeVar("SomeNamed", bound=Named)


class NoSuchArticleError(PullquoteError):
    """For whoever named an article: none is called so."""

    def __init__(self, name: str, nearest: str | None) -> None:
        if nearest is None:
            super().__init__("no-own-articles")
        else:
            super().__init__("no-such-article", name=name, nearest=nearest)


def choices(entries: Sequence[Named], typed: str) -> list[app_commands.Choice[str]]:
    """Choices of articles for what was typed, the likeliest first: titles with names, and what `called` takes."""
    found = [entry for entry, _ in ranked(entries, typed)] if typed.strip() else entries
    return [app_commands.Choice(name=_label(entry), value=_key(entry)) for entry in found[:MOST_CHOICES]]


def _label(entry: Named) -> str:
    name = plain_line(entry.name, _LONGEST_NAME)
    return f"{plain_line(entry.title, _LONGEST - length(name) - len(_BETWEEN))}{_BETWEEN}{name}"


def _key(entry: Named) -> str:
    """What stands for an article in a choice: its name, or else its beginning and what tells it from others."""
    if length(entry.name) <= _LONGEST:
        return entry.name
    told_apart = f"…{digest(entry.name.encode())[:_DIGEST]}"
    return f"{beginning(entry.name, _LONGEST - len(told_apart))}{told_apart}"


def called(entries: Sequence[SomeNamed], text: str) -> SomeNamed:
    """The article that is called so: by its name, its title, or something very like them.

    Raises NoSuchArticleError that names what is nearest.
    """
    same = [entry for entry in entries if _key(entry) == text]
    same = same or [entry for entry in entries if entry.title == text]
    if len(same) == 1:
        return same[0]
    if not (found := ranked(entries, text)):
        raise NoSuchArticleError(text, entries[0].name if entries else None)
    best, likeness = found[0]
    second = found[1][1] if len(found) > 1 else 0.0
    if likeness < _MEANT or likeness - second < 1:
        raise NoSuchArticleError(text, best.name)
    return best


def ranked(entries: Sequence[SomeNamed], typed: str) -> list[tuple[SomeNamed, float]]:
    """The articles whose titles or names are like what was typed, with their likeness in per cent, the best first."""
    likeness: dict[int, float] = {}
    for texts in ([entry.title for entry in entries], [entry.name for entry in entries]):
        for _, score, row in process.extract(
            typed, texts, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_OFFERED, limit=None
        ):
            likeness[row] = max(likeness.get(row, 0.0), score)
    best = sorted(likeness.items(), key=lambda each: (-each[1], entries[each[0]].title))
    return [(entries[row], score) for row, score in best]
