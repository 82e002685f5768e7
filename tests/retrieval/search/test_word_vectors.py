"""Words' vectors: their cosines against brute force, and a file that survives what happens to files."""

from __future__ import annotations

import gc
import os
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.search.word_vectors import WordVectors, quantised, similarities
from tests.support.shelves import full_disk
from tests.support.wording import refusal

numbers = st.floats(-1e3, 1e3, width=32).filter(lambda number: number == 0 or abs(number) > 1e-3)
matrices = arrays.arrays(np.float32, st.tuples(st.integers(0, 6), st.integers(1, 8)), elements=numbers)


def random_vectors(count: int, dimension: int, seed: int) -> Vectors:
    """Vectors of length 1, pointing anywhere."""
    vectors = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    normed: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return normed


def numbered(words: int, dimension: int = 3) -> NDArray[np.int8]:
    """The vector of word i is [i, i, …]."""
    return np.repeat(np.arange(words, dtype=np.int8), dimension).reshape(words, dimension)


def filled(words: int, dimension: int = 3, folder: Path | None = None) -> WordVectors:
    vectors = WordVectors.create(words, dimension, folder)
    vectors.write(0, numbered(words, dimension))
    return vectors


def saved(folder: Path, words: int, dimension: int = 3) -> Path:
    path = folder / "words.i8"
    filled(words, dimension).copy_to(path)
    return path


@pytest.mark.parametrize("dimension", [32, 384])
def test_similarities_are_the_cosines_of_the_vectors_before_they_became_bytes(dimension: int) -> None:
    query, words = random_vectors(20, dimension, seed=1), random_vectors(500, dimension, seed=2)
    # Some as near to a word of the question as words in context are.
    words[:20] = query + 0.5 * words[:20]
    exact = [[float(np.dot(q, w) / np.linalg.norm(w)) for w in words.astype(float)] for q in query.astype(float)]
    found = similarities(query, quantised(words))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, exact, atol=0.01)


def test_the_same_direction_is_1_and_the_opposite_is_minus_1() -> None:
    words = random_vectors(100, 384, seed=3)
    found = similarities(words, quantised(words * 7))
    np.testing.assert_allclose(np.diag(found), 1, atol=1e-3)
    np.testing.assert_allclose(np.diag(similarities(words, quantised(-words))), -1, atol=1e-3)


def test_similarities_worked_out_by_hand() -> None:
    words = np.array([[3, 4], [0, -127], [0, 0]], np.int8)
    query = np.array([[1, 0], [0, 1], [0.6, 0.8], [0, 0]], np.float32)
    expected = np.array([[0.6, 0, 0], [0.8, -1, 0], [1, -0.8, 0], [0, 0, 0]])
    np.testing.assert_allclose(similarities(query, words), expected, atol=1e-6)


@pytest.mark.parametrize(("of_question", "words"), [(0, 5), (4, 0), (0, 0)])
def test_similarities_of_no_words(of_question: int, words: int) -> None:
    assert similarities(np.ones((of_question, 3), np.float32), np.ones((words, 3), np.int8)).shape == (
        of_question,
        words,
    )


@given(matrices)
@settings(max_examples=200, deadline=None)
def test_bytes_are_the_numbers_in_127ths_of_the_largest(vectors: Vectors) -> None:
    found = quantised(vectors)
    assert found.dtype == np.int8
    assert found.shape == vectors.shape
    for row, bytes_ in zip(vectors.astype(float), found, strict=True):
        largest = max(map(abs, row))
        if largest == 0:
            assert not bytes_.any()
        else:
            assert abs(int(bytes_[np.abs(row).argmax()])) == 127
            np.testing.assert_allclose(bytes_, row / largest * 127, atol=0.5 + 1e-4)
            assert not bytes_[row == 0].any()


