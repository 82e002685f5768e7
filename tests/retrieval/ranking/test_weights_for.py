"""Which weights are for which encoder and reranker."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.locales import for_operators
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ModelError, Reason
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import (
    SHIPPED_WEIGHTS,
    Weights,
    calibrated_file,
    read_weights,
    weights_for,
    write_weights,
)
from tests.support.fake_weights import WEIGHTS


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
