"""The table of guilds: since when each is known, and its settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import BigInteger, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base, Moment


class GuildRow(Base):
    """A guild. `id` is Discord's."""

    __tablename__ = "guilds"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    joined_at: Mapped[dt.datetime] = mapped_column(Moment)
    left_at: Mapped[dt.datetime | None] = mapped_column(Moment, default=None)
    shared: Mapped[bool] = mapped_column(default=True)
    """Whether members are answered from the operator's articles, too."""
    state: Mapped[int] = mapped_column(default=0)
    """The number of the state in force of the guild's corpus. State 0 was before anybody added an article."""


def held(session: Session, guild: int) -> GuildRow | None:
    """A guild, if it is known; no other transaction can change what is the guild's before this transaction ends."""
    return session.get(GuildRow, guild, with_for_update=True)


def met(session: Session, guild: int, now: dt.datetime) -> GuildRow:
    """A guild, `held`. A guild that was not known is known from now on."""
    while (known := held(session, guild)) is None:
        try:
            with session.begin_nested():
                session.add(GuildRow(id=guild, joined_at=now))
        except IntegrityError:
            continue  # another transaction was faster
    return known


def known_guilds(session: Session) -> Sequence[GuildRow]:
    """All guilds, by their ids."""
    return session.scalars(select(GuildRow).order_by(GuildRow.id)).all()
