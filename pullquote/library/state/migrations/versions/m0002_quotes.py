"""The table of quotes: how many answers quoted an article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "quotes",
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "shared", "name", name="pk_quotes"),
        sa.ForeignKeyConstraint(["guild_id"], ["guilds.id"], name="fk_quotes_guild_id", ondelete="CASCADE"),
    )
