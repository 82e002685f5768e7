"""Stems, and a stemmer for each thread."""

from __future__ import annotations

import threading

import pytest

from retrieval.language.stemmer import SnowballStemmer


@pytest.mark.parametrize(
    ("algorithm", "word", "stem"),
    [("english", "lighthouses", "lighthous"), ("german", "häuser", "haus"), ("finnish", "taloissa", "talo")],
)
def test_each_language_has_its_stems(algorithm: str, word: str, stem: str) -> None:
    assert SnowballStemmer(algorithm).stem(word) == stem


def test_threads_do_not_share_a_stemmer() -> None:
    """They stem rightly even then, as long as a stemmer holds the interpreter's lock; it does not promise to."""
    stemmer, words = SnowballStemmer("english"), "foragers carried nectar flowering meadows".split()
    found: list[list[str]] = []
    stemmers: list[object] = []
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        found.append([stemmer.stem(word) for word in words * 200])
        stemmers.append(stemmer.stemmer)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["forag", "carri", "nectar", "flower", "meadow"] * 200] * 8
    assert len(set(map(id, stemmers))) == 8
