"""Files that nobody but the operator can read, and that the disk has whole, whatever happens."""

from __future__ import annotations

import glob
import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp

_UNFINISHED = ".unfinished"
# How many seconds a living process may take for a replacement; in truth it takes less than a second.
_LONGEST_REPLACEMENT = 3600


def make_folder(folder: Path) -> None:
    """Make a folder and the folders above it. Folders that exist stay as they are. Raises OSError."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def keep_private(path: Path) -> None:
    """Let nobody else read a file or look into a folder. Windows and some file systems have no such permissions."""
    with suppress(OSError):
        path.chmod(0o700 if path.is_dir() else 0o600)


def replace_durably(path: Path, content: bytes) -> None:
    """Replace a file, or write a new file. A reader sees the old content or the whole new content.

    Raises OSError; then the old file is still there. What killed processes left of earlier replacements is removed.
    """
    _remove_unfinished(path)
    descriptor, name = mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=_UNFINISHED)
    os.close(descriptor)
    replacement = Path(name)
    try:
        write_durably(replacement, content)
        replacement.replace(path)
    except BaseException:
        replacement.unlink(missing_ok=True)
        raise
    sync(path.parent)


def _remove_unfinished(path: Path) -> None:
    latest = time.time() - _LONGEST_REPLACEMENT
    for left in path.parent.glob(f"{glob.escape(path.name)}.*{_UNFINISHED}"):
        with suppress(OSError):
            if left.stat().st_mtime < latest:
                left.unlink()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that nobody else can read, and wait until the disk has it. Raises OSError."""
    write_private(path, content)
    sync(path)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that nobody else can read, even over a file that all can read. Raises OSError."""
    path.touch(mode=0o600)
    keep_private(path)
    path.write_bytes(content)


def sync(path: Path) -> None:
    """Wait until the disk has what was written to a file or folder. Windows cannot do this for folders."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
