"""A source's documents → articles to serve, and what is to be said of them.

A document that fails keeps its last good version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pullquote.library.errors import ReloadCancelledError
from pullquote.library.given import given_over, known_by
from pullquote.library.problems import Problem, Remark, resemblances, summed, unread
from pullquote.library.sources.source import ArticleSource, Listed
from retrieval.article import Article
from retrieval.errors import ArticleError, ReadingStoppedError, Reason
from retrieval.progress import Progress, Step
from retrieval.reading.articles import Document
from retrieval.reading.measure import NoMeasure
from retrieval.reading.reader import ArticleReader


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read: the articles to serve from now on, by name, and what is to be said of its documents."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...]

    @classmethod
    def of(cls, articles: Iterable[Article], said: Iterable[Remark]) -> Reading:
        """A reading, with problems and remarks told apart, and with remarks on articles that resemble each other."""
        by_name = tuple(sorted(articles, key=lambda article: article.file))
        said = [*said, *resemblances(by_name)]
        problems = tuple(each for each in said if isinstance(each, Problem))
        return cls(by_name, problems, summed(each for each in said if not isinstance(each, Problem)))


def read_source(
    source: ArticleSource, reader: ArticleReader, old: Mapping[str, Article], progress: Progress | None = None
) -> Reading:
    """Read the new and changed documents of a source; `old` are the articles served so far, by file.

    Raises CorpusError if the source cannot be listed or no file can be read at all, ReloadCancelledError after
    `reader.stop`, and whatever `progress` raises.
    """
    listing = source.list()
    articles: list[Article] = []
    said: list[Remark] = list(listing.remarks)
    for problem in listing.problems:
        # Nobody removed the articles of a folder that cannot be looked into.
        inside = [article for file, article in old.items() if file.startswith(f"{problem.file}/")]
        said.append(_kept(problem) if inside else problem)
        articles += inside
    for done, listed in enumerate(listing.documents):
        if progress is not None:
            progress(Step.READING, done, len(listing.documents))
        known = old.get(listed.file)
        try:
            article = _read(source, reader, listed, known)
        except ArticleError as error:
            said.append(_kept(Problem(error.file, error.reason)) if known else unread(error.file, error.reason))
            articles += [known] if known else []
        else:
            articles.append(article)
            said += (Remark(article.file, note) for note in article.notes)
    return Reading.of(articles, said)


def read_without_model(source: ArticleSource) -> Reading:
    """A source as read without a model, which does not split passages. Raises CorpusError as `read_source` does."""
    with ArticleReader(NoMeasure()) as reader:
        return read_source(source, reader, {})


def _read(source: ArticleSource, reader: ArticleReader, listed: Listed, known: Article | None) -> Article:
    if known and known.digest == known_by(source.digest(listed), listed.given):
        return known
    try:
        return given_over(reader.read(Document(listed.file, listed.media_type, source.read(listed))), listed.given)
    except ReadingStoppedError as error:
        raise ReloadCancelledError from error


def _kept(problem: Problem) -> Problem:
    return Problem(problem.file, Reason.of("kept", reason=problem.reason))
