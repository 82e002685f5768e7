"""Question files in, a file of weights out: when it is written, what stands in it, and what is refused before."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.evaluation.fitting.calibration import calibrate
from pullquote.evaluation.fitting.fit import Fitted, fit
from pullquote.evaluation.mix import MIX, Mix
from pullquote.evaluation.question_sets import QuestionSetError
from pullquote.locales import for_operators
from retrieval.encoding.reranker import Pair
from retrieval.ranking.weights import RERANKER, Weights, read_weights, write_weights
from tests.support.fake_encoder import LetterEncoder
from tests.support.made_questions import entries, write
from tests.support.shelves import content, full_disk

LONG_AGO = dt.date(2020, 2, 29)


class ByLength:
    """A reranker that prefers short passages."""

    name = fingerprint = "by length"

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        return np.array([-len(pair.passage) for pair in pairs], np.float32)


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles, 104 questions that they answer and 104 that they do not."""
    return write(tmp_path_factory.mktemp("questions") / "visitors.json", entries())


@pytest.fixture(scope="module")
def original(visitors: Path, tmp_path_factory: pytest.TempPathFactory) -> Weights:
    """The weights that are fitted to these questions."""
    return calibrated(tmp_path_factory.mktemp("first") / "weights.json", visitors)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "weights" / "letters.json"


def calibrated(target: Path, *files: Path) -> Weights:
    return calibrate(files, LetterEncoder(), target, "by test")


# The mix


def with_mix(file: Path, mix: dict[str, float]) -> Path:
    file.write_text(json.dumps({"data": entries(), "mix": mix}), encoding="utf-8")
    return file


def test_a_file_states_its_own_mix(original: Weights, target: Path, tmp_path: Path) -> None:
    stated = with_mix(tmp_path / "stated.json", {"answerable": 2, "near_miss": 1, "off_topic": 1})
    of_file = calibrated(target, stated)
    unstated = write(tmp_path / "unstated.json", entries())
    said = calibrate([unstated], LetterEncoder(), target, "", None, Mix(0.5, 0.25, 0.25))
    assert (of_file.topic, of_file.answer) == (said.topic, said.answer)
    assert of_file.topic != original.topic


def test_a_named_mix_goes_before_the_stated_mix(original: Weights, target: Path, tmp_path: Path) -> None:
    stated = with_mix(tmp_path / "stated.json", {"answerable": 2, "near_miss": 1, "off_topic": 1})
    assert calibrate([stated], LetterEncoder(), target, "", None, MIX).topic == original.topic


def test_files_that_state_different_mixes(target: Path, tmp_path: Path) -> None:
    files = [
        with_mix(tmp_path / name, {"answerable": answerable, "near_miss": 1, "off_topic": 1})
        for name, answerable in (("one.json", 2), ("two.json", 3))
    ]
    assert refusal(target, *files) == "The files state different mixes; name the mix with --mix."


# What is written


def test_what_is_written_is_what_is_read(visitors: Path, target: Path) -> None:
    before = dt.datetime.now(dt.UTC).date()
    weights = calibrated(target, visitors)
    assert read_weights(target) == weights
    origin = weights.provenance
    assert (origin.command, origin.model, origin.fingerprint) == ("by test", "letters", "letters, first edition")
    assert before <= origin.date <= dt.datetime.now(dt.UTC).date()
    assert origin.files == {"visitors.json": hashlib.sha256(visitors.read_bytes()).hexdigest()}
    assert 0 < weights.closest <= weights.answered < 1
    assert weights.rerank is None
    # Each visitor's name is in one passage alone.
    assert (origin.metrics["r1"], origin.metrics["auroc_off_topic"]) == (1, 1)
    assert origin.metrics["declined_off_topic"] == 1


def test_several_files_teach_together(visitors: Path, original: Weights, target: Path, tmp_path: Path) -> None:
    twin = write(tmp_path / "twin.json", entries(unanswerable=1))
    weights = calibrated(target, visitors, twin)
    assert list(weights.provenance.files) == ["visitors.json", "twin.json"]
    assert weights.answer != original.answer


def test_files_need_enough_questions_together_only(target: Path, tmp_path: Path) -> None:
    answerable = write(tmp_path / "answerable.json", entries(unanswerable=0))
    unanswerable = write(tmp_path / "unanswerable.json", entries(answerable=0))
    assert calibrated(target, answerable, unanswerable) == read_weights(target)


def test_with_a_reranker_its_weights_are_written(visitors: Path, target: Path) -> None:
    weights = calibrate([visitors], LetterEncoder(), target, "by test", ByLength())
    assert weights.rerank is not None
    assert list(weights.rerank) == ["score", RERANKER]
    assert RERANKER in weights.answer
    assert read_weights(target) == weights


# Again


def written(target: Path, weights: Weights) -> bytes:
    """Have weights been written long ago, and return the file's bytes."""
    target.parent.mkdir(parents=True)
    write_weights(replace(weights, provenance=replace(weights.provenance, date=LONG_AGO)), target)
    return target.read_bytes()


def test_unchanged_weights_keep_their_date_and_bytes(visitors: Path, original: Weights, target: Path) -> None:
    before = written(target, original)
    stamp = target.stat().st_mtime_ns
    again = calibrated(target, visitors)
    assert again.provenance.date == LONG_AGO
    assert target.read_bytes() == before
    assert target.stat().st_mtime_ns == stamp


def test_one_changed_weight_gets_a_new_date(visitors: Path, original: Weights, target: Path) -> None:
    before = written(target, replace(original, rank={**original.rank, "length": original.rank["length"] + 0.01}))
    again = calibrated(target, visitors)
    assert again.provenance.date > LONG_AGO
    assert again == replace(original, provenance=replace(original.provenance, date=again.provenance.date))
    assert target.read_bytes() != before
    assert read_weights(target) == again


