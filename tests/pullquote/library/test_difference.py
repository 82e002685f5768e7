"""What is said of two versions of an article: which passages came, went, were reworded, and stayed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.library.difference import Difference, Rewording
from retrieval.article import Article
from tests.support.fake_encoder import article

ANTS = "Ants dig tunnels under the old oak tree."
OAKS = "Oaks are felled by nobody in this park."
BEES = "Bees visit nine flowers before they return."
CATS = "Cats sleep on the warm stones by noon."


def of(*passages: str) -> Article:
    return article("\n\n".join(passages), "a.md")


def between(before: list[str], after: list[str]) -> Difference:
    return Difference.between(of(*before), of(*after))


def test_the_same_passages_are_no_difference() -> None:
    assert between([ANTS, BEES], [ANTS, BEES]) == Difference((), (), (), unchanged=2)


def test_passages_come_and_go() -> None:
    assert between([ANTS, BEES], [CATS, BEES]) == Difference(added=(CATS,), changed=(), removed=(ANTS,), unchanged=1)


def test_a_passage_that_is_like_another_in_its_place_was_reworded() -> None:
    dug = "Ants dig many tunnels under the oak tree."
    assert between([ANTS, BEES], [dug, BEES, CATS]) == Difference(
        added=(CATS,), changed=(Rewording(ANTS, dug),), removed=(), unchanged=1
    )


def test_what_was_reworded_keeps_its_order_and_what_lies_between_came() -> None:
    dug, visit = ANTS.replace("old", "young"), BEES.replace("nine", "ten")
    assert between([ANTS, BEES], [dug, CATS, visit]) == Difference(
        added=(CATS,), changed=(Rewording(ANTS, dug), Rewording(BEES, visit)), removed=(), unchanged=0
    )


def test_likeness_counts_between_the_same_neighbours_only() -> None:
    dug = ANTS.replace("old", "young")
    assert between([ANTS, BEES, CATS], [BEES, CATS, dug]) == Difference(
        added=(dug,), changed=(), removed=(ANTS,), unchanged=2
    )


def test_a_passage_that_moved_is_the_same_passage() -> None:
    assert between([ANTS, BEES, CATS], [CATS, ANTS, BEES]) == Difference((), (), (), unchanged=3)


def test_of_equal_passages_each_counts() -> None:
    assert between([ANTS, BEES, ANTS, CATS], [ANTS, CATS]) == Difference((), (), (BEES, ANTS), unchanged=2)
    assert between([ANTS, CATS], [ANTS, OAKS, ANTS]) == Difference((OAKS, ANTS), (), (CATS,), unchanged=1)


def test_of_an_article_that_was_written_anew_all_went_and_all_came() -> None:
    old = [f"{number} ants dig tunnels." for number in range(2_000)]
    new = [f"{number}! Why? Because few cows hum, but old owls whoop." for number in range(2_000)]
    difference = between(old, new)
    assert (len(difference.added), difference.changed, len(difference.removed)) == (2_000, (), 2_000)


PASSAGES = st.lists(st.sampled_from([ANTS, OAKS, BEES, CATS, ANTS.replace("old", "young")]), min_size=1, max_size=8)


@given(PASSAGES, PASSAGES)
def test_all_passages_are_accounted_for(before: list[str], after: list[str]) -> None:
    difference = between(before, after)
    old, new = Counter(before), Counter(after)
    changed = difference.changed
    kept = old & new
    assert difference.unchanged == kept.total()
    assert Counter(difference.removed) + Counter(each.before for each in changed) == old - kept
    assert Counter(difference.added) + Counter(each.after for each in changed) == new - kept


# Words


def test_a_change_is_told_word_by_word() -> None:
    assert list(Rewording("Ants dig deep tunnels.", "Ants dig tunnels, too.").words()) == [
        ("Ants dig", "Ants dig"),
        ("deep tunnels.", "tunnels, too."),
    ]
    assert list(Rewording("Big ants dig.", "Ants  dig.\nBees fly.").words()) == [
        ("Big ants", "Ants"),
        ("dig.", "dig."),
        ("", "Bees fly."),
    ]


def test_words_that_only_went_leave_nothing() -> None:
    assert list(Rewording("Ants dig deep holes", "Ants dig holes").words()) == [
        ("Ants dig", "Ants dig"),
        ("deep", ""),
        ("holes", "holes"),
    ]


@pytest.mark.parametrize("words", [1_001, 20_000])
def test_of_very_many_words_all_went_and_all_came(words: int) -> None:
    before, after = "tick " * words, "tock " * words
    assert list(Rewording(before, after).words()) == [(before.strip(), after.strip())]
