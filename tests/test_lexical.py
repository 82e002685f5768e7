"""BM25 and coverage against plain formulas, and what counts as a word."""

from __future__ import annotations

import math
import threading
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.lexical import LexicalIndex, stems

# Words that are their own stems and no stopwords.
words = st.sampled_from(["cat", "dog", "fish", "ant", "bird", "cow"])
texts = st.lists(words, max_size=12).map(" ".join)


def rarity(rows: int, having: int) -> float:
    return math.log(1 + (rows - having + 0.5) / (having + 0.5))


def bm25(corpus: list[str], question: str) -> list[float]:
    """Lucene's BM25 with k1 1.5 and b 0.75, each word of the question counted once."""
    rows = [Counter(text.split()) for text in corpus]
    mean = sum(row.total() for row in rows) / len(rows)
    scores = [0.0] * len(rows)
    for word in set(question.split()):
        having = sum(word in row for row in rows)
        for i, row in enumerate(rows):
            if row[word]:
                length = 1.5 * (1 - 0.75 + 0.75 * row.total() / mean)
                scores[i] += rarity(len(rows), having) * row[word] / (row[word] + length)
    return scores


def coverage(corpus: list[str], question: str) -> list[float]:
    rows = [set(text.split()) for text in corpus]
    weights = {word: rarity(len(rows), sum(word in row for row in rows)) for word in set(question.split())}
    total = sum(weights.values())
    return [sum(weights[word] for word in weights if word in row) / total if total else 0.0 for row in rows]


@given(st.lists(texts, min_size=1, max_size=8), texts)
@example([""], "cat")
@example(["", ""], "")
@example(["cat"], "cat cat")
@example(["cat cat cat", ""], "dog")
@settings(max_examples=100, deadline=None)
def test_scores_are_those_of_the_formulas(corpus: list[str], question: str) -> None:
    scores = LexicalIndex.build(corpus).search(question)
    assert scores.bm25.dtype == scores.coverage.dtype == np.float32
    np.testing.assert_allclose(scores.bm25, bm25(corpus, question), rtol=1e-5)
    np.testing.assert_allclose(scores.coverage, coverage(corpus, question), rtol=1e-5)


@given(st.lists(texts, min_size=1, max_size=40), st.lists(words, min_size=1, unique=True))
@settings(max_examples=100, deadline=None)
def test_a_row_with_every_word_of_the_question_covers_exactly_all_of_it(corpus: list[str], question: list[str]) -> None:
    found = LexicalIndex.build([*corpus, "ant bird cat cow dog fish"]).search(" ".join(question)).coverage
    assert found[-1] == 1
    assert found.max() <= 1


def test_coverage_worked_out_by_hand() -> None:
    """Of four rows three have "cat", one has "dog", none has "fish"."""
    index = LexicalIndex.build(["cat", "cat dog", "cat cat", "cow"])
    cat, dog, fish = math.log(1 + 1.5 / 3.5), math.log(1 + 3.5 / 1.5), math.log(1 + 4.5 / 0.5)
    total = cat + dog + fish
    found = index.search("Does a cat, a dog or a fish?").coverage
    np.testing.assert_allclose(found, [cat / total, (cat + dog) / total, cat / total, 0], rtol=1e-6)
    assert dog > cat
    assert fish > dog


