"""Files for nobody but whoever runs the program, which the disk has for good and whole, whatever happens."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, unless they are there: then they stay as they are. Raises OSError."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def keep_private(path: Path) -> None:
    """Let nobody else read a file or look into a folder. Windows and some file systems know no such permissions."""
    with suppress(OSError):
        path.chmod(0o700 if path.is_dir() else 0o600)


def replace_durably(path: Path, content: bytes) -> None:
    """Put a new file in the place of another, if there is one: who reads it sees the old one or the whole new one.

    Raises OSError; then the old one is still there.
    """
    descriptor, name = mkstemp(dir=path.parent, prefix=f"{path.name}.")
    os.close(descriptor)
    new = Path(name)
    try:
        write_durably(new, content)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file for nobody else, and wait until the disk has it. Raises OSError."""
    write_private(path, content)
    sync(path)


def write_private(path: Path, content: bytes) -> None:
    """Write a file for nobody else, even where there is one for all. Raises OSError."""
    path.touch(mode=0o600)
    keep_private(path)
    path.write_bytes(content)


def sync(path: Path) -> None:
    """Have the disk take what was written to a file or folder. Windows cannot do that for folders."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
