"""Weights: written and read again, refused when damaged, and which weights are for which encoder."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pullquote.locales import for_operators
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ModelError, Reason
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import (
    RERANKER,
    SHIPPED_WEIGHTS,
    Provenance,
    Weights,
    calibrated_file,
    checksum,
    read_weights,
    weights_for,
    write_weights,
)
from tests.support.shelves import content, full_disk

WEIGHTS = Weights(
    provenance=Provenance(
        command="python bot.py calibrate öffentlich.json",
        date=dt.date(2026, 2, 28),
        model="letters",
        fingerprint="letters, first edition",
        files={"öffentlich.json": "0" * 64},
        metrics={"r1": 0.9},
    ),
    rank={"passage_cosine": 0.1, "length": -2.0},
    point={"cosine_of_sentence": 1e-9},
    topic={"bias": -6.25, "best_cosine": 1.0, "length": 0.5},
    answer={"bias": 3.0, "maxsim": 2.0, RERANKER: 1.0},
    answered=0.3,
    closest=0.1,
    on_topic=0.7,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "weights.json"


@pytest.mark.parametrize("weights", [WEIGHTS, replace(WEIGHTS, rerank={"score": 0.5, RERANKER: 0.25})])
def test_what_is_written_is_read_again(file: Path, weights: Weights) -> None:
    write_weights(weights, file)
    assert read_weights(file) == weights
    assert list(read_weights(file).rank) == ["passage_cosine", "length"]


def test_people_can_read_the_file(file: Path) -> None:
    write_weights(WEIGHTS, file)
    text = file.read_text(encoding="utf-8")
    assert '\n    "command": "python bot.py calibrate öffentlich.json",\n    "date": "2026-02-28",\n' in text
    assert text.endswith('\n  "answered": 0.3,\n  "closest": 0.1,\n  "on_topic": 0.7,\n  "rerank": null\n}\n')
    again = file.with_name("again.json")
    write_weights(read_weights(file), again)
    assert again.read_text(encoding="utf-8") == text


def test_weights_from_before_there_were_rerankers_can_be_read(file: Path) -> None:
    """They had no checksum, either."""
    write_weights(WEIGHTS, file)
    weights = json.loads(file.read_bytes())
    del weights["rerank"], weights["checksum"]
    file.write_text(json.dumps(weights))
    assert read_weights(file) == WEIGHTS


@pytest.mark.parametrize("path", [None, SHIPPED_WEIGHTS])
def test_the_checksum_is_that_of_everything_else(file: Path, path: Path | None) -> None:
    write_weights(WEIGHTS, file)
    weights = json.loads((path or file).read_bytes())
    wanted = weights.pop("checksum")
    assert hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest() == wanted


def test_the_layout_of_a_file_does_not_matter(file: Path) -> None:
    write_weights(WEIGHTS, file)
    file.write_text(json.dumps(json.loads(file.read_bytes()), sort_keys=True), encoding="utf-8")
    assert read_weights(file) == WEIGHTS


def test_a_number_that_was_changed_is_noticed(file: Path) -> None:
    write_weights(WEIGHTS, file)
    file.write_bytes(file.read_bytes().replace(b"-6.25", b"-6.26"))
    assert_refused(file, "its checksum shows that it is damaged")


def test_writing_is_done_wholly_or_not_at_all(file: Path) -> None:
    write_weights(WEIGHTS, file)
    before = content(file.parent)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_weights(replace(WEIGHTS, answered=0.9), file)
    assert content(file.parent) == before == {"weights.json": file.read_bytes()}
    assert read_weights(file) == WEIGHTS


def damage(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a file holds, and make its checksum fit again."""
    weights = json.loads(file.read_bytes())
    change(weights)
    del weights["checksum"]
    file.write_text(json.dumps({"checksum": checksum(weights), **weights}))


def assert_refused(file: Path, reason: str | None = None) -> None:
    with pytest.raises(ModelError) as caught:
        read_weights(file)
    pattern = re.escape(reason) if reason else "[^()]+.*"
    start, end = f"The ranker's weights in {file} cannot be used (", "); delete them, or calibrate again."
    assert re.fullmatch(f"{re.escape(start)}{pattern}{re.escape(end)}", for_operators(caught.value))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe", b"PK\x03\x04", b'{"rank": {}}', b"[" * 100_000]
)
def test_what_is_not_a_file_of_weights_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert_refused(file)


