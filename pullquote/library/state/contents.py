"""The table of contents: which version of each article every state of a guild's corpus has.

A row stands for a stretch of states. A change writes rows for the articles that it changes alone, however large the
corpus is, and every state can be read off: state n has the rows that began with n or before and had not ended then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base
from pullquote.library.state.guilds import GuildRow


class ContentRow(Base):
    """A stretch of states that have a version: from state `since` on, and no longer in state `until`."""

    __tablename__ = "contents"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    guild_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("guilds.id", ondelete="CASCADE"), index=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    since: Mapped[int]
    until: Mapped[int | None] = mapped_column(default=None)


# No article is in force in two versions.
_IN_FORCE = ContentRow.until.is_(None)
Index("uq_contents_in_force", ContentRow.article_id, unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE)


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that a state has in another version than the state before, by ids; None where it has none."""

    article: int
    before: int | None
    after: int | None


def in_state(number: int) -> ColumnElement[bool]:
    """Whether a row is part of this state."""
    return and_(ContentRow.since <= number, or_(ContentRow.until.is_(None), ContentRow.until > number))


def contents_of(
    session: Session, guild: int, number: int, articles: Collection[int] | None = None
) -> Mapping[int, ContentRow]:
    """The rows of a guild's state, of all articles or of these, by article."""
    wanted = select(ContentRow).where(ContentRow.guild_id == guild, in_state(number))
    if articles is not None:
        wanted = wanted.where(ContentRow.article_id.in_(articles))
    return {row.article_id: row for row in session.scalars(wanted)}


def stretches(session: Session, article: int) -> Sequence[ContentRow]:
    """All rows of an article, the earliest first."""
    wanted = select(ContentRow).where(ContentRow.article_id == article).order_by(ContentRow.since)
    return session.scalars(wanted).all()


def changed_in(session: Session, guild: int, number: int) -> Collection[int]:
    """The articles that came, changed or went with a state of a guild."""
    wanted = select(ContentRow.article_id).where(
        ContentRow.guild_id == guild, or_(ContentRow.since == number, ContentRow.until == number)
    )
    return set(session.scalars(wanted))


def changed_after(session: Session, articles: Collection[int], number: int) -> Collection[int]:
    """Those of the articles that came, changed or went with a later state than this."""
    wanted = select(ContentRow.article_id).where(
        ContentRow.article_id.in_(articles), or_(ContentRow.since > number, ContentRow.until > number)
    )
    return set(session.scalars(wanted))


def advance(session: Session, guild: GuildRow, wanted: Mapping[int, int | None]) -> Sequence[Changed]:
    """Put a new state in force that has these versions of these articles, and of all other articles the old ones.

    None takes an article out. Without a difference no state is made. This is the only way in which a corpus changes.
    """
    standing = contents_of(session, guild.id, guild.state, wanted)
    before = {article: row.version_id for article, row in standing.items()}
    changed = [
        Changed(each, before.get(each), version) for each, version in wanted.items() if before.get(each) != version
    ]
    if changed:
        guild.state += 1
        for each in changed:
            if each.before is not None:
                standing[each.article].until = guild.state
        session.flush()  # what is in force ends before its successor begins, as the index asks
        session.add_all(
            ContentRow(guild_id=guild.id, article_id=each.article, version_id=each.after, since=guild.state)
            for each in changed
            if each.after is not None
        )
    return changed
