"""What a state of a guild's corpus consists of, with all that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from pullquote.library.state.articles import ArticleRow
from pullquote.library.state.contents import ContentRow, in_state
from pullquote.library.state.sources import SourceRow
from pullquote.library.state.versions import VersionRow
from retrieval.precedence import unhurried

# How many rows are made into objects at once. Of a thousand, whoever answers meanwhile would notice.
_TOGETHER = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of an article. Its document and what that reads as are loaded when they are asked for."""

    article: ArticleRow
    version: VersionRow
    source: SourceRow


def listed(session: Session, guild: int, state: int, *, parsed: bool = False) -> Sequence[Listed]:
    """All versions of a guild's state, by the names of their articles; `parsed` loads what they read as, too."""
    wanted = (
        select(ArticleRow, VersionRow, SourceRow)
        .join(ContentRow, ContentRow.article_id == ArticleRow.id)
        .join(VersionRow, VersionRow.id == ContentRow.version_id)
        .join(SourceRow, SourceRow.id == VersionRow.source_id)
        .where(ContentRow.guild_id == guild, in_state(state))
    )
    if parsed:
        wanted = wanted.options(undefer(SourceRow.parsed))
    # The order of Python, for databases order texts by the rules of the place where they run.
    found = unhurried(session.execute(wanted.execution_options(yield_per=_TOGETHER)))
    rows = sorted(found, key=lambda row: row[0].name)
    return [Listed(*row) for row in rows]


def names_in_state(session: Session, guild: int, state: int) -> Sequence[str]:
    """The names of the articles of a guild's state, in the order in which `listed` has them."""
    wanted = (
        select(ArticleRow.name)
        .join(ContentRow, ContentRow.article_id == ArticleRow.id)
        .where(ContentRow.guild_id == guild, in_state(state))
    )
    return sorted(session.scalars(wanted))


def kept_version(session: Session, guild: int, version: int) -> Listed | None:
    """A version, if it is the guild's and kept."""
    wanted = (
        select(ArticleRow, VersionRow, SourceRow)
        .join(VersionRow, VersionRow.article_id == ArticleRow.id)
        .join(SourceRow, SourceRow.id == VersionRow.source_id)
        .where(ArticleRow.guild_id == guild, VersionRow.id == version)
    )
    row = session.execute(wanted).one_or_none()
    return row and Listed(*row)
