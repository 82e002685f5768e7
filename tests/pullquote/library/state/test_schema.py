"""Tables are what the program takes them for, however old they are; nothing is lost when they are changed."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import zlib
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from pullquote.library.catalogue import Catalogue
from pullquote.library.state import schema
from pullquote.library.state.base import Base
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.state.quotes import add_quotes, quotes_of
from pullquote.library.versions import Versions
from tests.support.postgresql import Server
from tests.support.states import FARM, MODERATOR, ZOO, execute, new, rows

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"

def upgrade():
    with op.batch_alter_table("guilds") as batch:
        batch.add_column(sa.Column("motto", sa.Text))
        batch.alter_column("state", type_=sa.BigInteger)
    {then}
"""


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the migrations of a later version of Pullquote; a percent sign is in its name."""
    folder = tmp_path / "100 % migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return folder


def head() -> str:
    revision = ScriptDirectory(str(schema.MIGRATIONS)).get_current_head()
    assert revision is not None
    return revision


def add(migrations: Path, then: str = "") -> None:
    """Add a migration that changes the table of guilds; SQLite has to make it anew for that."""
    script = NEXT.format(revision="zoo", before=head(), then=then)
    (migrations / "versions" / "later.py").write_text(script)


def columns(database: Database) -> set[str]:
    """The columns of the table of guilds."""
    return {column["name"] for column in inspect(database.engine).get_columns("guilds")}


def code_of(where: str | Path) -> str:
    with pytest.raises(StateError) as error:
        Database.open(where)
    return error.value.code


def test_the_migrations_make_the_tables_of_the_program(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_all_rows_are_deleted_with_what_they_are_part_of(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        keys = {key["name"]: key["options"] for key in found.get_foreign_keys(table.name)}
        assert keys == {str(key.name): {"ondelete": "CASCADE"} for key in table.foreign_key_constraints}


def test_older_tables_are_migrated_and_keep_what_is_in_them(where: str | Path, migrations: Path) -> None:
    database = Database.open(where)
    Versions(database).put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.")])
    before = rows(database), Catalogue(database).current(ZOO)
    assert "motto" not in columns(database)
    database.close()
    add(migrations)
    database = Database.open(where)
    assert "motto" in columns(database)
    assert (rows(database), Catalogue(database).current(ZOO)) == before
    Versions(database).put(FARM, MODERATOR, [new("ants.txt", "Ants dig.")])
    execute(database, f"DELETE FROM guilds WHERE id = {ZOO}")  # references are checked again
    assert rows(database) == before[0]
    database.close()


def test_what_the_first_version_kept_is_there_with_what_came_later(where: str | Path, migrations: Path) -> None:
    """Before quotes were counted, and articles had tags."""
    later = [migrations / "versions" / name for name in ("m0002_quotes.py", "m0003_scopes.py")]
    scripts = [file.read_text() for file in later]
    for file in later:
        file.unlink()
    database = Database.open(where)
    at = "2026-11-01 12:00:00"
    execute(
        database,
        f"INSERT INTO guilds VALUES ({ZOO}, '{at}', NULL, true, 1)",
        f"INSERT INTO articles VALUES (7, {ZOO}, 'ants.txt', '{at}', {MODERATOR})",
    )
    with database.change() as session:
        raw = zlib.compress(b"Ants dig.")
        source = (
            "INSERT INTO sources VALUES (8, 7, 'd', 'text/plain', :raw, 6, :raw, 'Ants', NULL, NULL, NULL, 'en', 1)"
        )
        session.execute(text(source), {"raw": raw})
    execute(
        database,
        f"INSERT INTO versions VALUES (9, 7, 8, '{{}}', 'upload', 'ants.txt', '{at}', {MODERATOR})",
        f"INSERT INTO contents VALUES (1, {ZOO}, 7, 9, 1, NULL)",
    )
    assert {"quotes", "scopes"}.isdisjoint(inspect(database.engine).get_table_names())
    database.close()
    for file, script in zip(later, scripts, strict=True):
        file.write_text(script)
    database = Database.open(where)
    [entry] = Catalogue(database).current(ZOO).entries
    assert (entry.title, entry.tags) == ("Ants", ())
    assert Catalogue(database).document(ZOO, entry.version).raw == b"Ants dig."
    with database.change() as session:
        add_quotes(session, ZOO, shared=False, name="ants.txt", answers=2)
    with database.read() as session:
        assert [row.answers for row in quotes_of(session, ZOO)] == [2]
    execute(database, f"DELETE FROM guilds WHERE id = {ZOO}")
    assert rows(database) == {}
    database.close()


def test_a_copy_of_the_file_is_put_aside_before(
    tmp_path: Path, migrations: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, copy = tmp_path / "pullquote.db", tmp_path / f"pullquote.db.{head()}"
    database = Database.open(file)
    Versions(database).put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.")])
    before = rows(database), Catalogue(database).corpus(ZOO)
    add(migrations)
    copy.with_name(f"{copy.name}.unfinished").write_text("what a process left that was killed")
    with caplog.at_level("INFO", "pullquote"):
        Database.open(file).close()
    database.close()
    assert caplog.messages == [f"The database is brought up to date; as it was, it is kept in {copy}."]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {file.name, copy.name, migrations.name}
    (migrations / "versions" / "later.py").unlink()
    old = Database.open(copy)
    assert (rows(old), Catalogue(old).corpus(ZOO)) == before
    old.close()


def test_without_room_for_a_copy_nothing_is_migrated(tmp_path: Path, migrations: Path) -> None:
    file, copy = tmp_path / "pullquote.db", tmp_path / f"pullquote.db.{head()}"
    Database.open(file).close()
    copy.mkdir()
    (copy / "something").touch()
    add(migrations)
    with pytest.raises(StateError) as error:
        Database.open(file)
    assert (error.value.code, error.value.fields["path"]) == ("database-not-copied", str(copy))
    assert {path.name for path in tmp_path.iterdir()} == {file.name, copy.name, migrations.name}
    (migrations / "versions" / "later.py").unlink()
    database = Database.open(file)
    assert "motto" not in columns(database)
    database.close()


def test_a_migration_that_fails_changes_nothing(where: str | Path, migrations: Path) -> None:
    database = Database.open(where)
    Versions(database).put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.")])
    before = rows(database)
    database.close()
    add(migrations, then="raise InterruptedError")
    with pytest.raises(InterruptedError):
        Database.open(where)
    (migrations / "versions" / "later.py").unlink()
    database = Database.open(where)
    assert "motto" not in columns(database)
    assert rows(database) == before
    database.close()


def test_a_newer_version_s_tables_are_left_alone(where: str | Path, migrations: Path) -> None:
    add(migrations)
    Database.open(where).close()
    (migrations / "versions" / "later.py").unlink()
    with pytest.raises(StateError) as error:
        Database.open(where)
    assert (error.value.code, error.value.fields) == ("database-newer", {"found": "zoo"})


def test_another_program_s_tables_are_left_alone(tmp_path: Path, postgresql: Server) -> None:
    file = tmp_path / "zoo.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE animals (name TEXT)")
    before = file.read_bytes()
    assert code_of(file) == "database-not-empty"
    with postgresql.database() as url:
        postgresql.execute("CREATE TABLE animals (name TEXT)", url)
        assert code_of(url) == "database-not-empty"
    with closing(sqlite3.connect(file)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("animals",)]
    assert len(file.read_bytes()) == len(before)
