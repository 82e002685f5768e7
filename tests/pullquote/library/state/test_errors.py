"""Whatever the database is to blame for is told by a code, and nothing is half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DBAPIError

from pullquote.library.catalogue import Catalogue
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.versions import Versions
from tests.support.postgresql import Server
from tests.support.states import MODERATOR, ZOO, Clock, execute, new, rows

ANTS = new("ants.txt", "Ants dig.")
MANY_ANTS = new("ants.txt", "\n".join(f"Ant {number} digs {number**7} holes." for number in range(5000)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pullquote.db"


@pytest.fixture
def sqlite(file: Path) -> Iterator[Database]:
    """A file with an article, and a database that waits for nobody."""
    database = Database.open(file, patience=0)
    Versions(database, Clock()).put(ZOO, MODERATOR, [ANTS])
    yield database
    database.close()


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    with postgresql.database() as url:
        yield url


@pytest.fixture
def remote(postgresql_url: str) -> Iterator[Database]:
    """The same in PostgreSQL; nobody waits longer than a hundredth of a second."""
    database = Database.open(postgresql_url, patience=0.01)
    Versions(database, Clock()).put(ZOO, MODERATOR, [ANTS])
    yield database
    database.close()


def why(action: Callable[[], object]) -> str:
    with pytest.raises(StateError) as error:
        action()
    return error.value.code


@contextmanager
def unchanged(database: Database) -> Iterator[Callable[[], str]]:
    """A change that fails, by its code. Afterwards all is as it was, and changes are possible again."""
    versions, catalogue = Versions(database, Clock()), Catalogue(database)
    before = rows(database), catalogue.current(ZOO), catalogue.corpus(ZOO), catalogue.history(ZOO, 9)
    yield lambda: why(lambda: versions.put(ZOO, MODERATOR, [MANY_ANTS]))
    assert (rows(database), catalogue.current(ZOO), catalogue.corpus(ZOO), catalogue.history(ZOO, 9)) == before
    assert versions.put(ZOO, MODERATOR, [MANY_ANTS]) == 2


# SQLite


def test_a_database_that_another_process_keeps_locked(sqlite: Database, file: Path) -> None:
    with unchanged(sqlite) as change, closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert change() == "database-locked"
        assert len(Catalogue(sqlite).current(ZOO).entries) == 1  # readers wait for nobody
        other.execute("ROLLBACK")


def test_a_locked_database_is_not_opened(sqlite: Database, file: Path) -> None:
    sqlite.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert why(lambda: Database.open(file, patience=0)) == "database-locked"


def test_a_full_disk(sqlite: Database) -> None:
    def limit(connection: sqlite3.Connection, pages: int) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    def check_out(connection: sqlite3.Connection, *_: object) -> None:
        limit(connection, pages)

    pages = 1  # never less than there are
    event.listen(sqlite.engine, "checkout", check_out)
    with unchanged(sqlite) as change:
        assert change() == "database-full"
        pages = 2**31


def test_a_disk_that_fails(sqlite: Database, file: Path) -> None:
    resource = pytest.importorskip("resource", reason="Windows has no such limit")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with unchanged(sqlite) as change:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file.with_name("pullquote.db-wal").stat().st_size, hard))
        try:
            assert change() == "database-disk-fails"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_is_damaged(sqlite: Database, file: Path) -> None:
    sqlite.close()
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"ants" * ((size - 4096) // 4))
    damaged = file.read_bytes()
    assert why(lambda: Database.open(file)) == "database-damaged"
    assert file.read_bytes() == damaged


def test_a_file_that_is_not_a_database(file: Path) -> None:
    file.write_bytes(b"Ants dig holes. " * 1000)
    assert why(lambda: Database.open(file)) == "database-damaged"
    assert file.read_bytes() == b"Ants dig holes. " * 1000


def test_a_table_that_is_gone(sqlite: Database) -> None:
    execute(sqlite, "DROP TABLE audit")
    with pytest.raises(StateError) as error:
        Catalogue(sqlite).history(ZOO, 9)
    assert (error.value.code, error.value.fields) == ("database-failed", {"error": "OperationalError"})


# PostgreSQL


def test_an_article_that_another_transaction_keeps_locked(remote: Database, postgresql_url: str) -> None:
    with unchanged(remote) as change, psycopg.connect(postgresql_url) as other:
        other.execute("SELECT * FROM guilds FOR UPDATE")
        assert change() == "database-locked"
        other.rollback()


# What the server would say of itself, which only the worst of days would have it say in earnest.
@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "database-full"),
        ("58030", "database-disk-fails"),
        ("XX001", "database-damaged"),
        ("40P01", "database-locked"),
        ("40001", "database-locked"),
        ("25006", "database-read-only"),
        ("53300", "database-unreachable"),
        ("57P01", "database-unreachable"),
        ("55000", "database-failed"),
    ],
)
def test_what_the_server_says(remote: Database, state: str, code: str) -> None:
    execute(
        remote,
        f"CREATE FUNCTION fail() RETURNS trigger AS $$BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END$$ "
        "LANGUAGE plpgsql",
        "CREATE TRIGGER fail BEFORE INSERT ON audit EXECUTE FUNCTION fail()",
    )
    with unchanged(remote) as change:
        assert change() == code
        execute(remote, "DROP TRIGGER fail ON audit")


def test_a_server_that_may_only_be_read(remote: Database, postgresql: Server, postgresql_url: str) -> None:
    name = make_url(postgresql_url).database
    with unchanged(remote) as change:
        postgresql.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        remote.close()  # connections that are there keep what they were told
        assert len(Catalogue(remote).current(ZOO).entries) == 1
        assert change() == "database-read-only"
        postgresql.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        remote.close()


def test_a_server_that_was_stopped_and_started_again(remote: Database, postgresql: Server) -> None:
    with unchanged(remote) as change:
        with postgresql.stopped():
            assert change() == "database-unreachable"
            assert why(lambda: Catalogue(remote).current(ZOO)) == "database-unreachable"
        assert len(Catalogue(remote).current(ZOO).entries) == 1


def test_a_server_that_stops_in_the_middle_of_a_change(remote: Database, postgresql: Server) -> None:
    def change() -> None:
        with remote.change() as session:
            session.execute(text("UPDATE guilds SET state = 7"))
            with postgresql.stopped():
                session.execute(text("UPDATE guilds SET state = 8"))

    with unchanged(remote):
        assert why(change) == "database-unreachable"


# Both


def test_a_document_that_is_damaged(database: Database) -> None:
    Versions(database).put(ZOO, MODERATOR, [ANTS])
    [entry] = Catalogue(database).current(ZOO).entries
    execute(database, "UPDATE sources SET raw = parsed, parsed = raw", "UPDATE sources SET raw = substr(raw, 2)")
    assert why(lambda: Catalogue(database).document(ZOO, entry.version)) == "database-damaged"


def test_more_transactions_at_once_than_there_are_connections(where: str | Path) -> None:
    database = Database.open(where, patience=0.01)
    with ExitStack() as stack:
        for _ in range(15):
            stack.enter_context(database.read()).execute(text("SELECT 1"))
        assert why(lambda: rows(database)) == "database-locked"
    assert rows(database) == {}
    database.close()


def test_a_statement_that_is_wrong_is_a_fault_of_the_program(remote: Database) -> None:
    with pytest.raises(DBAPIError):
        execute(remote, "SELECT holes FROM guilds")
