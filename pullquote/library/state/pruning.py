"""What is deleted when a state is made: what no kept state has, and no kept version of an article.

How often an article was quoted is kept as long as the article itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Delete, delete, exists, func, select
from sqlalchemy.orm import Session

from pullquote.library.state.articles import ArticleRow
from pullquote.library.state.contents import ContentRow
from pullquote.library.state.errors import StateError
from pullquote.library.state.guilds import GuildRow
from pullquote.library.state.quotes import QuoteRow
from pullquote.library.state.sources import SourceRow
from pullquote.library.state.versions import VersionRow

KEPT = 20
"""How many states before the state in force are kept, and of an article in force how many stretches before its last."""


def oldest_kept(state: int) -> int:
    """The number of the oldest state that is kept beside the state in force."""
    return max(0, state - KEPT)


def check_kept(state: int, newest: int) -> None:
    """Raise StateError unless a state is kept beside the state in force, `newest`."""
    if not oldest_kept(newest) <= state <= newest:
        raise not_kept(state, newest)


def not_kept(state: int, newest: int) -> StateError:
    """The error of a state that is not kept beside the state in force, `newest`."""
    return StateError("state-not-kept", state=state, oldest=oldest_kept(newest), newest=newest)


def prune(session: Session, guild: GuildRow, touched: Collection[int]) -> None:
    """Delete what went out of reach with the guild's new state, which changed the articles `touched`."""
    session.flush()
    oldest = oldest_kept(guild.state)
    reaches = ContentRow.until.is_(None) | (ContentRow.until > oldest)
    needed = exists().where(ContentRow.article_id == ArticleRow.id, reaches)
    _delete(session, delete(ArticleRow).where(ArticleRow.guild_id == guild.id, ~needed))
    is_kept = exists().where(ArticleRow.guild_id == QuoteRow.guild_id, ArticleRow.name == QuoteRow.name)
    _delete(session, delete(QuoteRow).where(QuoteRow.guild_id == guild.id, ~QuoteRow.shared, ~is_kept))
    rank = func.row_number().over(partition_by=ContentRow.article_id, order_by=ContentRow.since.desc())
    ranked = select(ContentRow.id, rank.label("rank")).where(ContentRow.article_id.in_(touched)).subquery()
    # No kept state has one of these: stretches end in different states.
    excess = select(ranked.c.id).where(ranked.c.rank > KEPT + 1)
    _delete(session, delete(ContentRow).where(ContentRow.id.in_(excess)))
    in_contents = exists().where(ContentRow.version_id == VersionRow.id)
    _delete(session, delete(VersionRow).where(VersionRow.article_id.in_(touched), ~in_contents))
    in_versions = exists().where(VersionRow.source_id == SourceRow.id)
    _delete(session, delete(SourceRow).where(SourceRow.article_id.in_(touched), ~in_versions))


def _delete(session: Session, doomed: Delete) -> None:
    """Delete rows. The session need not know, for its transaction ends."""
    session.execute(doomed, execution_options={"synchronize_session": False})


def delete_guild(session: Session, guild: int, left_before: dt.datetime) -> bool:
    """Delete a guild with all that is its own, unless it was joined again or left later. Says whether it is gone."""
    doomed = delete(GuildRow).where(GuildRow.id == guild, GuildRow.left_at < left_before)
    return session.scalar(doomed.returning(GuildRow.id)) is not None
