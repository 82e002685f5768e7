"""What stands above passages: which texts are encoded, what they propose, and that they survive the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import SnapshotError
from retrieval.language.english import ENGLISH
from retrieval.search.building import build_corpus
from retrieval.search.headings import Above, Headings
from tests.support.fake_encoder import LetterEncoder, article

GUIDE = """# Guide

All ants are welcome here.

## How do I bee?

Cats sleep on the mat.

Dogs sleep on the floor.

### Eel

Foxes sleep in the barn.
"""


def guide(name: str = "guide.md") -> Headings:
    return build_corpus([article(GUIDE, name)], LetterEncoder()).corpus.headings


def test_each_text_stands_once() -> None:
    headings = guide()
    texts = ["Guide", "Guide › How do I bee?", "How do I bee?", "Guide › How do I bee? › Eel", "Eel"]
    assert headings.texts == tuple(Above(text, ENGLISH) for text in texts)
    assert headings.layout.section_passages.starts.tolist() == [0, 1, 3, 4]
    assert headings.paths.tolist() == [0, 1, 3]
    assert headings.innermost.tolist() == [0, 2, 4]
    # "Guide › How do I bee?" ends in a question mark.
    assert headings.asking.tolist() == [False, True, True, False, False]
    np.testing.assert_array_equal(headings.vectors, LetterEncoder().encode_sentences(texts))


def test_words_above_a_passage_are_those_of_its_path() -> None:
    headings = guide()
    having = {stem: [row for term in headings.lexical.terms([stem]) for row in headings.lexical.rows_with(term)]
              for stem in ("guid", "bee", "eel", "cat")}  # fmt: skip
    assert having == {"guid": [0, 1, 2, 3], "bee": [1, 2, 3], "eel": [3], "cat": []}


def test_the_nearest_sections_propose_their_first_passages() -> None:
    """Twelve sections of four passages: the nearest ten propose three each, and the last, "Lion", is the nearest."""
    names = "Ant Bee Cat Dog Eel Fox Gnu Hare Ibis Jay Kite Lion".split()
    four = "\n\n".join(f"{number} of them sleep on the mat." for number in ("One", "Two", "Three", "Four"))
    body = "\n\n".join(f"## {name}\n\n{four}" for name in names)
    headings = build_corpus([article(body, "zoo.md")], LetterEncoder()).corpus.headings
    rows = headings.proposed(LetterEncoder().encode_sentences(["lynx"])[0]).tolist()
    assert rows[:3] == [44, 45, 46]
    assert len(rows) == 30


def test_known_texts_are_not_encoded_again() -> None:
    encoder = LetterEncoder()
    old = build_corpus([article(GUIDE, "guide.md")], encoder).corpus
    encoder.encoded.clear()
    new = build_corpus([article(GUIDE.replace("Eel", "Elk"), "guide.md")], encoder, old).corpus
    assert encoder.encoded == ["Elk", "Guide › How do I bee? › Elk"]
    np.testing.assert_array_equal(
        new.headings.vectors, LetterEncoder().encode_sentences([above.text for above in new.headings.texts])
    )


def test_they_come_back_from_the_disk(tmp_path: Path) -> None:
    headings = guide()
    headings.write(tmp_path / "headings")
    again = Headings.read(headings.layout, tmp_path / "headings")
    assert again.texts == headings.texts
    np.testing.assert_array_equal(again.vectors, headings.vectors)
    np.testing.assert_array_equal(again.word_vectors, headings.word_vectors)
    assert again.text_words.starts.tolist() == headings.text_words.starts.tolist()
    assert again.lexical.terms(["bee"]) == headings.lexical.terms(["bee"])


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    headings = guide()
    headings.write(tmp_path / "headings")
    (tmp_path / "headings" / "vectors.npy").write_bytes(b"")
    with pytest.raises(SnapshotError):
        Headings.read(headings.layout, tmp_path / "headings")
