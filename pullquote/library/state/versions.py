"""The table of versions: a source with what a moderator says about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base, Moment, Shown


class VersionRow(Base):
    """A version of an article. It never changes, and lasts while a kept state has it."""

    __tablename__ = "versions"
    # Ids are shown to people and asked for by them, so that none may come to mean another version.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own name

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The metadata that count instead of the source's own."""
    origin: Mapped[str] = mapped_column(String(20))
    origin_text: Mapped[str] = mapped_column(Shown)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    by: Mapped[int | None] = mapped_column(BigInteger)
    """The Discord id of whoever made it; None if Pullquote or its operator did."""


def versions_by_id(session: Session, ids: Collection[int]) -> Mapping[int, VersionRow]:
    """The versions that have these ids."""
    return {row.id: row for row in session.scalars(select(VersionRow).where(VersionRow.id.in_(ids)))}
