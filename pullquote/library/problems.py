"""What is wrong with articles, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.article import Article
from retrieval.errors import Reason


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file was not read, or not wholly as it stands. Without a file: what else is wrong."""

    file: str | None
    reason: Reason

    @property
    def line(self) -> Reason:
        """The problem as a front end words it, the file's name before it."""
        return self.reason if self.file is None else Reason.of("article", file=self.file, reason=self.reason)


def same_titles(articles: Iterable[Article]) -> Iterator[Problem]:
    """A problem for each article that has an earlier article's title: members could not tell their quotes apart."""
    files_by_title: dict[str, str] = {}
    for article in articles:
        key = article.title.casefold()
        if key in files_by_title:
            yield Problem(article.file, Reason.of("same-title", other=files_by_title[key]))
        else:
            files_by_title[key] = article.file
