"""Articles as bytes, in a snapshot and wherever else they are kept: what is read equals what was written."""

from __future__ import annotations

from pydantic import TypeAdapter

from retrieval.article import Article

_ARTICLES = TypeAdapter(tuple[Article, ...])


def dump_articles(articles: tuple[Article, ...]) -> bytes:
    """The articles as JSON in UTF-8."""
    return _ARTICLES.dump_json(articles)


def load_articles(written: bytes) -> tuple[Article, ...]:
    """The articles that were written. Raises ValueError if the bytes are damaged or of another format."""
    return _ARTICLES.validate_json(written)