def test_a_file_that_cannot_be_read_is_refused(file: Path) -> None:
    assert_refused(file, "No such file or directory")
    file.mkdir()
    assert_refused(file, "Is a directory")
    assert_refused(file / "\0", "embedded null byte")


def test_half_a_file_is_refused(file: Path) -> None:
    write_weights(WEIGHTS, file)
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    assert_refused(file, "Invalid JSON: EOF while parsing a string at line 11 column 7")


def test_a_file_from_before_there_was_a_threshold_of_the_topic_has_none(file: Path) -> None:
    write_weights(WEIGHTS, file)
    damage(file, lambda weights: weights.pop("on_topic"))
    assert read_weights(file) == replace(WEIGHTS, on_topic=0.0)


@pytest.mark.parametrize("key", ["provenance", "rank", "point", "topic", "answer", "answered", "closest"])
def test_a_file_that_lacks_a_part_is_refused(file: Path, key: str) -> None:
    write_weights(WEIGHTS, file)
    damage(file, lambda weights: weights.pop(key))
    assert_refused(file, f"{key}: Field required")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"rank": ["passage_cosine"]}, "rank: Input should be an object"),
        (
            {"rank": {"length": "much"}},
            "rank: length: Input should be a valid number, unable to parse string as a number",
        ),
        ({"rank": {"passage_cosine": None}}, "rank: passage_cosine: Input should be a valid number"),
        ({"rank": {"passage_cosine": float("nan")}}, "rank: passage_cosine: Input should be a finite number"),
        ({"point": {"cosine_of_sentence": float("inf")}}, "point: cosine_of_sentence: Input should be a finite number"),
        ({"topic": {"bias": float("-inf")}}, "topic: bias: Input should be a finite number"),
        ({"rerank": {"score": float("nan")}}, "rerank: score: Input should be a finite number"),
        ({"rank": {"passage_cosine": 1.0, "gone": 1.0, "away": 1.0}}, "there is no feature away, gone"),
        ({"rank": {"cosine_of_sentence": 1.0}}, "there is no feature cosine_of_sentence"),
        ({"point": {"gone": 1.0}}, "there is no feature gone"),
        ({"point": {"passage_cosine": 1.0}}, "there is no feature passage_cosine"),
        ({"topic": {"bias": 1.0, "gone": 1.0}}, "there is no feature gone"),
        ({"answer": {"bias": 1.0, "gone": 1.0}}, "there is no feature gone"),
        ({"rerank": {"score": 1.0, "gone": 1.0}}, "there is no feature gone"),
        ({"rerank": {"pairs": 1.0}}, "there is no feature pairs"),
        ({"rank": {}}, "a weight is missing"),
        ({"point": {}}, "a weight is missing"),
        ({"topic": {"best_cosine": 1.0}}, "a weight is missing"),
        ({"answer": {}}, "a weight is missing"),
        ({"answered": float("nan")}, "answered: Input should be less than or equal to 1"),
        ({"answered": 50}, "answered: Input should be less than or equal to 1"),
        ({"closest": -0.1}, "closest: Input should be greater than or equal to 0"),
        ({"provenance": {}}, "provenance: command: Field required"),
    ],
)
def test_a_file_with_something_else_in_a_part_is_refused(file: Path, wrong: dict[str, Any], reason: str) -> None:
    write_weights(WEIGHTS, file)
    damage(file, lambda weights: weights.update(wrong))
    assert_refused(file, reason)


def test_a_date_that_is_none_is_refused(file: Path) -> None:
    write_weights(WEIGHTS, file)
    damage(file, lambda weights: weights["provenance"].update(date="2026-02-30"))
    assert_refused(
        file, "provenance: date: Input should be a valid date or datetime, day value is outside expected range"
    )


def test_features_with_a_weight_are_named_once() -> None:
    assert WEIGHTS.passage_features == ["passage_cosine", "length", "best_cosine", "maxsim"]


def calibrate(data: Path, encoder: str, reranker: str | None, weights: Weights) -> None:
    file = calibrated_file(data, encoder, reranker)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_weights(weights, file)


def test_each_encoder_and_reranker_has_a_file_of_its_own(tmp_path: Path) -> None:
    encoder, reranker = "0123456789abcdef" * 4, "fedcba9876543210" * 4
    folder = tmp_path / "weights"
    assert calibrated_file(tmp_path, encoder, None) == folder / "0123456789abcdef.json"
    assert calibrated_file(tmp_path, encoder, reranker) == folder / "0123456789abcdef-fedcba9876543210.json"


