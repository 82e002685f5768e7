"""Tags of articles, and the table of scopes, which says who may ask a tag."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column and a table. Documents are read again for their tags, as their format is older."""
    op.add_column("sources", sa.Column("tags", sa.JSON))
    op.create_table(
        "scopes",
        sa.Column(
            "guild_id",
            sa.BigInteger,
            sa.ForeignKey("guilds.id", name="fk_scopes_guild_id", ondelete="CASCADE"),
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("tag", sa.String(50), nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "tag", name="pk_scopes"),
    )
