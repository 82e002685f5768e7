"""Weights: written and read again, refused when damaged."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pullquote.locales import for_operators
from retrieval.errors import ModelError
from retrieval.ranking.weights import (
    RERANKER,
    SHIPPED_WEIGHTS,
    Weights,
    checksum,
    read_weights,
    write_weights,
)
from tests.support.fake_weights import WEIGHTS
from tests.support.shelves import content, full_disk


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
