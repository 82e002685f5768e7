"""Arrays in a folder of a snapshot, a file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import SnapshotError


def read_arrays(folder: Path, names: Sequence[str]) -> list[NDArray[Any]]:
    """Read what `write_arrays` wrote. Raises SnapshotError if an array cannot be read."""
    try:
        return [np.load(folder / f"{name}.npy", allow_pickle=False) for name in names]
    except (OSError, EOFError, ValueError) as error:
        raise SnapshotError("words-unreadable", name=folder.name) from error


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays into a new folder, under their names. Raises OSError."""
    folder.mkdir()
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
