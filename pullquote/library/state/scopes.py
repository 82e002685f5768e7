"""The table of scopes: tags that some may ask only, and who may."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import JSON, BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from pullquote.library.state.base import Base
from retrieval.tags import LONGEST_TAG


class ScopeRow(Base):
    """A tag of a guild whose articles some may ask only. A tag without a row is for everybody."""

    __tablename__ = "scopes"

    guild_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("guilds.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tag: Mapped[str] = mapped_column(String(LONGEST_TAG), primary_key=True)
    channels: Mapped[list[int]] = mapped_column(JSON)
    """The ids of channels, and of categories for all channels in them."""
    roles: Mapped[list[int]] = mapped_column(JSON)


def scopes_of(session: Session, guild: int) -> Sequence[ScopeRow]:
    """The scopes of a guild, by their tags."""
    found = session.scalars(select(ScopeRow).where(ScopeRow.guild_id == guild))
    # The order of Python, for databases order texts by the rules of the place where they run.
    return sorted(found, key=lambda row: row.tag)
