"""Who holds the data folder: two processes that write the same articles and indexes would undo each other's work."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from pullquote.library.state.errors import StateError
from retrieval.files import make_folder, replace_durably


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that holds a data folder."""

    pid: int
    host: str
    since: dt.datetime


_HOLDER = TypeAdapter(Holder)


@contextmanager
def holding(data: Path) -> Iterator[None]:
    """Hold a data folder. The system frees the folder of a process that is killed.

    Raises StateError that names the holder if another process holds the folder, or if no process can.
    """
    note = data / "holder.json"
    try:
        make_folder(data)
        lock = FileLock(data / "holder.lock", timeout=0, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise _held(data, note) from error
    except OSError as error:
        raise StateError("data-not-held", folder=str(data), reason=error.strerror or str(error)) from error
    try:
        _write(note)
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        lock.release()


def _write(note: Path) -> None:
    """Note who holds the folder. The lock counts without the note, too, should the disk be full."""
    holder = Holder(os.getpid(), platform.node(), dt.datetime.now(dt.UTC))
    with suppress(OSError):
        replace_durably(note, _HOLDER.dump_json(holder))


def _held(data: Path, note: Path) -> StateError:
    try:
        holder = _HOLDER.validate_json(note.read_bytes())
    except (OSError, ValueError):
        return StateError("data-held", folder=str(data))
    return StateError(
        "data-held-by", folder=str(data), pid=holder.pid, host=holder.host, since=holder.since.astimezone(dt.UTC)
    )