def test_bm25_worked_out_by_hand() -> None:
    """Two rows of two words each, so length does not matter: idf · tf / (tf + 1.5)."""
    found = LexicalIndex.build(["cat cat", "cat dog"]).search("cat").bm25
    idf = math.log(1 + 0.5 / 2.5)
    np.testing.assert_allclose(found, [idf * 2 / 3.5, idf * 1 / 2.5], rtol=1e-6)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Lighthouses", ["lighthous"]),
        ("LIGHTHOUSE lighthouse", ["lighthous", "lighthous"]),
        ("claimed, claims, claiming", ["claim", "claim", "claim"]),
        ("Putin's", ["putin"]),
        ("Putin’s", ["putin"]),
        ("Putinʼs", ["putin"]),
        ("the dogs’ bowls", ["dog", "bowl"]),
        ("l'été", ["l'ete"]),
        ("café cafe CAFÉ", ["cafe", "cafe", "cafe"]),
        ("cafe\u0301 re\u0301sume\u0301", ["cafe", "resum"]),
        ("İstanbul Istanbul", ["istanbul", "istanbul"]),
        ("Straße strasse", ["strass", "strass"]),
        ("ﬁve ｆｉｖｅ", ["five", "five"]),
        ("Kęstutis Đoković", ["kestuti", "đokov"]),
        ("well-known snake_case", ["well", "known", "snake", "case"]),
        ("1,500 miles in 2022", ["1", "500", "mile", "2022"]),
        ("who is it, what and where", []),
        ("they don't, he doesn’t", []),
        ("Київ Москва", ["киів", "москва"]),
        ("日本語", ["日本語"]),
        ("ﾞ", []),
        ("ͺ", []),
        ("…!? 🙂 — ''", []),
        ("", []),
    ],
)
def test_stems(question: str, expected: list[str]) -> None:
    assert stems(question) == expected


@given(st.text(max_size=60))
@example("ﾞ")
@example("ﹰ")
@settings(max_examples=120, deadline=None)
def test_no_question_is_too_odd(question: str) -> None:
    assert all(stem and not stem.isspace() for stem in stems(question))
    for index in (_EMPTY, _SMALL):
        scores = index.search(question)
        assert scores.bm25.shape == scores.coverage.shape == (2,)
        assert ((scores.coverage >= 0) & (scores.coverage <= 1)).all()
        assert (scores.bm25 >= 0).all()
    assert not _EMPTY.search(question).bm25.any()
    assert not _EMPTY.search(question).coverage.any()


_EMPTY = LexicalIndex.build(["🙂", "…"])
_SMALL = LexicalIndex.build(["a cat ﾞ", "the dog"])


@pytest.mark.parametrize("question", ["", "the of and", "?!", "unicorn"])
def test_a_question_without_a_known_word_scores_nothing(question: str) -> None:
    scores = _SMALL.search(question)
    assert scores.bm25.tolist() == scores.coverage.tolist() == [0, 0]


def test_what_was_written_is_read_again_and_holds_no_pickle(tmp_path: Path) -> None:
    written = LexicalIndex.build(["a cat in Łódź", "the dog", "cat and dog"])
    written.write(tmp_path / "bm25")
    read = LexicalIndex.read(tmp_path / "bm25")
    for question in ("cat", "Łódź dogs", "unicorn", ""):
        before, after = written.search(question), read.search(question)
        np.testing.assert_array_equal(after.bm25, before.bm25)
        np.testing.assert_array_equal(after.coverage, before.coverage)
    arrays = sorted((tmp_path / "bm25").glob("*.npy"))
    assert len(arrays) == 3
    assert all(not np.load(array, allow_pickle=False).dtype.hasobject for array in arrays)
    assert {path.suffix for path in (tmp_path / "bm25").iterdir()} == {".npy", ".json"}


@pytest.mark.parametrize("name", ["params.index.json", "vocab.index.json", "data.csc.index.npy"])
@pytest.mark.parametrize("content", [None, b"{", b"\x93NUMPY"])
def test_a_damaged_index_is_refused(tmp_path: Path, name: str, content: bytes | None) -> None:
    folder = tmp_path / "bm25"
    LexicalIndex.build(["cat"]).write(folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(SnapshotError, match=r"^the BM25 index in bm25 cannot be read$"):
        LexicalIndex.read(folder)


def test_threads_do_not_share_a_stemmer() -> None:
    found: list[list[str]] = []
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        found.append(stems("Foragers carried the nectar of flowering meadows " * 200))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["forag", "carri", "nectar", "flower", "meadow"] * 200] * 8
