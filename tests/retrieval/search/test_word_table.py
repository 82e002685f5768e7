"""The table of words: written and read again, and damage noticed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.errors import SnapshotError
from retrieval.ragged import Ragged
from retrieval.search.word_table import WordTable
from tests.support.wording import refusal

_TABLE = WordTable(
    passages=Ragged.of_lengths([2, 0, 1]),
    terms=np.array([5, 0, 5], np.int32),
    positions=np.array([1, 4, 0], np.int32),
    sentences=np.array([0, 1, 3], np.int32),
    looks=np.array([0, 1, 14], np.uint8),
)


def test_a_table_that_was_written_is_read_again_and_holds_no_pickle(tmp_path: Path) -> None:
    _TABLE.write(tmp_path / "words")
    read = WordTable.read(tmp_path / "words")
    assert sorted(path.name for path in (tmp_path / "words").iterdir()) == sorted(
        f"{name}.npy" for name in ("starts", "terms", "positions", "sentences", "looks")
    )
    for before, after in zip(arrays_of(_TABLE), arrays_of(read), strict=True):
        np.testing.assert_array_equal(after, before)
        assert after.dtype == before.dtype
    for path in (tmp_path / "words").iterdir():
        assert not np.load(path, allow_pickle=False).dtype.hasobject


def arrays_of(table: WordTable) -> list[NDArray[Any]]:
    return [table.passages.starts, table.terms, table.positions, table.sentences, table.looks]


def test_a_table_is_not_written_over_another(tmp_path: Path) -> None:
    _TABLE.write(tmp_path / "words")
    with pytest.raises(FileExistsError):
        _TABLE.write(tmp_path / "words")


@pytest.mark.parametrize("name", ["starts", "terms", "positions", "sentences", "looks"])
@pytest.mark.parametrize("content", [None, b"", b"\x93NUMPY", b"\x80\x04N."])
def test_a_damaged_table_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / "words" / f"{name}.npy"
    _TABLE.write(path.parent)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with refusal(SnapshotError, match=r"^the table of words in words cannot be read$"):
        WordTable.read(path.parent)
