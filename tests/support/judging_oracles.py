"""The features that judge a candidate as plain loops over words and sentences."""

from __future__ import annotations

import math

from retrieval.language.question_kind import QuestionKind
from retrieval.ranking.evidence import Evidence
from tests.support.feature_loops import ahead, found, in_context, mentioned, oracle, share, words_of, words_of_question
from tests.support.feature_oracles import maxsim, sentence_cosine


@oracle
def unfit(e: Evidence, candidate: int) -> float:
    asks_for_a_kind = e.question_kind is not QuestionKind.OTHER
    return float(asks_for_a_kind and not any(e.fits[word] for word in words_of(e, candidate)))


@oracle
def unmentioned(e: Evidence, candidate: int) -> float:
    return share(e, [not mentioned(e, word, candidate) for word in words_of_question(e)])


@oracle
def unmentioned_names(e: Evidence, candidate: int) -> float:
    names = [word for word in words_of_question(e) if e.named[word]]
    return sum(float(e.rarity[word]) for word in names if not mentioned(e, word, candidate))


@oracle
def rarest_missing(e: Evidence, candidate: int) -> float:
    return max([float(e.rarity[word]) for word in words_of_question(e) if not found(e, word, candidate)], default=0.0)


@oracle
def uncovered(e: Evidence, candidate: int) -> float:
    return sum(float(e.rarity[word]) * (1 - in_context(e, word, candidate)) for word in words_of_question(e))


@oracle
def cosine_lead(e: Evidence, candidate: int) -> float:
    return ahead([float(cosine) for cosine in e.passage_cosine], candidate)


@oracle
def sentence_lead(e: Evidence, candidate: int) -> float:
    return ahead([sentence_cosine(e, other) for other in range(len(e.rows))], candidate)


@oracle
def maxsim_lead(e: Evidence, candidate: int) -> float:
    return ahead([maxsim(e, other) for other in range(len(e.rows))], candidate)


@oracle
def best_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.passage_cosine))


@oracle
def best_sentence_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.sentence_cosine))


@oracle
def question_length(e: Evidence, candidate: int) -> float:
    return len(e.weight)


@oracle
def question_rarity(e: Evidence, candidate: int) -> float:
    return math.log(1 + sum(e.rarity.tolist()))
