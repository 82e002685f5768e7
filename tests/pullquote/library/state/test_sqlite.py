"""What is special about SQLite: its file, and what each connection keeps to."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.versions import Versions
from tests.support.states import MODERATOR, ZOO, new


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "pullquote.db"


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_every_connection_is_durable_and_checks_references(file: Path, pragma: str, value: object) -> None:
    database = Database.open(file)
    with database.read() as first, database.read() as second, database.change() as third:
        found = [session.scalar(text(f"PRAGMA {pragma}")) for session in (first, second, third)]
    database.close()
    assert found == [value] * 3


def test_a_url_names_the_same_file(file: Path) -> None:
    Database.open(file).close()
    before = file.read_bytes()
    Database.open(f"sqlite:///{file}").close()
    assert file.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_nobody_else_can_read_the_files(file: Path) -> None:
    database = Database.open(file)
    Versions(database).put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.")])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert modes == {"pullquote.db": 0o600, "pullquote.db-shm": 0o600, "pullquote.db-wal": 0o600}
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    database.close()


def test_nothing_of_what_was_deleted_is_left_in_the_file(file: Path) -> None:
    database = Database.open(file)
    versions = Versions(database)
    versions.put(ZOO, MODERATOR, [new("secret-ants.txt", "Ants dig.")])
    database.close()
    assert b"secret-ants" in file.read_bytes()
    database = Database.open(file)
    with database.change() as session:
        session.execute(text("DELETE FROM guilds"))
    database.close()
    assert b"secret-ants" not in file.read_bytes()


def test_a_database_that_may_only_be_read_is_opened_and_read(file: Path) -> None:
    Database.open(file).close()
    keeps = Database.open(file)  # or the files beside it would have to be made
    database = Database.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM guilds")) == 0
    with pytest.raises(StateError) as error:
        Versions(database).put(ZOO, MODERATOR, [new("ants.txt", "Ants dig.")])
    assert error.value.code == "database-read-only"
    database.close()
    keeps.close()
