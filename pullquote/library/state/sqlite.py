"""What SQLite has to be told: to be durable, to check references, to wait, and to begin as it is asked to."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, event

from pullquote.library.state.errors import StateError
from retrieval.files import make_folder, sync

log = logging.getLogger(__name__)

WRITES = "pullquote_writes"
"""The execution option of an engine whose transactions write: they wait for one another where they begin."""
# A transaction that was committed is on the disk, and what was deleted is overwritten.
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")


def is_sqlite(url: URL) -> bool:
    """Whether this is a database of SQLite."""
    return url.get_backend_name() == "sqlite"


def check_lasting(url: URL) -> None:
    """Raise StateError if a database would be gone with the process."""
    if not url.database or ":memory:" in url.database or url.query.get("mode") == "memory":
        raise StateError("database-in-memory")


def make_private(url: URL) -> None:
    """Make the file that nobody else can read, if it is not there, and its folder. Raises StateError."""
    name = url.database or ""
    if name.startswith("file:"):
        return
    path = Path(name)
    try:
        make_folder(path.parent)
        if not path.exists():
            path.touch(mode=0o600)
            sync(path.parent)
    except OSError as error:
        raise StateError("database-not-made", path=name, reason=error.strerror or str(error)) from error


def set_up(engine: Engine) -> None:
    """Have all connections of an engine keep the rules above."""
    event.listen(engine, "connect", _connected)
    event.listen(engine, "begin", _begun)


def copy_aside(connection: Connection, revision: str) -> None:
    """Copy the database to a file beside it that is named after its revision. Raises StateError."""
    source = _driver(connection)
    [(_, _, file)] = source.execute("PRAGMA database_list").fetchall()
    copy = Path(f"{file}.{revision}")
    unfinished = Path(f"{copy}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        target = sqlite3.connect(unfinished)
        try:
            source.backup(target)
        finally:
            target.close()
        sync(unfinished)
        unfinished.replace(copy)
        sync(copy.parent)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise StateError("database-not-copied", path=str(copy), reason=str(error)) from error
    log.info("The database is brought up to date; as it was, it is kept in %s.", copy)


@contextmanager
def references_unchecked(connection: Connection) -> Iterator[None]:
    """Have a connection that is in no transaction check no references meanwhile, if it is of SQLite.

    SQLite changes a table by making it anew; when the old one is dropped, all rows that refer to it would be deleted.
    """
    if not is_sqlite(connection.engine.url):
        yield
        return
    driver = _driver(connection)
    driver.execute("PRAGMA foreign_keys = OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON").close()


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _connected(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # or sqlite3 would begin transactions by itself, and too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begun(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITES) else "BEGIN")
