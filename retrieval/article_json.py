"""Articles as bytes, in a snapshot and wherever else they are kept: what is read equals what was written."""

from __future__ import annotations

from pydantic import TypeAdapter

from retrieval.article import Article
from retrieval.precedence import unhurried

_ARTICLE = TypeAdapter(Article)
_ARTICLES = TypeAdapter(tuple[Article, ...])
# What stands between two articles, and nowhere else: a line end in a text is written as an escape.
_BETWEEN = b",\n"


def dump_articles(articles: tuple[Article, ...]) -> bytes:
    """The articles as JSON in UTF-8, one a line."""
    # One by one: other threads wait while pydantic works, which for all articles is noticed where one asks meanwhile.
    return b"[" + _BETWEEN.join(map(_ARTICLE.dump_json, unhurried(articles))) + b"]"


def load_articles(written: bytes) -> tuple[Article, ...]:
    """The articles that were written. Raises ValueError if the bytes are damaged or of another format."""
    lines = written.split(_BETWEEN)
    # Each line is read as a list of its own; of what was written in one line, that line is the whole list.
    opened = [lines[0], *(b"[" + line for line in lines[1:])]
    closed = [*(line + b"]" for line in opened[:-1]), opened[-1]]
    return tuple(article for line in unhurried(closed) for article in _ARTICLES.validate_json(line))
