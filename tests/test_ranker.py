"""The fusion ranker: its formula, its order, its thresholds."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranker import Candidate, FusionRanker, Verdict

CANDIDATE = Candidate(row=0, sentence=0, cosine=0.0, sentence_cosine=0.0, bm25=0.0, coverage=0.0)

cosines = st.floats(-1, 1)
shares = st.floats(0, 1)
candidates = st.builds(
    Candidate,
    row=st.integers(0, 10**9),
    sentence=st.integers(0, 99),
    cosine=cosines,
    sentence_cosine=cosines,
    bm25=st.floats(0, 100),
    coverage=shares,
)


def probability(candidate: Candidate, ranker: FusionRanker | None = None) -> float:
    [hit] = (ranker or FusionRanker()).rank([candidate])
    return hit.probability


def test_the_probability_is_the_logistic_function_of_the_weighted_scores() -> None:
    ranker = FusionRanker(sentence_cosine=2.0, coverage=3.0, bias=-2.0)
    assert probability(replace(CANDIDATE, sentence_cosine=0.25, coverage=0.5), ranker) == 0.5
    assert probability(replace(CANDIDATE, sentence_cosine=1.0, coverage=1.0), ranker) == 1 / (1 + math.exp(-3))
    assert probability(replace(CANDIDATE, sentence_cosine=-1.0), ranker) == 1 / (1 + math.exp(4))


def test_the_best_comes_first() -> None:
    weak, strong, middling = (
        replace(CANDIDATE, row=row, sentence_cosine=cosine) for row, cosine in enumerate((0.1, 0.9, 0.5))
    )
    assert [hit.candidate for hit in FusionRanker().rank([weak, strong, middling])] == [strong, middling, weak]


def test_equal_probabilities_are_ordered_by_row() -> None:
    tied = [replace(CANDIDATE, row=row, coverage=0.5) for row in (7, 3, 11, 0)]
    assert [hit.candidate.row for hit in FusionRanker().rank(tied)] == [0, 3, 7, 11]


def test_no_candidates_are_no_hits() -> None:
    assert FusionRanker().rank([]) == []


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (1.0, Verdict.ANSWERED),
        (0.5, Verdict.ANSWERED),
        (math.nextafter(0.5, 0), Verdict.CLOSEST),
        (0.12, Verdict.CLOSEST),
        (math.nextafter(0.12, 0), Verdict.NOT_IN_CORPUS),
        (0.0, Verdict.NOT_IN_CORPUS),
    ],
)
def test_a_threshold_belongs_to_the_better_verdict(probability: float, verdict: Verdict) -> None:
    assert FusionRanker().verdict(probability) is verdict


def test_verdicts_are_spelt_as_in_the_output() -> None:
    assert [str(verdict) for verdict in Verdict] == ["answered", "closest", "not_in_corpus"]


@given(candidates, cosines, shares)
def test_a_better_score_never_lowers_the_probability(candidate: Candidate, cosine: float, coverage: float) -> None:
    better = replace(
        candidate,
        sentence_cosine=max(candidate.sentence_cosine, cosine),
        coverage=max(candidate.coverage, coverage),
    )
    assert 0 < probability(candidate) <= probability(better) < 1


@given(st.lists(candidates, max_size=30), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_proposals(found: list[Candidate], random: Random) -> None:
    unique = list({candidate.row: candidate for candidate in found}.values())
    shuffled = unique.copy()
    random.shuffle(shuffled)
    hits = FusionRanker().rank(unique)
    assert FusionRanker().rank(shuffled) == hits
    assert sorted(hits, key=lambda hit: (-hit.probability, hit.candidate.row)) == hits
    assert {hit.candidate for hit in hits} == set(unique)
