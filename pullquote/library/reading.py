"""A source's documents → articles to serve, and problems. A document that fails keeps its last good version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pullquote.library.errors import ReloadCancelledError
from pullquote.library.problems import Problem, same_titles
from pullquote.library.sources.source import ArticleSource, Listed
from retrieval.article import Article
from retrieval.errors import ArticleError, ReadingStoppedError, Reason
from retrieval.progress import Progress, Step
from retrieval.reading.articles import Document
from retrieval.reading.measure import NoMeasure
from retrieval.reading.reader import ArticleReader


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read: the articles to serve from now on, by name, and the problems with its documents."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def read_source(
    source: ArticleSource, reader: ArticleReader, old: Mapping[str, Article], progress: Progress | None = None
) -> Reading:
    """Read the new and changed documents of a source; `old` are the articles served so far, by file.

    Raises CorpusError if the source cannot be listed or no file can be read at all, ReloadCancelledError after
    `reader.stop`, and whatever `progress` raises.
    """
    listing = source.list()
    articles: list[Article] = []
    problems: list[Problem] = []
    for problem in listing.problems:
        # Nobody removed the articles of a folder that cannot be looked into.
        inside = [article for file, article in old.items() if file.startswith(f"{problem.file}/")]
        problems.append(_problem(problem, kept=bool(inside)))
        articles += inside
    for done, listed in enumerate(listing.documents):
        if progress is not None:
            progress(Step.READING, done, len(listing.documents))
        known = old.get(listed.file)
        try:
            article = _read(source, reader, listed, known)
        except ArticleError as error:
            problems.append(_problem(Problem(error.file, error.reason), kept=known is not None))
            articles += [known] if known else []
        else:
            articles.append(article)
            problems += (Problem(article.file, note) for note in article.notes)
    return Reading(tuple(sorted(articles, key=lambda article: article.file)), tuple(problems))


def problems_of(source: ArticleSource) -> Iterator[Problem]:
    """The problems of a source's documents, found without a model. Raises CorpusError as `read_source` does."""
    with ArticleReader(NoMeasure()) as reader:
        reading = read_source(source, reader, {})
    yield from reading.problems
    yield from same_titles(reading.articles)


def _read(source: ArticleSource, reader: ArticleReader, listed: Listed, known: Article | None) -> Article:
    if known and known.digest == source.digest(listed):
        return known
    try:
        return reader.read(Document(listed.file, listed.media_type, source.read(listed)))
    except ReadingStoppedError as error:
        raise ReloadCancelledError from error


def _problem(problem: Problem, *, kept: bool) -> Problem:
    return replace(problem, reason=Reason.of("kept", reason=problem.reason)) if kept else problem
