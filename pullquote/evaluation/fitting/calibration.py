"""Question files → a file of weights for one encoder."""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from pullquote.evaluation.fitting.examples import Pool, examples
from pullquote.evaluation.fitting.fit import FOLDS, Fitted, fit
from pullquote.evaluation.mix import MIX, Mix
from pullquote.evaluation.question_sets import QuestionSet, QuestionSetError, SetQuestion, read_set
from pullquote.evaluation.statistics import auroc, judgement
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.reranker import Reranker
from retrieval.errors import ModelError
from retrieval.files import make_folder
from retrieval.ranking.ranker import Probabilities
from retrieval.ranking.weights import Provenance, Weights, read_weights, write_weights

# Fewer questions of a kind would teach more about themselves than about questions.
_ENOUGH = 100


def calibrate(
    files: Sequence[Path],
    encoder: Encoder,
    target: Path,
    command: str,
    reranker: Reranker | None = None,
    mix: Mix | None = None,
) -> Weights:
    """Fit weights for an encoder, and a reranker, to question files and write them; unchanged weights keep their date.

    Without a `mix` the mix is what the files state, and MIX if none does. Raises QuestionSetError if the files cannot
    be used, hold too few questions or state different mixes, or if `target` cannot be written.
    """
    make_room(target)
    sets = [read_set(file, encoder) for file in files]
    _check(files, sets)
    checksums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return fit_sets(sets, checksums, encoder, target, command, reranker, mix or stated_mix(sets) or MIX)


def stated_mix(sets: Sequence[QuestionSet]) -> Mix | None:
    """The mix that the sets state; None if none does. Raises QuestionSetError if they state different mixes."""
    mixes = {each.mix for each in sets if each.mix is not None}
    if len(mixes) > 1:
        raise QuestionSetError("mixes-differ")
    return next(iter(mixes), None)


def fit_sets(
    sets: Sequence[QuestionSet],
    checksums: Mapping[str, str],
    encoder: Encoder,
    target: Path,
    command: str,
    reranker: Reranker | None = None,
    mix: Mix = MIX,
) -> Weights:
    """Fit weights to question sets and write them; `checksums` are the SHA-256 of their files by names.

    Raises QuestionSetError if `target` cannot be written.
    """
    asked = [example for number, each in enumerate(sets) for example in examples(each, encoder, number)]
    fitted = fit(asked, reranker, mix)
    provenance = Provenance(
        command=command,
        date=dt.datetime.now(dt.UTC).date(),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        files=checksums,
        metrics=metrics(fitted),
    )
    weights = Weights(
        provenance,
        fitted.rank,
        fitted.point,
        fitted.topic,
        fitted.answer,
        fitted.answered,
        fitted.closest,
        fitted.on_topic,
        fitted.rerank,
    )
    before = _before(target)
    if before and weights == replace(before, provenance=replace(before.provenance, date=provenance.date)):
        return before
    try:
        write_weights(weights, target)
    except OSError as error:
        raise _not_written(target, error) from error
    return weights


def _before(target: Path) -> Weights | None:
    """The weights that the file has already, if they can be used."""
    try:
        return read_weights(target)
    except ModelError:
        return None


def make_room(target: Path) -> None:
    """Make sure that the weights can be written before minutes go into fitting them."""
    try:
        make_folder(target.parent)
        is_new = not os.path.lexists(target)
        if not is_new and not (target.is_file() or target.is_dir()):  # to open a pipe would wait for its reader
            raise OSError(errno.EINVAL, "Not a regular file")
        with target.open("ab"):
            pass
        if is_new:
            target.unlink()
    except OSError as error:
        raise _not_written(target, error) from error


def _not_written(target: Path, error: OSError) -> QuestionSetError:
    return QuestionSetError("weights-not-written", path=str(target), reason=error.strerror or str(error))


def metrics(fitted: Fitted) -> dict[str, float]:
    """How well the weights do on articles left out, each ranked by what the other articles taught."""
    of_all = [question for question in fitted.scored if question.example.pool is Pool.ALL]
    asked, near_misses, off_topic = (
        [fitted.probabilities(question) for question in fitted.scored if question.example.pool is pool]
        for pool in (Pool.ALL, Pool.WITHOUT, Pool.OTHERS)
    )
    answerable = np.array([question.example.answerable for question in of_all])
    answered = np.array([fitted.is_answered(each) for each in asked])
    judged = judgement(np.array([question.right for question in of_all]), answerable, answered)
    everyone = np.ones(len(of_all))
    probability = np.array([each.first for each in asked])
    of_answerable = probability[answerable].tolist()
    figures = {
        "r1": judged["r1"](everyone),
        "answered_precision": judged["answered_precision"](everyone),
        "declined_answerable": judged["declined_answerable"](everyone),
        "declined_near_miss": _declined(fitted, near_misses),
        "declined_off_topic": _declined(fitted, off_topic),
        "auroc_near_miss": auroc(of_answerable, [each.first for each in near_misses]),
        "auroc_off_topic": auroc(of_answerable, [each.first for each in off_topic]),
        "auroc_unanswerable": auroc(of_answerable, probability[~answerable].tolist()),
    }
    # Where nothing is answered there is no precision.
    return {name: round(value, 3) for name, value in figures.items() if value is not None and not math.isnan(value)}


def _declined(fitted: Fitted, asked: Sequence[Probabilities]) -> float | None:
    """The share of questions that are not answered; None if there are no questions."""
    return float(np.mean([not fitted.is_answered(each) for each in asked])) if asked else None


def _check(files: Sequence[Path], sets: Sequence[QuestionSet]) -> None:
    """Raise QuestionSetError if there is too little to learn from."""
    for file, questions in zip(files, sets, strict=True):
        if (articles := len({question.article for question in questions.questions})) < FOLDS:
            raise QuestionSetError("few-articles", file=file.name, articles=articles, needed=FOLDS)
    kinds = [question.answerable for questions in sets for question in questions.questions]
    if min(sum(kinds), len(kinds) - sum(kinds)) < _ENOUGH:
        raise QuestionSetError(
            "few-questions", needed=_ENOUGH, answerable=sum(kinds), unanswerable=len(kinds) - sum(kinds)
        )
    if not any(_is_found(question, questions) for questions in sets for question in questions.questions):
        raise QuestionSetError("no-answer-found")


def _is_found(question: SetQuestion, questions: QuestionSet) -> bool:
    """Whether an expected answer stands in the question's paragraph."""
    start, end = question.paragraph
    paragraph = " ".join(questions.articles[question.article].text[start:end].split())
    return any(answer in paragraph for answer in question.answers)
