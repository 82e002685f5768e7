"""What is wrong with articles, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retrieval.article import Article


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not read, or not wholly as it stands, and why. `str(problem)` is for moderators."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def same_titles(articles: Iterable[Article]) -> Iterator[Problem]:
    """A problem for each article whose title an earlier one has: members could not tell their quotes apart."""
    first: dict[str, str] = {}
    for article in articles:
        key = article.title.casefold()
        if key in first:
            yield Problem(article.file, f"has the same title as {first[key]}; give one of them another title")
        else:
            first[key] = article.file
