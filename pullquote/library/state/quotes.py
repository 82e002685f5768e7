"""The table of quotes: how many answers quoted an article. Neither the questions nor who asked are known here."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base

LONGEST = 500
"""How many characters of a name are kept. A path in the folder may be longer than what a database can index."""


class QuoteRow(Base):
    """How many answers in a guild quoted an article.

    The row of a guild's own article lasts while a kept state has the article; that of an article of the folder, which
    has no states, lasts as long as the guild.
    """

    __tablename__ = "quotes"

    guild_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("guilds.id", ondelete="CASCADE"), primary_key=True)
    shared: Mapped[bool] = mapped_column(primary_key=True)
    """Whether the article is of the folder: a guild's own article may have the same name."""
    name: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)
    answers: Mapped[int]


def quotes_of(session: Session, guild: int) -> Sequence[QuoteRow]:
    """The rows of all articles of a guild, and of the folder's articles that were quoted there."""
    return session.scalars(select(QuoteRow).where(QuoteRow.guild_id == guild)).all()


def add_quotes(session: Session, guild: int, *, shared: bool, name: str, answers: int) -> None:
    """Count answers that quoted an article. The transaction has to hold the guild, so that nobody else counts."""
    row = session.get(QuoteRow, {"guild_id": guild, "shared": shared, "name": name})
    if row is None:
        session.add(QuoteRow(guild_id=guild, shared=shared, name=name, answers=answers))
    else:
        row.answers += answers
