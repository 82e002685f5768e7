"""Brings a database's tables to what this version of Pullquote knows, through Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from pullquote.library.state.errors import StateError
from pullquote.library.state.sqlite import WRITES, copy_aside, is_sqlite, references_unchecked

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(engine: Engine) -> None:
    """Make the tables, or migrate older ones; a file of SQLite is copied aside before.

    Raises StateError if a newer version or another program made the tables, or the file cannot be copied; then nothing
    changed. A migration that is interrupted changed nothing, either.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == scripts.get_current_head():
            return
        if found is None and inspect(connection).get_table_names():
            raise StateError("database-not-empty")
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise StateError("database-newer", found=found)
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        if found is not None and is_sqlite(engine.url):
            copy_aside(connection, found)
        with references_unchecked(connection), connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