def test_bytes_worked_out_by_hand() -> None:
    vectors = np.array([[0.5, -1, 0.25, 0], [0, 0, 0, 0], [-2, 2, 1, -0.001]], np.float32)
    # 63.5 and 31.75 are rounded, the half to the even number.
    assert quantised(vectors).tolist() == [[64, -127, 32, 0], [0, 0, 0, 0], [-127, 127, 64, 0]]


@pytest.fixture(params=["in memory", "in a file"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where new vectors go."""
    return tmp_path if request.param == "in a file" else None


def test_what_was_written_is_read_in_any_order(folder: Path | None) -> None:
    vectors = WordVectors.create(6, 3, folder)
    vectors.write(4, numbered(6)[4:6])
    vectors.write(0, numbered(6)[0:1])
    vectors.write(1, numbered(6)[1:4])
    found = vectors.read([(4, 6), (0, 2), (5, 6), (2, 4), (0, 6)])
    assert found[:, 0].tolist() == [4, 5, 0, 1, 5, 2, 3, 0, 1, 2, 3, 4, 5]
    np.testing.assert_array_equal(found, np.repeat(found[:, :1], 3, axis=1))
    assert found.dtype == np.int8


def test_all_bytes_survive_and_arrays_may_lie_anyhow_in_memory(folder: Path | None) -> None:
    every = np.arange(-128, 128).astype(np.int8).reshape(64, 4)
    vectors = WordVectors.create(64, 4, folder)
    vectors.write(0, np.asfortranarray(every))
    np.testing.assert_array_equal(vectors.read([(0, 64)]), every)
    vectors.write(0, every[::2])
    np.testing.assert_array_equal(vectors.read([(0, 32), (32, 64)]), np.vstack([every[::2], every[32:]]))


def test_what_is_written_last_is_read(folder: Path | None) -> None:
    vectors = filled(4, folder=folder)
    assert vectors.read([(1, 2)]).tolist() == [[1, 1, 1]]
    vectors.write(1, np.array([[7, 8, 9]], np.int8))
    assert vectors.read([(0, 3)]).tolist() == [[0, 0, 0], [7, 8, 9], [2, 2, 2]]


@pytest.mark.parametrize("spans", [[], [(0, 0)], [(4, 4), (2, 2)]])
def test_empty_spans_have_no_vectors(spans: list[tuple[int, int]]) -> None:
    assert filled(4).read(spans).shape == (0, 3)


def test_empty_spans_among_others(folder: Path | None) -> None:
    assert filled(4, folder=folder).read([(2, 2), (3, 4), (0, 0), (1, 2), (4, 4)]).tolist() == [[3, 3, 3], [1, 1, 1]]


def test_a_corpus_may_have_no_words_at_all(tmp_path: Path) -> None:
    path = saved(tmp_path, 0)
    assert path.read_bytes() == b""
    assert WordVectors.open(path, 0, 3).read([(0, 0)]).shape == (0, 3)


def test_a_copy_holds_what_was_written_and_can_be_copied_again(tmp_path: Path) -> None:
    path = saved(tmp_path, 100)
    assert path.read_bytes() == numbered(100).tobytes()
    opened = WordVectors.open(path, 100, 3)
    assert (opened.words, opened.dimension) == (100, 3)
    opened.read([(50, 60)])
    opened.copy_to(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_writing_goes_on_after_copying(tmp_path: Path, folder: Path | None) -> None:
    vectors = filled(3, folder=folder)
    vectors.copy_to(tmp_path / "before")
    vectors.write(2, np.array([[9, 9, 9]], np.int8))
    assert vectors.read([(0, 3)])[:, 0].tolist() == [0, 1, 9]
    assert (tmp_path / "before").read_bytes() == numbered(3).tobytes()


@pytest.mark.parametrize("size", [0, 11, 13, 24])
def test_a_file_of_another_size_is_not_opened(tmp_path: Path, size: int) -> None:
    path = tmp_path / "words.i8"
    path.write_bytes(bytes(size))
    with refusal(SnapshotError, match=r"^words\.i8 does not hold 4 vectors of 3 bytes$"):
        WordVectors.open(path, 4, 3)


def test_a_file_that_is_not_there_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WordVectors.open(tmp_path / "words.i8", 4, 3)


@pytest.mark.parametrize("size", [0, 384_000 - 1])
def test_a_file_truncated_after_it_was_opened_is_an_error_and_not_a_crash(tmp_path: Path, size: int) -> None:
    path = saved(tmp_path, 100, 3840)
    vectors = WordVectors.open(path, 100, 3840)
    with path.open("rb+") as stream:
        stream.truncate(size)
    for spans in ([(0, 100)], [(99, 100)], [(0, 0), (98, 100)]):
        with refusal(SnapshotError, match=r"^the file of the words' vectors has become shorter$"):
            vectors.read(spans)


def test_what_a_truncated_file_still_has_can_be_read(tmp_path: Path) -> None:
    path = saved(tmp_path, 100, 3840)
    vectors = WordVectors.open(path, 100, 3840)
    with path.open("rb+") as stream:
        stream.truncate(50 * 3840)
    assert vectors.read([(48, 50)])[:, -1].tolist() == [48, 49]
    with refusal(SnapshotError, match="shorter"):
        vectors.read([(48, 51)])
    assert vectors.read([(0, 50)])[:, 0].tolist() == list(range(50))


def test_words_that_were_never_written_are_an_error(folder: Path | None) -> None:
    with refusal(SnapshotError, match="shorter"):
        WordVectors.create(4, 3, folder).read([(0, 1)])


@pytest.mark.skipif(os.name == "nt", reason="Windows has no files without names")
def test_a_new_file_has_no_name_that_a_killed_process_could_leave(tmp_path: Path) -> None:
    vectors = filled(4, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert vectors.read([(3, 4)]).tolist() == [[3, 3, 3]]


def test_what_a_full_disk_does_not_take_is_an_error_once(tmp_path: Path) -> None:
    vectors = WordVectors.create(4, 3, tmp_path)
    with full_disk():
        with pytest.raises(OSError, match="File too large"):
            vectors.write(0, numbered(4))
        # The rest is still waiting to be written when the file is closed.
        del vectors
        gc.collect()


def test_a_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WordVectors.create(4, 3, tmp_path / "gone")


def test_a_deleted_file_stays_readable(tmp_path: Path) -> None:
    path = saved(tmp_path, 100, 3840)
    vectors = WordVectors.open(path, 100, 3840)
    path.unlink()
    # Another file in its place is another file.
    path.write_bytes(bytes(100 * 3840))
    np.testing.assert_array_equal(vectors.read([(0, 100)]), numbered(100, 3840))


def test_files_are_closed_when_nobody_uses_them_any_more(tmp_path: Path) -> None:
    """The interpreter warns of each that it has to close itself."""
    path = saved(tmp_path, 4)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for vectors in (filled(4), filled(4, folder=tmp_path), WordVectors.open(path, 4, 3)):
            assert len(vectors.read([(0, 4)])) == 4
        del vectors
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


def test_eight_threads_read_what_a_single_thread_reads(tmp_path: Path) -> None:
    """Spans longer than a file's buffer, so that a reader in between would move where the others read."""
    words, dimension = 400, 384
    every = np.random.default_rng(4).integers(-127, 128, (words, dimension)).astype(np.int8)
    writable = WordVectors.create(words, dimension, tmp_path)
    writable.write(0, every)
    writable.copy_to(tmp_path / "words.i8")
    opened = WordVectors.open(tmp_path / "words.i8", words, dimension)
    wrong: list[tuple[int, int]] = []
    start = threading.Barrier(8)

    def work(seed: int) -> None:
        draw = np.random.default_rng(seed)
        start.wait()
        for _ in range(100):
            spans = [(first, first + length) for first, length in draw.integers(0, 100, (6, 2)) * (3, 1)]
            expected = np.vstack([every[first:end] for first, end in spans])
            for vectors in (opened, writable):
                if not np.array_equal(vectors.read(spans), expected):
                    wrong.extend(spans)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
