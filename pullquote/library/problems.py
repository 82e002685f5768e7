"""What is to be said about articles, file by file: what is wrong, and what is only good to know."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.errors import Reason

log = logging.getLogger(__name__)

# How many files with remarks of a kind are named one by one; of more files a single line tells.
_NAMED = 3
# Why a file has nothing to quote though nobody made a mistake: it holds nothing but headings, links or settings.
_STUBS = ("headings-only", "front-matter-only", "no-text")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is good to know about a file or, without a file, about all of them. Nobody need do anything."""

    file: str | None
    reason: Reason

    @property
    def line(self) -> Reason:
        """The remark as a front end words it, the file's name before it."""
        return self.reason if self.file is None else Reason.of("article", file=self.file, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Problem(Remark):
    """Why a file was not read, or what else is wrong. Somebody should mend it."""


def log_problems(problems: Iterable[Problem]) -> None:
    """Write problems into the log, for operators."""
    for problem in problems:
        log.warning("Problem in the corpus: %s", for_operators(problem.line))


def unread(file: str, reason: Reason) -> Remark:
    """What is to be said of a file that cannot be read as an article."""
    return Remark(file, reason) if reason.code in _STUBS else Problem(file, reason)


def resemblances(articles: Iterable[Article]) -> Iterator[Remark]:
    """A remark for each article that equals an earlier article, or that has the title of an article in its folder.

    Articles of one title in several folders are told apart by their folders: see retrieval/titles.py.
    """
    by_digest: dict[str, str] = {}
    by_title: dict[tuple[str, PurePosixPath], str] = {}
    for article in articles:
        equal = by_digest.setdefault(article.digest, article.file)
        of_title = by_title.setdefault((article.title.casefold(), PurePosixPath(article.file).parent), article.file)
        if equal != article.file:
            yield Remark(article.file, Reason.of("same-content", other=equal))
        elif of_title != article.file:
            yield Remark(article.file, Reason.of("same-title", other=of_title))


def summed(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """The remarks; of many remarks of a kind, a single remark gives the first and counts the others."""
    groups: dict[str, list[Remark]] = {}
    for remark in remarks:
        groups.setdefault(remark.reason.code, []).append(remark)
    return tuple(line for group in groups.values() for line in (group if len(group) <= _NAMED else [_sum(group)]))


def _sum(remarks: list[Remark]) -> Remark:
    first, *others = remarks
    return Remark(None, Reason.of("likewise", remark=first.line, others=len(others)))
