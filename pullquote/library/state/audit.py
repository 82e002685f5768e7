"""The table of the audit: who did what and when, a line for each change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base, Moment


class Action(StrEnum):
    """What somebody did to a guild's articles or settings."""

    PUT = "put"
    EDIT = "edit"
    REMOVE = "remove"
    RELOAD = "reload"
    IMPORT = "import"
    ROLL_BACK = "roll-back"
    UNDO = "undo"
    SHARE = "share"
    UNSHARE = "unshare"
    ALLOW = "allow"
    REFUSE = "refuse"
    OPEN = "open"
    JOIN = "join"
    LEAVE = "leave"


class AuditRow(Base):
    """A change. If it changed the corpus, `state` is the number of the state that it made."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("guild_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    guild_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("guilds.id", ondelete="CASCADE"), index=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    by: Mapped[int | None] = mapped_column(BigInteger)
    """The Discord id of whoever did it; None if Pullquote or its operator did."""
    action: Mapped[str] = mapped_column(String(20))
    state: Mapped[int | None] = mapped_column(default=None)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


def lines(session: Session, guild: int, count: int, before: int | None) -> Sequence[AuditRow]:
    """The last lines of a guild, the latest first; `before` is the id of the line to go on from."""
    wanted = select(AuditRow).where(AuditRow.guild_id == guild).order_by(AuditRow.id.desc()).limit(count)
    if before is not None:
        wanted = wanted.where(AuditRow.id < before)
    return session.scalars(wanted).all()


def lines_of_states(session: Session, guild: int, states: Collection[int]) -> Sequence[AuditRow]:
    """The lines that made these states of a guild, the latest first."""
    wanted = select(AuditRow).where(AuditRow.guild_id == guild, AuditRow.state.in_(states))
    return session.scalars(wanted.order_by(AuditRow.id.desc())).all()
