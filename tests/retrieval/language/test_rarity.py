"""How rare a word is: the formula worked out by hand, and what it comes to at its limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfreq import word_frequency

from retrieval.language.english import ENGLISH
from retrieval.language.rarity import rarity

shares = st.floats(1e-6, 1)
weights = st.floats(0.1, 1000)


def rarity_of(having: int, passages: int, share: float, weight: float) -> float:
    return float(rarity(np.array([having]), passages, np.array([share]), weight)[0])


def test_rarity_worked_out_by_hand() -> None:
    """Counted in 3, 0 and 10 of 10 passages; 10 more are imagined, of which 1, 5 and 10 have the word."""
    found = rarity(np.array([3, 0, 10]), 10, np.array([0.1, 0.5, 1]), 10)
    np.testing.assert_allclose(found, [math.log(20 / 4), math.log(20 / 5), 0], rtol=1e-12, atol=1e-12)


def test_the_arrays_broadcast() -> None:
    """Two words in three articles of 10, 10 and 90 passages."""
    found = rarity(np.array([[0, 3, 0], [5, 0, 45]]), np.array([10, 10, 90]), np.array([0.1, 0.5])[:, np.newaxis], 10)
    expected = [[20 / 1, 20 / 4, 100 / 1], [20 / 10, 20 / 5, 100 / 50]]
    np.testing.assert_allclose(found, np.log(expected), rtol=1e-12)


@given(st.floats(0.001, 1), shares)
@settings(max_examples=100, deadline=None)
def test_in_a_huge_corpus_only_its_own_frequency_counts(frequency: float, share: float) -> None:
    passages = 10**12
    having = round(frequency * passages)
    assert rarity_of(having, passages, share, 100) == pytest.approx(-math.log(frequency), abs=1e-6)


@given(st.integers(0, 1), shares)
@settings(max_examples=100, deadline=None)
def test_in_a_tiny_corpus_only_the_background_counts(having: int, share: float) -> None:
    assert rarity_of(having, 1, share, 1e12) == pytest.approx(-math.log(share), abs=1e-5)


def test_without_passages_there_is_nothing_but_the_background() -> None:
    assert rarity_of(0, 0, 0.25, 100) == pytest.approx(math.log(4), rel=1e-12)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=20, unique=True), shares, weights)
@settings(max_examples=100, deadline=None)
def test_the_more_passages_have_a_word_the_less_rare_it_is(having: list[int], share: float, weight: float) -> None:
    found = rarity(np.array(sorted(having)), 1000, np.array([share]), weight)
    assert (np.diff(found) < 0).all()


@given(st.integers(0, 1000), shares, weights)
@settings(max_examples=100, deadline=None)
def test_rarity_lies_between_the_corpus_and_the_background(having: int, share: float, weight: float) -> None:
    found = rarity_of(having, 1000, share, weight)
    assert found >= -1e-12
    low, high = sorted([having / 1000, share])
    assert math.log(low or 1e-300) - 1e-9 <= -found <= math.log(high) + 1e-9


@pytest.mark.parametrize("form", ["the", "honey", "lighthouse"])
def test_background_is_the_chance_that_a_hundred_words_have_the_word(form: str) -> None:
    frequency = word_frequency(form, "en", wordlist="small")
    assert frequency > 1e-8
    by_hand = 1.0
    for _ in range(100):
        by_hand *= 1 - frequency
    assert ENGLISH.background(form) == pytest.approx(1 - by_hand, rel=1e-9)


@pytest.mark.parametrize("form", ["", "qwzxkvj", "日本語", "'", " "])
def test_a_word_that_is_not_listed_has_a_frequency_of_one_in_a_hundred_million(form: str) -> None:
    assert ENGLISH.background(form) == pytest.approx(100 * 1e-8, rel=1e-5)


def test_everyday_words_stand_in_more_passages_than_rare_ones() -> None:
    found = [ENGLISH.background(form) for form in ("the", "house", "honey", "lighthouse", "qwzxkvj")]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 5


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_no_word_is_too_odd_for_a_background(form: str) -> None:
    assert 0 < ENGLISH.background(form) < 1
