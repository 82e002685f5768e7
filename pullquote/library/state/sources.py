"""The table of sources: the bytes that an article was made of, and what the reader made of them."""

from __future__ import annotations

import datetime as dt
import zlib

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base, Compressed, Shown
from retrieval.article import Article
from retrieval.article_json import dump_articles, load_articles
from retrieval.reading.articles import Document
from retrieval.search.snapshot import FORMAT


class SourceRow(Base):
    """A document and what it reads as. Versions of an article that differ only in what was given share a source.

    The document is the truth. All other columns but those that identify it are derived, and `take` renews them.
    """

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("article_id", "digest", "media_type"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    raw: Mapped[bytes] = mapped_column(Compressed, deferred=True)
    format: Mapped[int]
    """The format of reading that the article was parsed under."""
    parsed: Mapped[bytes] = mapped_column(deferred=True)
    title: Mapped[str] = mapped_column(Shown)
    author: Mapped[str | None] = mapped_column(Shown)
    published: Mapped[dt.date | None]
    url: Mapped[str | None] = mapped_column(Shown)
    language: Mapped[str | None] = mapped_column(Shown)
    tags: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """None where a version of Pullquote read it that knew no tags; it is read again."""
    passages: Mapped[int]

    @classmethod
    def of(cls, article_id: int, document: Document, article: Article) -> SourceRow:
        """The row of a document that was read as this article."""
        return cls(
            article_id=article_id,
            digest=article.digest,
            media_type=document.media_type,
            raw=document.raw,
            format=FORMAT,
            parsed=_packed(article),
            title=article.title,
            author=article.author,
            published=article.published,
            url=article.url,
            language=article.language,
            tags=list(article.tags),
            passages=len(article.passages),
        )

    def take(self, article: Article) -> None:
        """Keep what the document reads as now."""
        self.format, self.parsed, self.passages = FORMAT, _packed(article), len(article.passages)
        self.title, self.author, self.published = article.title, article.author, article.published
        self.url, self.language, self.tags = article.url, article.language, list(article.tags)

    @property
    def article(self) -> Article | None:
        """What the document reads as; None if it has to be read again: its format is old, or what is kept damaged."""
        if self.format != FORMAT:
            return None
        try:
            (article,) = load_articles(zlib.decompress(self.parsed))
        except (ValueError, zlib.error):
            return None
        return article


def same_source(session: Session, article_id: int, document: Document, digest: str) -> SourceRow | None:
    """The row of an article's document with this digest; None if that document is not kept."""
    return session.scalar(
        select(SourceRow).where(
            SourceRow.article_id == article_id,
            SourceRow.digest == digest,
            SourceRow.media_type == document.media_type,
        )
    )


def _packed(article: Article) -> bytes:
    return zlib.compress(dump_articles((article,)))