def test_the_weights_calibrated_for_both_come_first(tmp_path: Path) -> None:
    of_both, of_encoder = replace(WEIGHTS, answered=0.9), replace(WEIGHTS, answered=0.8)
    calibrate(tmp_path, "encoder", "reranker", of_both)
    calibrate(tmp_path, "encoder", None, of_encoder)
    assert weights_for(tmp_path, "encoder", "reranker") == of_both
    assert weights_for(tmp_path, "encoder", "another") == of_encoder
    assert weights_for(tmp_path, "encoder") == of_encoder


def test_an_encoder_nobody_calibrated_is_trusted_less(tmp_path: Path) -> None:
    calibrate(tmp_path, "another", None, WEIGHTS)
    found = weights_for(tmp_path, "encoder")
    assert (found.answered, found.closest) == (0.5, 0.2)
    assert replace(found, answered=0.3, closest=0.1) == replace(
        read_weights(SHIPPED_WEIGHTS), answered=0.3, closest=0.1
    )


def test_damaged_weights_are_named_and_the_next_best_are_used(tmp_path: Path) -> None:
    of_encoder = replace(WEIGHTS, answered=0.8)
    calibrate(tmp_path, "encoder", "reranker", WEIGHTS)
    calibrate(tmp_path, "encoder", None, of_encoder)
    both, alone = (calibrated_file(tmp_path, "encoder", reranker) for reranker in ("reranker", None))
    told: list[str] = []

    def tell(reason: Reason) -> None:
        told.append(for_operators(reason))

    both.write_bytes(b"{")
    reason = "Invalid JSON: EOF while parsing an object at line 1 column 1"
    wanted = f"The ranker's weights in {both} cannot be used ({reason}); delete them, or calibrate again."
    assert weights_for(tmp_path, "encoder", "reranker", tell) == of_encoder
    assert told == [f"{wanted} Until then the weights calibrated without the reranker are used."]

    told.clear()
    alone.unlink()
    alone.mkdir()
    found = weights_for(tmp_path, "encoder", "reranker", tell)
    assert found.provenance == read_weights(SHIPPED_WEIGHTS).provenance
    assert (found.answered, found.closest) == (0.5, 0.2)
    assert told == [
        f"{wanted} Until then the shipped weights are used.",
        f"The ranker's weights in {alone} cannot be used (Is a directory); delete them, or calibrate again. "
        "Until then the shipped weights are used.",
    ]


def test_damaged_weights_are_in_the_log_unless_somebody_else_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    calibrate(tmp_path, "encoder", None, WEIGHTS)
    calibrated_file(tmp_path, "encoder", None).write_bytes(b"")
    weights_for(tmp_path, "encoder")
    [message] = caplog.messages
    assert "shipped-weights-instead" in message


def test_a_data_folder_that_is_none_has_no_weights(tmp_path: Path, encoder: SentenceTransformerEncoder) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    told: list[Reason] = []
    assert weights_for(tmp_path / "data", encoder.fingerprint, None, told.append) == read_weights(SHIPPED_WEIGHTS)
    assert told == []


def test_damaged_shipped_weights_are_to_be_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "weights.json"
    cut = SHIPPED_WEIGHTS.read_text(encoding="utf-8")[:-3]
    shipped.write_text(cut, encoding="utf-8")
    monkeypatch.setattr("retrieval.ranking.weights.SHIPPED_WEIGHTS", shipped)
    with pytest.raises(ModelError) as caught:
        weights_for(tmp_path, "encoder")
    assert for_operators(caught.value) == (
        f"The ranker's weights in {shipped} cannot be used (Invalid JSON: EOF while parsing an object at line "
        f"{len(cut.splitlines())} column {len(cut.splitlines()[-1])}); install Pullquote again."
    )


def test_the_shipped_weights_are_for_the_packaged_model(tmp_path: Path, encoder: SentenceTransformerEncoder) -> None:
    shipped = read_weights(SHIPPED_WEIGHTS)
    assert shipped.provenance.fingerprint == encoder.fingerprint
    assert weights_for(tmp_path, encoder.fingerprint) == shipped
    assert 0 < shipped.closest < shipped.answered < 1
    assert set(shipped.topic) > {"bias"} < set(shipped.answer)
    assert Ranker(shipped).weights == shipped
