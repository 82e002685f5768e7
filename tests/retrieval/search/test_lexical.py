"""BM25 against plain formulas, which passages have a word, and which word a misspelt word is meant to be."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.search.lexical import LexicalIndex
from tests.support.wording import refusal

stems = st.sampled_from(["cat", "dog", "fish", "ant", "bird", "cow"])
rows_of_stems = st.lists(st.lists(stems, max_size=12), min_size=1, max_size=8)


def bm25(rows: Sequence[Sequence[str]], question: Sequence[str]) -> list[float]:
    """Lucene's BM25 with k1 1.5 and b 0.75, each word of the question counted once."""
    counts = [Counter(row) for row in rows]
    mean = sum(row.total() for row in counts) / len(rows)
    scores = [0.0] * len(rows)
    for stem in set(question):
        having = sum(stem in row for row in counts)
        idf = math.log(1 + (len(rows) - having + 0.5) / (having + 0.5))
        for i, row in enumerate(counts):
            if row[stem]:
                length = 1.5 * (1 - 0.75 + 0.75 * row.total() / mean)
                scores[i] += idf * row[stem] / (row[stem] + length)
    return scores


def terms(index: LexicalIndex, question: Sequence[str]) -> list[int]:
    return [term for stem in question if (term := index.term(stem)) is not None]


def indexed(*stems: str) -> LexicalIndex:
    """An index with a passage for each stem."""
    return LexicalIndex.build([[stem] for stem in stems])


def meant(index: LexicalIndex, stem: str) -> list[int]:
    """The passages with the word that a stem is or is meant to be."""
    term = index.term(stem)
    return [] if term is None else index.rows_with(term).tolist()


@given(rows_of_stems, st.lists(stems))
@example([[]], ["cat"])
@example([[], []], [])
@example([["cat"]], ["cat", "cat"])
@example([["cat", "cat", "cat"], []], ["dog"])
@settings(max_examples=100, deadline=None)
def test_scores_are_those_of_the_formula(rows: list[list[str]], question: list[str]) -> None:
    index = LexicalIndex.build(rows)
    scores = index.search(terms(index, question))
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, bm25(rows, question), rtol=1e-5)


def test_bm25_worked_out_by_hand() -> None:
    """Two rows of two words each, so length does not matter: idf · tf / (tf + 1.5)."""
    index = LexicalIndex.build([["cat", "cat"], ["cat", "dog"]])
    idf = math.log(1 + 0.5 / 2.5)
    np.testing.assert_allclose(index.search(terms(index, ["cat"])), [idf * 2 / 3.5, idf * 1 / 2.5], rtol=1e-6)


def test_a_misspelt_word_and_the_word_it_is_meant_to_be_count_once() -> None:
    index = LexicalIndex.build([["otter", "dog"], ["dog"], ["cat"]])
    once, twice = terms(index, ["otter"]), terms(index, ["otter", "ottre"])
    assert len(twice) == 2
    assert index.search(once)[0] > 0
    np.testing.assert_array_equal(index.search(twice), index.search(once))


@given(rows_of_stems)
@settings(max_examples=100, deadline=None)
def test_rows_with_a_stem_are_those_that_have_it(rows: list[list[str]]) -> None:
    index = LexicalIndex.build(rows)
    for stem in ("cat", "dog", "fish", "ant", "bird", "cow"):
        assert sorted(meant(index, stem)) == [i for i, row in enumerate(rows) if stem in row]


@given(rows_of_stems)
@settings(max_examples=50, deadline=None)
def test_each_stem_has_a_term_of_its_own(rows: list[list[str]]) -> None:
    index = LexicalIndex.build(rows)
    vocabulary = sorted({stem for row in rows for stem in row})
    found = terms(index, vocabulary)
    assert len(found) == len(set(found)) == len(vocabulary)


