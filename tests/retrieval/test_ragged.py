"""Rows of different lengths do what lists of lists do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.ragged import Ragged

THREE = Ragged.of_lengths([2, 0, 3])

rows_of_numbers = st.lists(st.lists(st.integers(-9, 9), max_size=4), max_size=8)


def flat(rows: list[list[int]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([number for row in rows for number in row], np.int64)


def test_worked_out_by_hand() -> None:
    assert THREE.starts.tolist() == [0, 2, 2, 5]
    assert THREE.starts.dtype == np.int64
    assert (len(THREE), THREE.entries) == (3, 5)
    assert THREE.lengths.tolist() == [2, 0, 3]
    assert THREE.rows().tolist() == [0, 0, 2, 2, 2]
    assert THREE.row_of(np.array([[0, 1], [2, 4]])).tolist() == [[0, 0], [2, 2]]
    assert [THREE.span(row) for row in range(3)] == THREE.spans(np.arange(3)) == [(0, 2), (2, 2), (2, 5)]
    selected = THREE.select(np.array([2, 1, 0, 2]))
    assert selected.entries.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]
    assert selected.rows.lengths.tolist() == [3, 0, 2, 3]


def test_no_rows_have_no_entries() -> None:
    nothing = Ragged.of_lengths([])
    assert (len(nothing), nothing.entries) == (0, 0)
    assert nothing.maximum(np.zeros((2, 0))).shape == (2, 0)
    assert nothing.select(np.zeros(0, np.int64)).entries.tolist() == []


@pytest.mark.parametrize(
    ("values", "lengths", "largest", "total"),
    [
        ([3, 1, 2], [0, 2, 1], [0, 3, 2], [0, 4, 2]),
        ([3, 1, 2], [2, 0, 0, 1], [3, 0, 0, 2], [4, 0, 0, 2]),
        ([3, 1, 2], [1, 2, 0], [3, 2, 0], [3, 3, 0]),
        ([3, 1, 2], [0, 0, 3, 0, 0], [0, 0, 3, 0, 0], [0, 0, 6, 0, 0]),
        ([-3, -1, -2], [2, 0, 1], [-1, 0, -2], [-4, 0, -2]),
        ([True, False, False], [1, 0, 2], [True, False, False], [True, False, False]),
        ([[3, 1], [0, 2]], [0, 2], [[0, 3], [0, 2]], [[0, 4], [0, 2]]),
        ([], [0, 0], [0, 0], [0, 0]),
        ([[], []], [0], [[0], [0]], [[0], [0]]),
    ],
)
def test_the_largest_and_the_sum_of_each_row(
    values: list[Any], lengths: list[int], largest: list[Any], total: list[Any]
) -> None:
    rows, array = Ragged.of_lengths(lengths), np.array(values)
    assert rows.maximum(array).tolist() == largest
    assert rows.sum(array).tolist() == total
    assert rows.maximum(array).dtype == rows.sum(array).dtype == array.dtype


@given(rows_of_numbers)
@example([[], [1], [], [], [2, 3], []])
def test_every_operation_is_that_of_lists(rows: list[list[int]]) -> None:
    ragged, values = Ragged.of_lengths(map(len, rows)), flat(rows)
    numbers = np.array([i for i, row in enumerate(rows) for _ in row], np.int64)
    assert (len(ragged), ragged.entries) == (len(rows), len(values))
    assert ragged.lengths.tolist() == [len(row) for row in rows]
    assert ragged.rows().tolist() == ragged.row_of(np.arange(len(values))).tolist() == numbers.tolist()
    assert [values[slice(*ragged.span(i))].tolist() for i in range(len(rows))] == rows
    assert ragged.maximum(values).tolist() == [max(row, default=0) for row in rows]
    assert ragged.sum(values).tolist() == [sum(row) for row in rows]


@given(rows_of_numbers, st.lists(st.integers(0, 7), max_size=8))
def test_a_selection_has_the_rows_asked_for(rows: list[list[int]], wanted: list[int]) -> None:
    wanted = [row for row in wanted if row < len(rows)]
    ragged, values = Ragged.of_lengths(map(len, rows)), flat(rows)
    selection = ragged.select(np.array(wanted, np.int64))
    taken = values[selection.entries]
    assert [taken[start:end].tolist() for start, end in selection.rows.spans(np.arange(len(wanted)))] == [
        rows[row] for row in wanted
    ]
    assert ragged.spans(np.array(wanted, np.int64)) == [ragged.span(row) for row in wanted]


@given(st.lists(st.lists(st.integers(-3, 3), min_size=1, max_size=4), max_size=6))
def test_the_first_of_equal_entries_is_the_largest(rows: list[list[int]]) -> None:
    assert Ragged.of_lengths(map(len, rows)).argmax(flat(rows)).tolist() == [row.index(max(row)) for row in rows]


def test_an_empty_row_has_no_largest_entry() -> None:
    with pytest.raises(ValueError, match="empty sequence"):
        THREE.argmax(np.arange(5))
