"""A shelf: a folder of saved snapshots, one of which is in force. Replacing the file `current` is the switch."""

from __future__ import annotations

import logging
import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import SnapshotError

log = logging.getLogger(__name__)

_CURRENT = re.compile(r"(?P<name>[0-9]{8}T[0-9]{6}-[0-9a-f]{8}) (?P<checksum>[0-9a-f]{64})\n")
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Current:
    """What the file `current` says: the folder in force and the SHA-256 of its manifest."""

    name: str
    checksum: str


def read_current(shelf: Path) -> Current | None:
    """Which snapshot is in force; None if none was ever saved. Raises SnapshotError if that cannot be told."""
    try:
        match = _CURRENT.fullmatch((shelf / "current").read_text(encoding="ascii"))
    except FileNotFoundError:
        if any(shelf.glob("*/manifest.json")):
            raise SnapshotError(f"the file 'current' in {shelf.name} is missing") from None
        return None
    except (OSError, ValueError) as error:
        raise SnapshotError(f"the file 'current' in {shelf.name} cannot be read") from error
    if match is None:
        raise SnapshotError(f"the file 'current' in {shelf.name} is damaged")
    return Current(match["name"], match["checksum"])


def switch(shelf: Path, current: Current) -> Current | None:
    """Put another snapshot in force. Returns the one before; raises OSError, then nothing is switched."""
    folder = shelf / current.name
    write_durably(folder / "current", f"{current.name} {current.checksum}\n".encode())
    # All of it must be on the disk before `current` names it, or a power cut could leave a name without a folder.
    sync(folder)
    sync(shelf)
    before = None
    with suppress(SnapshotError):
        before = read_current(shelf)
    (folder / "current").replace(shelf / "current")
    return before


def tidy(shelf: Path, current: Current, before: Current | None) -> None:
    """Remove the snapshot that was in force, and what killed processes left: everything older than an hour.

    A younger one may be another process's that is not finished yet.
    """
    hour_ago = time.time() - _HOUR
    try:
        sync(shelf)  # or a power cut could bring back a `current` that names what is removed here
        for folder in (path for path in shelf.iterdir() if path.is_dir() and path.name != current.name):
            if (before and folder.name == before.name) or folder.stat().st_mtime < hour_ago:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        log.warning("Older snapshots in %s may still be there (%s).", shelf, error.strerror or error)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    path.write_bytes(content)
    sync(path)


def sync(path: Path) -> None:
    """Have the disk take what was written to a file or folder. Windows cannot do that for folders."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
