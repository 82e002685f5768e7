"""Fits the weights and thresholds of `retrieval.ranker.FusionRanker` on `squad2-tune.json` and prints them.

    python -m benchmarks.fit_fusion

Two logistic regressions. The first tells right passages from other candidates, which gives the direction of the
weights (the passage's own cosine and BM25 are left out: beside these two they brought nothing). The second tells, by
that one number, whether the first passage answers at all; its negatives are wrong first passages and questions on
articles left out of the corpus. The set's unanswerable questions are left out of the fit: half of all questions
there, they were written to look answerable by these very scores. Below `closest` lie nine of ten off-topic questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evaluation.question_sets import Question, QuestionSet, read_set
from retrieval.corpus import Corpus, build_corpus
from retrieval.encoder import SentenceTransformerEncoder
from retrieval.ranker import Candidate

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's candidates: their two scores (candidates, 2) and which of them are its own passage."""

    scores: Matrix
    right: NDArray[np.bool_]
    answerable: bool


@dataclass(frozen=True, slots=True)
class First:
    """The best candidate's weighted sum, and whether it is the right passage."""

    logit: float
    right: bool


def main() -> None:
    encoder = SentenceTransformerEncoder.load()
    tune = read_set("squad2-tune.json", encoder)
    half = len(tune.articles) // 2
    whole = build_corpus(tune.articles, encoder).corpus
    asked = ask(tune, tune.questions, whole, encoder)
    elsewhere = [question for question in tune.questions if question.article < half]
    off_topic = ask(tune, elsewhere, build_corpus(tune.articles[half:], encoder, whole).corpus, encoder)

    answerable = [one for one in asked if one.answerable]
    direction = LogisticRegression(class_weight="balanced", max_iter=1000)
    direction.fit(np.vstack([one.scores for one in answerable]), np.concatenate([one.right for one in answerable]))
    weights = direction.coef_[0]

    fitted = [first_passage(one, weights) for one in (*answerable, *off_topic)]
    calibration = LogisticRegression(C=1e6)
    calibration.fit([[first.logit] for first in fitted], [first.right for first in fitted])
    scale, bias = float(calibration.coef_[0, 0]), float(calibration.intercept_[0])

    def probabilities(questions: Sequence[Asked]) -> Matrix:
        logits = np.array([first_passage(one, weights).logit for one in questions])
        return np.asarray(1 / (1 + np.exp(-(scale * logits + bias))))

    for name, value in zip(("sentence_cosine", "coverage"), scale * weights, strict=True):
        print(f"{name} = {value:.2f}")
    print(f"bias = {bias:.2f}\nanswered = 0.50\nclosest = {np.quantile(probabilities(off_topic), 0.9):.2f}\n")

    answered = probabilities(answerable) >= 0.5
    right = np.array([first_passage(one, weights).right for one in answerable])
    near_misses = [one for one in asked if not one.answerable]
    print(f"first passage right: {right.mean():.3f} of {len(answerable)} answerable questions")
    print(f"first passage right where the verdict is 'answered': {right[answered].mean():.3f}")
    print(f"declined: {(~answered).mean():.3f} of answerable")
    print(f"declined: {(probabilities(off_topic) < 0.5).mean():.3f} of {len(off_topic)} off-topic")
    print(f"declined: {(probabilities(near_misses) < 0.5).mean():.3f} of {len(near_misses)} unanswerable")


def first_passage(asked: Asked, weights: Matrix) -> First:
    logits = asked.scores @ weights
    return First(float(logits.max()), bool(asked.answerable and asked.right[logits.argmax()]))


def ask(
    tune: QuestionSet, questions: Sequence[Question], corpus: Corpus, encoder: SentenceTransformerEncoder
) -> list[Asked]:
    queries = encoder.encode_queries([question.text for question in questions])
    return [
        _asked(tune, question, corpus.search(question.text, query), corpus)
        for question, query in zip(questions, queries, strict=True)
    ]


def _asked(tune: QuestionSet, question: Question, candidates: Sequence[Candidate], corpus: Corpus) -> Asked:
    scores = np.array([(c.sentence_cosine, c.coverage) for c in candidates])
    start, end = question.paragraph
    article = tune.articles[question.article]
    found = [corpus.layout.passages[candidate.row] for candidate in candidates]
    right = [place.article is article and start <= place.passage.start < end for place in found]
    return Asked(scores, np.array(right), question.answerable)


if __name__ == "__main__":
    main()
