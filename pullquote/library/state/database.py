"""The database: opened once for a process, used from any of its threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from pullquote.library.state import postgresql, sqlite
from pullquote.library.state.errors import StateError, told
from pullquote.library.state.schema import migrate

__all__ = ["Database", "Session"]

# How many seconds a transaction waits for another transaction, for a connection, and for the server.
_PATIENCE = 10.0
# What the tests run on, with the driver of the extra "postgresql".
_KINDS = {"sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"}


class Database:
    """Transactions. What is read or changed in one is read or changed at one point in time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(**{sqlite.WRITES: True})
        snapshots = {} if sqlite.is_sqlite(engine.url) else {"isolation_level": "REPEATABLE READ"}
        self._reading = engine.execution_options(**snapshots)

    @classmethod
    def open(cls, where: str | Path, patience: float = _PATIENCE) -> Self:
        """Open a database and bring its tables up to date.

        `where` is a URL as SQLAlchemy has them, or a file of SQLite, which is made if it is not there. `patience` is
        in seconds. Raises StateError if the database cannot be used.
        """
        engine = _engine(where, patience)
        try:
            with told():
                database = cls(engine)
                migrate(engine)
        except BaseException:
            engine.dispose()
            raise
        return database

    @contextmanager
    def change(self) -> Iterator[Session]:
        """A transaction that is on the disk when it ends. An error in it undoes all of it.

        Raises StateError if the database fails; then nothing changed, or what changed is whole but was not confirmed.
        """
        with told(), Session(self._writing) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads. Raises StateError if the database fails."""
        with told(), Session(self._reading) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _engine(where: str | Path, patience: float) -> Engine:
    # A URL that is not understood may hold a password, so the errors that quote it are not chained.
    try:
        url = make_url(where) if isinstance(where, str) else URL.create("sqlite", database=str(where))
        if url.drivername not in _KINDS:
            raise StateError("database-not-supported", kind=url.drivername)
        arguments: dict[str, Any] = {}
        if sqlite.is_sqlite(url):
            sqlite.check_lasting(url)
            arguments["timeout"] = patience
        engine = create_engine(
            url, connect_args=arguments, hide_parameters=True, pool_pre_ping=True, pool_timeout=patience
        )
    except ImportError:
        raise StateError("database-driver-missing") from None
    except (ArgumentError, TypeError, ValueError):
        raise StateError("database-not-understood") from None
    if sqlite.is_sqlite(url):
        sqlite.make_private(url)
        sqlite.set_up(engine)
    else:
        postgresql.set_up(engine, patience)
    return engine
