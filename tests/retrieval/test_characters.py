"""Characters are repaired, and no text takes long."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\n\nh"),
        ("a\u00a0b\u2003c\u3000d\te", "a b c d\te"),
        ("a\u200bb\u00ad\ufeff\x00\x1b\u202ec\u2066d", "abcd"),
        ("e\u0301 e\u200b\u0301", "é é"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
        ("«¡?!» — 東京", "«¡?!» — 東京"),
        ("a" + "\u0301" * 99, "á" + "\u0301" * 98),
        ("a" + "\u0301" * 100 + "b", "ab"),
    ],
)
def test_characters_are_repaired(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_accents_without_end_take_no_time() -> None:
    # Unicode normalisation alone would take some minutes over each text.
    for accents in ("\u0301\u0316", "\u0f73", "\u200b\u0301\u0316"):
        assert normalise("a" + accents * 400_000) == "a"


ANY = st.text(max_size=300) | st.text(st.sampled_from("aB1 .!?,-–*“”()[]\n\r\t\u00a0\u200b\u0301\u2029"), max_size=300)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY)
def test_repair_leaves_nothing_to_repair(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not re.search(r"[^\S\n\t ]", once)
    assert not any(unicodedata.category(char) == "Cc" for char in once if char not in "\n\t")
