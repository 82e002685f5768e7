"""What can go wrong with the database, told from whatever its driver raises."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from retrieval.errors import Field, PullquoteError, Reason

_LOCKED = Reason.of("database-locked")
_FULL = Reason.of("database-full")
_READ_ONLY = Reason.of("database-read-only")
_DAMAGED = Reason.of("database-damaged")
_DISK_FAILS = Reason.of("database-disk-fails")
_UNREACHABLE = Reason.of("database-unreachable")
# By the lowest byte of SQLite's code; the other bytes only say more.
_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: _DISK_FAILS,
    sqlite3.SQLITE_CANTOPEN: Reason.of("database-cannot-open"),
}
# By PostgreSQL's SQLSTATE, or the two characters of its class.
_SQLSTATE = {
    "40": _LOCKED,  # a deadlock, or a transaction that came too late
    "55P03": _LOCKED,
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _READ_ONLY,  # as a user without the right to write
    "XX": _DAMAGED,
    "58": _DISK_FAILS,
    "08": _UNREACHABLE,
    "28": _UNREACHABLE,
    "3D": _UNREACHABLE,
    "53": _UNREACHABLE,
    "57": _UNREACHABLE,
}


class StateError(PullquoteError):
    """What a moderator wanted cannot be done, or the database cannot be used. Nothing changed."""

    def __init__(self, code: str, /, **fields: Field) -> None:
        super().__init__(code, **fields)


@contextmanager
def told() -> Iterator[None]:
    """Raise a StateError for what is wrong with the database. What is wrong with the program is raised as it is."""
    try:
        yield
    except NoConnectionError as error:
        raise StateError(_LOCKED.code) from error
    except zlib.error as error:
        raise StateError(_DAMAGED.code) from error
    except DBAPIError as error:
        if (reason := _why(error)) is None:
            raise
        raise StateError(reason.code, **reason.fields) from error


def _why(error: DBAPIError) -> Reason | None:
    cause = error.orig
    if isinstance(code := getattr(cause, "sqlite_errorcode", None), int):
        return _SQLITE.get(code & 0xFF) or _failed(error)
    state = getattr(cause, "sqlstate", None)
    if not isinstance(state, str):  # nothing was heard from the server
        unheard = isinstance(error, OperationalError) or error.connection_invalidated or error.statement is None
        return _UNREACHABLE if unheard else None
    return _SQLSTATE.get(state) or _SQLSTATE.get(state[:2]) or _failed(error)


def _failed(error: DBAPIError) -> Reason | None:
    """What is told of another error that the database is to blame for: its own words may show a path or a text."""
    if not isinstance(error, OperationalError):
        return None
    return Reason.of("database-failed", error=type(error.orig).__name__)
