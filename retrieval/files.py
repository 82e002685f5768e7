"""Files that the disk has for good, and that are whole whatever happens while they are written."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp


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
    """Write a file and wait until the disk has it. Raises OSError."""
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
