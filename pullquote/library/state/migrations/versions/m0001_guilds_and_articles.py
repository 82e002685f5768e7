"""The first tables: guilds, their articles with sources, versions and contents, and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, each after the tables that it refers to."""
    op.create_table(
        "guilds",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.Column("left_at", MOMENT),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("state", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guilds"),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("articles", "guild", sa.BigInteger),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("guild_id", "name", name="uq_articles_guild_id_name"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("sources", "article"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("parsed", sa.LargeBinary, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("article_id", "digest", "media_type", name="uq_sources_article_id_digest_media_type"),
    )
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("versions", "article"),
        _part_of("versions", "source"),
        sa.Column("given", sa.JSON, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("origin_text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contents",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("contents", "guild", sa.BigInteger),
        _part_of("contents", "article"),
        _part_of("contents", "version"),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_contents"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        _part_of("audit", "guild", sa.BigInteger),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.BigInteger),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("state", sa.Integer),
        sa.Column("fields", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("guild_id", "state", name="uq_audit_guild_id_state"),
    )
    for table, column in (
        ("versions", "article_id"),
        ("versions", "source_id"),
        ("contents", "guild_id"),
        ("contents", "article_id"),
        ("contents", "version_id"),
        ("audit", "guild_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])
    in_force = sa.text("until IS NULL")
    op.create_index(
        "uq_contents_in_force",
        "contents",
        ["article_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def _part_of(table: str, whole: str, kind: type[sa.Integer] = sa.Integer) -> sa.Column[int]:
    """A column that refers to what its row is deleted with."""
    name = f"{whole}_id"
    reference = sa.ForeignKey(f"{whole}s.id", name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(name, kind, reference, nullable=False)
