"""A shelf: a folder of saved snapshots, one of which is in force. Replacing the file `current` is the switch."""

from __future__ import annotations

import errno
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import SnapshotError
from retrieval.files import sync, write_durably

log = logging.getLogger(__name__)

_NAME = re.compile("[0-9]{8}T[0-9]{6}-[0-9a-f]{8}")
_CURRENT = re.compile(rf"(?P<name>{_NAME.pattern}) (?P<checksum>[0-9a-f]{{64}})\n")


@dataclass(frozen=True, slots=True)
class Current:
    """What the file `current` says: the folder in force and the SHA-256 of its manifest."""

    name: str
    checksum: str


def read_current(shelf: Path) -> Current | None:
    """The snapshot in force; None if no snapshot was ever saved. Raises SnapshotError if `current` does not tell."""
    try:
        match = _CURRENT.fullmatch((shelf / "current").read_text(encoding="ascii"))
    except FileNotFoundError:
        if any(shelf.glob("*/manifest.json")):
            raise SnapshotError("current-missing", shelf=shelf.name) from None
        return None
    except (OSError, ValueError) as error:
        raise SnapshotError("current-unreadable", shelf=shelf.name) from error
    if match is None:
        raise SnapshotError("current-damaged", shelf=shelf.name)
    return Current(match["name"], match["checksum"])


def switch(shelf: Path, current: Current) -> None:
    """Put another snapshot in force. Raises OSError; then the old snapshot stays in force."""
    folder = shelf / current.name
    write_durably(folder / "current", f"{current.name} {current.checksum}\n".encode())
    # All of the folder must be on the disk before `current` names it: a power cut could leave a name without a folder.
    sync(folder)
    sync(shelf)
    (folder / "current").replace(shelf / "current")


def tidy(shelf: Path) -> None:
    """Remove all snapshots but the current, and what killed processes left of their own. To be called `locked`."""
    try:
        sync(shelf)  # or a power cut could bring back a `current` that names a removed folder
        current = read_current(shelf)
        for folder in shelf.iterdir():
            if _NAME.fullmatch(folder.name) and (current is None or folder.name != current.name):
                shutil.rmtree(folder, ignore_errors=True)
    except SnapshotError:
        return  # nobody can tell which snapshot is in force; whoever loads it says so
    except OSError as error:
        log.warning("Older snapshots in %s may still be there (%s).", shelf, error.strerror or error)


def tidy_at_start(shelf: Path) -> None:
    """Tidy, unless a living process is saving, which tidies in the end, or the shelf cannot be written."""
    with suppress(OSError):
        if shelf.is_dir():
            with locked(shelf, patience=0):
                tidy(shelf)


@contextmanager
def locked(shelf: Path, patience: float) -> Iterator[None]:
    """Keep other processes from saving on this shelf and from tidying it. The system frees the lock of a dead process.

    Raises TimeoutError after waiting `patience` seconds for another process, OSError if the shelf cannot be written.
    """
    lock = FileLock(shelf / "lock", timeout=patience, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(errno.ETIMEDOUT, "another process is saving there") from error
    try:
        yield
    finally:
        lock.release()
