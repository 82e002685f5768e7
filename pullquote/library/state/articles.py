"""The table of articles: what a guild calls each, and who added it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base, Moment

MAX_NAME = 200


class ArticleRow(Base):
    """An article of a guild, whichever of its versions is in force. It lasts while a kept state has one of them."""

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("guild_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    guild_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("guilds.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    """What the parsed article has as its `file`."""
    added_at: Mapped[dt.datetime] = mapped_column(Moment)
    added_by: Mapped[int | None] = mapped_column(BigInteger)


def named(session: Session, guild: int, names: Collection[str]) -> Mapping[str, ArticleRow]:
    """The guild's articles of these names, in its corpus or in an older state that is kept, by name."""
    found = session.scalars(select(ArticleRow).where(ArticleRow.guild_id == guild, ArticleRow.name.in_(names)))
    return {article.name: article for article in found}


def names_of(session: Session, articles: Collection[int]) -> Mapping[int, str]:
    """The names of articles, by their ids."""
    rows = session.execute(select(ArticleRow.id, ArticleRow.name).where(ArticleRow.id.in_(articles)))
    return {row.id: row.name for row in rows}