def test_the_same_questions_in_another_file_get_a_new_date(
    visitors: Path, original: Weights, target: Path, tmp_path: Path
) -> None:
    written(target, original)
    edited = tmp_path / "visitors.json"
    edited.write_text(visitors.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = calibrated(target, edited)
    assert again.provenance.date > LONG_AGO
    assert (again.rank, again.answer) == (original.rank, original.answer)


@pytest.mark.parametrize("damaged", [b"{", b'{"rank": {"gone": 1}}', b""])
def test_damaged_weights_are_written_anew(visitors: Path, original: Weights, target: Path, damaged: bytes) -> None:
    """As the sentence about them says: calibrate again."""
    target.parent.mkdir(parents=True)
    target.write_bytes(damaged)
    again = calibrated(target, visitors)
    assert again.rank == original.rank
    assert read_weights(target) == again


# What is refused, and before anything is encoded


def refusal(target: Path, *files: Path) -> str:
    """What is said, having encoded nothing and left nothing."""
    encoder, before = LetterEncoder(), target.is_file()
    with pytest.raises(QuestionSetError) as caught:
        calibrate(files, encoder, target, "by test", ByLength())
    assert encoder.encoded == []
    assert target.is_file() is before
    return for_operators(caught.value)


def test_too_few_questions_of_a_kind(target: Path, tmp_path: Path) -> None:
    """52 paragraphs with two questions are enough, and with one are not."""
    complaint = (
        "At least 100 questions that the articles answer are needed, and 100 that they do not answer (is_impossible); "
        "there are {}."
    )
    for answerable, unanswerable, counts in ((1, 2, "52 and 104"), (2, 1, "104 and 52"), (2, 0, "104 and 0")):
        few = write(tmp_path / "few.json", entries(answerable=answerable, unanswerable=unanswerable))
        assert refusal(target, few) == complaint.format(counts)


def test_too_few_articles(target: Path, visitors: Path, tmp_path: Path) -> None:
    few = write(tmp_path / "few.json", entries(["harbour", "attic", "quarry"]))
    complaint = "Each file must have questions on at least 4 articles; few.json has questions on 3. Put files together."
    assert refusal(target, few) == refusal(target, visitors, few) == complaint


def test_articles_without_questions_do_not_count(target: Path, tmp_path: Path) -> None:
    silent = [*entries(["harbour", "attic", "quarry"]), *entries(["orchard"], answerable=0, unanswerable=0)]
    few = write(tmp_path / "few.json", [*silent, {"title": "Nothing yet", "paragraphs": []}])
    assert refusal(target, few).startswith("Each file must have questions on at least 4 articles; few.json has")


def test_answers_that_stand_nowhere(target: Path, tmp_path: Path) -> None:
    text = json.dumps({"data": entries()})
    complaint = "No expected answer stands in its paragraph, so the fit cannot learn which sentences answer."
    for old, new in (('"answers": [', '"answers": [], "ignored": ['), ('"text": "', '"text": "Zanzibar ')):
        file = tmp_path / "astray.json"
        file.write_text(text.replace(old, new), encoding="utf-8")
        assert refusal(target, file) == complaint


def test_a_file_that_is_missing(target: Path, visitors: Path, tmp_path: Path) -> None:
    missing = tmp_path / "missing.json"
    assert refusal(target, visitors, missing) == (
        f"The question set {missing} cannot be read (No such file or directory)."
    )


def test_a_folder_that_cannot_be_made(visitors: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    target = tmp_path / "data" / "weights.json"
    assert refusal(target, visitors) == f"The weights cannot be written to {target} (File exists)."


def test_a_file_that_cannot_be_written(visitors: Path, tmp_path: Path) -> None:
    target = tmp_path / "weights.json"
    target.mkdir()
    assert refusal(target, visitors) == f"The weights cannot be written to {target} (Is a directory)."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_target_that_is_not_an_ordinary_file_is_refused_and_stays(visitors: Path, tmp_path: Path) -> None:
    target = tmp_path / "pipe"
    os.mkfifo(target)
    assert refusal(target, visitors) == f"The weights cannot be written to {target} (Not a regular file)."
    assert target.is_fifo()


def test_an_empty_file_that_somebody_made_stays_when_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "weights.json").symlink_to("empty")
    refusal(tmp_path / "weights.json", write(tmp_path / "few.json", entries(answerable=1)))
    assert (tmp_path / "weights.json").is_symlink()
    assert (tmp_path / "empty").is_file()


def test_a_disk_that_fills_up_while_weights_are_fitted(
    target: Path, visitors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.parent.mkdir(parents=True)
    target.write_bytes(b"{")
    with contextlib.ExitStack() as later:

        def fit_and_fill(*arguments: Any) -> Fitted:
            fitted = fit(*arguments)
            later.enter_context(full_disk())
            return fitted

        monkeypatch.setattr("pullquote.evaluation.fitting.calibration.fit", fit_and_fill)
        with pytest.raises(QuestionSetError) as caught:
            calibrated(target, visitors)
    assert for_operators(caught.value) == f"The weights cannot be written to {target} (File too large)."
    assert content(target.parent) == {target.name: b"{"}


def test_a_refusal_leaves_earlier_weights_as_they_are(original: Weights, target: Path, tmp_path: Path) -> None:
    before = written(target, original)
    refusal(target, write(tmp_path / "few.json", entries(answerable=1)))
    assert target.read_bytes() == before