# Stems of 4, 5, 8 and 9 letters, and two with digits.
_SPELT = indexed("crow", "otter", "aardvark", "lighthous", "otter90", "1874")


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("otter", "otter"),
        ("ottar", "otter"),  # a letter wrong
        ("ottter", "otter"),  # a letter too many
        ("ottery", "otter"),
        ("ottre", "otter"),  # two letters swapped
        ("otetr", "otter"),
        ("ligthous", "lighthous"),  # a letter missing
        ("lighthou", "lighthous"),
        ("lixhthoux", "lighthous"),  # two mistakes
        ("ligthhuos", "lighthous"),
        ("liighthouss", "lighthous"),
        ("aadrvakr", "aardvark"),
        ("aardvar", "aardvark"),
        ("aardvra", None),  # two mistakes in seven letters
        ("ottaar", None),
        ("ligxxxous", None),  # three mistakes
        ("oter", None),  # four letters
        ("crew", None),
        ("crows", None),  # a misspelling of a word of four letters
        ("utter", None),  # the first letter
        ("totter", None),
        ("toter", None),
        ("ilghthous", None),
        ("otter91", None),  # digits
        ("1875", None),
        ("18745", None),
        ("otter'", None),
    ],
)
def test_misspellings(stem: str, expected: str | None) -> None:
    assert _SPELT.term(stem) == (None if expected is None else _SPELT.term(expected))


letters = st.text("abcdehilot", min_size=1, max_size=1)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_one_slip_in_a_word_is_forgiven(data: st.DataObject) -> None:
    stem = data.draw(st.text("abcdehilot", min_size=6, max_size=12))
    position, letter = data.draw(st.integers(1, len(stem) - 2)), data.draw(letters)
    start, end = stem[:position], stem[position:]
    slip = data.draw(
        st.sampled_from([start + letter + end, start + letter + end[1:], start + end[1:], start + end[1::-1] + end[2:]])
    )
    index = indexed("zebra", stem, "fish")
    assert meant(index, slip) == [1]
    # With another first letter it is another word.
    assert meant(index, f"q{slip[1:]}") == []


def test_the_nearest_word_is_meant() -> None:
    index = LexicalIndex.build([["lighthous"], ["lighthous"], ["lighthoxx"]])
    assert [meant(index, stem) for stem in ("lighthox", "lighthou", "lighthoxy")] == [[2], [0, 1], [2]]


def test_of_equally_near_words_the_commonest_is_meant_then_the_first_in_the_alphabet() -> None:
    assert meant(LexicalIndex.build([["baker"], ["bakes"], ["bakes", "baked"]]), "bakez") == [1, 2]
    assert meant(indexed("baker", "bakes", "baked"), "bakez") == [2]


def test_a_word_without_digits_does_not_mean_a_word_with_digits() -> None:
    assert indexed("apollo11", "route66").term("apolloxy") is None
    assert indexed("otter9").term("otterx") is None


def test_a_word_that_is_known_is_not_misspelt() -> None:
    index = LexicalIndex.build([["otter"], ["utter"], ["ottar", "otter"]])
    assert [meant(index, stem) for stem in ("otter", "ottar", "utter")] == [[0, 2], [2], [1]]


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_stem_is_too_odd(stem: str) -> None:
    for index in (_EMPTY, _SPELT):
        term = index.term(f"x{stem}")
        assert term is None


_EMPTY = LexicalIndex.build([[], []])


def test_without_stems_all_scores_are_zero() -> None:
    assert _EMPTY.search([]).tolist() == [0, 0]
    assert _SPELT.search([]).tolist() == [0] * 6
    assert _SPELT.search([]).dtype == np.float32


def test_what_was_written_is_read_again_and_holds_no_pickle(tmp_path: Path) -> None:
    written = LexicalIndex.build([["cat", "łodz"], ["dog"], ["cat", "dog", "otter"]])
    written.write(tmp_path / "bm25")
    read = LexicalIndex.read(tmp_path / "bm25")
    for question in (["cat"], ["łodz", "dog"], ["ottre"], ["unicorn"], []):
        found = terms(read, question)
        assert found == terms(written, question)
        np.testing.assert_array_equal(read.search(found), written.search(found))
        assert [read.rows_with(term).tolist() for term in found] == [written.rows_with(term).tolist() for term in found]
    arrays = sorted((tmp_path / "bm25").glob("*.npy"))
    assert len(arrays) == 3
    assert all(not np.load(array, allow_pickle=False).dtype.hasobject for array in arrays)
    assert {path.suffix for path in (tmp_path / "bm25").iterdir()} == {".npy", ".json"}


@pytest.mark.parametrize(
    "name", ["params.index.json", "vocab.index.json", "data.csc.index.npy", "indptr.csc.index.npy"]
)
@pytest.mark.parametrize("content", [None, b"", b"{", b"\x93NUMPY"])
def test_a_damaged_index_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    folder = tmp_path / "bm25"
    indexed("cat").write(folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with refusal(SnapshotError, match=r"^the BM25 index in bm25 cannot be read$"):
        LexicalIndex.read(folder)
