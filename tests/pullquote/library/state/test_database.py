"""How a database is opened, and that what is done in a transaction is done whole, or not at all."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.state.guilds import GuildRow, known_guilds
from tests.support.postgresql import Server
from tests.support.states import FARM, START, ZOO, rows


def refusal(where: str | Path) -> StateError:
    """Why a database is not opened."""
    with pytest.raises(StateError) as error:
        Database.open(where)
    return error.value


def test_what_was_written_is_there_when_the_database_is_opened_again(where: str | Path) -> None:
    database = Database.open(where)
    with database.change() as session:
        session.add(GuildRow(id=ZOO, joined_at=START))
    database.close()
    again = Database.open(where)
    with again.read() as session:
        assert [(guild.id, guild.joined_at) for guild in known_guilds(session)] == [(ZOO, START)]
    again.close()


def test_an_error_undoes_all_of_a_transaction(database: Database) -> None:
    def fail() -> None:
        with database.change() as session:
            session.add(GuildRow(id=ZOO, joined_at=START))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(database) == {}


def test_a_fault_of_the_program_is_raised_as_it_is(database: Database) -> None:
    with database.change() as session:
        session.add(GuildRow(id=ZOO, joined_at=START))
    with pytest.raises(IntegrityError), database.change() as session:
        session.add_all([GuildRow(id=FARM, joined_at=START), GuildRow(id=ZOO, joined_at=START)])
    assert rows(database) == {"guilds": 1}


def test_what_is_read_is_read_at_one_point_in_time(database: Database) -> None:
    with database.read() as reading:
        assert known_guilds(reading) == []
        with database.change() as session:
            session.add(GuildRow(id=ZOO, joined_at=START))
        assert known_guilds(reading) == []
    assert rows(database) == {"guilds": 1}


# What is not a database


@pytest.mark.parametrize(
    ("url", "code", "fields"),
    [
        ("lion", "database-not-understood", {}),
        ("postgresql://keeper:lion@db.example:den/zoo", "database-not-understood", {}),
        ("sqlite:////tmp/zoo.db?timeout=lion", "database-not-understood", {}),
        ("tiger://keeper:lion@db.example/zoo", "database-not-supported", {"kind": "tiger"}),
        ("postgresql+asyncpg://keeper:lion@db.example/zoo", "database-not-supported", {"kind": "postgresql+asyncpg"}),
        ("sqlite://", "database-in-memory", {}),
        ("sqlite:///:memory:", "database-in-memory", {}),
        ("sqlite:///file::memory:?uri=true", "database-in-memory", {}),
        ("sqlite:///file:zoo?mode=memory&uri=true", "database-in-memory", {}),
    ],
)
def test_a_url_without_a_database_is_refused(url: str, code: str, fields: dict[str, object]) -> None:
    error = refusal(url)
    assert (error.code, error.fields) == (code, fields)
    assert "lion" not in "".join(traceback.format_exception(error))


def test_the_driver_of_postgresql_need_not_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    error = refusal("postgresql://keeper:lion@db.example/zoo")
    assert (error.code, error.fields) == ("database-driver-missing", {})
    assert "lion" not in "".join(traceback.format_exception(error))


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("postgres:", "keeper:"),  # a user that is not known
        ("/test_", "/no_test_"),
        ("host=", "host=/nowhere"),
        ("?host", "?no_option=1&host"),
    ],
)
def test_a_database_that_is_not_there_cannot_be_reached(postgresql: Server, part: str, other: str) -> None:
    with postgresql.database() as url:
        error = refusal(url.replace("postgres@", "postgres:lion@").replace(part, other))
    assert error.code == "database-unreachable"
    assert "lion" not in "".join(traceback.format_exception(error))


def test_a_database_that_may_not_be_written_is_not_made(postgresql: Server) -> None:
    postgresql.execute("CREATE ROLE reader LOGIN")
    with postgresql.database() as url:
        assert refusal(url.replace("postgres@", "reader@")).code == "database-read-only"
    postgresql.execute("DROP ROLE reader")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    error = refusal(tmp_path / "state" / "pullquote.db")
    assert error.code == "database-not-made"
    assert error.fields["path"] == str(tmp_path / "state" / "pullquote.db")


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "database-cannot-open"
