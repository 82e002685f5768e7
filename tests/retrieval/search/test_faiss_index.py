"""The FAISS index against NumPy's brute force."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.search.faiss_index import FaissIndex
from tests.support.brute_force_index import BruteForceIndex
from tests.support.wording import refusal


def unit_vectors(count: int, dimension: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


@given(rows=st.integers(1, 60), dimension=st.integers(1, 40), k=st.integers(1, 80), seed=st.integers(0, 2**32 - 1))
@example(rows=1, dimension=1, k=80, seed=0)
@example(rows=20, dimension=384, k=20, seed=0)
@settings(max_examples=60, deadline=None)
def test_it_finds_what_brute_force_finds(rows: int, dimension: int, k: int, seed: int) -> None:
    vectors, queries = unit_vectors(rows, dimension, seed), unit_vectors(3, dimension, seed + 1)
    nearest = FaissIndex.build(vectors).search(queries, k)
    assert nearest.rows.shape == nearest.cosines.shape == (3, min(k, rows))
    np.testing.assert_allclose(nearest.cosines, BruteForceIndex.build(vectors).search(queries, k).cosines, atol=1e-6)
    # The rows are those that the cosines belong to; of rows with the same cosine at the end, any will do.
    cosines = np.take_along_axis(queries @ vectors.T, nearest.rows, axis=1)
    np.testing.assert_allclose(cosines, nearest.cosines, atol=1e-6)
    assert nearest.rows.min() >= 0
    assert all(len(set(row)) == min(k, rows) for row in nearest.rows.tolist())


class Watched:
    """An index that notes how many threads FAISS may use while it searches."""

    ntotal = 3

    def __init__(self) -> None:
        self.seen = 0
        self._index = faiss.IndexFlatIP(3)
        self._index.add(np.eye(3, dtype=np.float32))

    def search(self, *arguments: Any) -> Any:
        self.seen = faiss.omp_get_max_threads()
        return self._index.search(*arguments)


def test_a_search_has_a_single_thread_and_leaves_the_number_as_it_was() -> None:
    before = faiss.omp_get_max_threads()
    watched: Any = Watched()
    faiss.omp_set_num_threads(5)
    try:
        assert FaissIndex(watched).search(np.eye(3, dtype=np.float32)[:1], 1).rows.tolist() == [[0]]
        assert (watched.seen, faiss.omp_get_max_threads()) == (1, 5)
    finally:
        faiss.omp_set_num_threads(before)


def test_more_than_there_are_gives_all_of_them_and_no_row_minus_one() -> None:
    index = FaissIndex.build(np.eye(3, dtype=np.float32))
    nearest = index.search(np.array([[0, 1, 0], [0.6, 0, 0.8]], np.float32), 50)
    assert len(index) == 3
    assert nearest.rows[0, 0] == 1
    assert sorted(nearest.rows[0]) == [0, 1, 2]
    assert nearest.rows[1].tolist() == [2, 0, 1]
    np.testing.assert_array_equal(nearest.cosines, np.array([[1, 0, 0], [0.8, 0.6, 0]], np.float32))


def test_equal_vectors_are_all_found_once() -> None:
    vectors = np.zeros((6, 2), np.float32)
    vectors[:, 1] = 1
    vectors[[1, 3, 4]] = (1, 0)
    nearest = FaissIndex.build(vectors).search(np.array([[1, 0]], np.float32), 4)
    assert nearest.cosines.tolist() == [[1, 1, 1, 0]]
    assert sorted(nearest.rows[0, :3]) == [1, 3, 4]
    assert nearest.rows[0, 3] in (0, 2, 5)


def test_vectors_that_lie_scattered_in_memory_are_indexed_as_they_stand() -> None:
    vectors = unit_vectors(10, 4, seed=1)
    scattered = np.asfortranarray(vectors)
    np.testing.assert_array_equal(
        FaissIndex.build(scattered).search(np.asfortranarray(vectors[2:5]), 3).rows,
        FaissIndex.build(vectors).search(vectors[2:5], 3).rows,
    )


def test_a_path_may_have_any_letters(tmp_path: Path) -> None:
    vectors = unit_vectors(30, 8, seed=2)
    path = tmp_path / "índice – 索引.faiss"
    written = FaissIndex.build(vectors)
    written.write(path)
    read = FaissIndex.read(path)
    assert len(read) == 30
    before, after = written.search(vectors, 5), read.search(vectors, 5)
    np.testing.assert_array_equal(after.rows, before.rows)
    np.testing.assert_array_equal(after.cosines, before.cosines)


@pytest.mark.parametrize("content", [b"", b"IxFI", b"this is not an index, whatever its name says"])
def test_a_file_that_is_not_an_index_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "passages.faiss"
    path.write_bytes(content)
    with refusal(SnapshotError, match=r"^passages\.faiss cannot be read by FAISS$"):
        FaissIndex.read(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_an_error_of_the_operating_system() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        FaissIndex.build(unit_vectors(1000, 8, seed=3)).write(Path("/dev/full"))
    assert caught.value.errno == errno.ENOSPC


def test_a_missing_folder_is_an_error_of_the_operating_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FaissIndex.build(unit_vectors(1, 8, seed=3)).write(tmp_path / "missing" / "passages.faiss")
