"""Text → vectors, by a sentence-transformers model on the CPU."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.encoding.loading import fingerprint, is_at_hand, reason
from retrieval.encoding.model_card import languages_of, model_card
from retrieval.encoding.packaged_model import DEFAULT_MODEL, packaged_model
from retrieval.encoding.threads import Threads, torch_threads
from retrieval.errors import ModelError
from retrieval.language.words import Word
from retrieval.precedence import give_way, unhurried
from retrieval.reading.measure import TokenizerMeasure

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# How many word pieces a passage may have where a model reads without end, or does not say how far it reads.
_LONGEST = 512

_DEFAULT_THREADS = Threads()


class SentenceTransformerEncoder:
    """An Encoder made of a loaded sentence-transformers model."""

    def __init__(self, model: SentenceTransformer, name: str, threads: Threads = _DEFAULT_THREADS) -> None:
        self._model = model
        _give_way_between_operations(model)
        self._threads = threads
        self._tokenizer = _untruncated(model)
        self.name = name
        self.dimension = int(model.get_embedding_dimension() or 0)
        special = self._tokenizer.num_special_tokens_to_add(is_pair=False)
        self.max_tokens = int(min(model.max_seq_length or _LONGEST, _LONGEST)) - special
        self.measure = TokenizerMeasure(self._tokenizer, self.max_tokens)
        self._query_prompt = _prompt(model, "query")
        self._passage_prompt = _prompt(model, "document", "passage", "corpus")
        self.fingerprint = _fingerprint(model, self._tokenizer)
        self.languages = languages_of(model_card(model))

    @classmethod
    def load(cls, name: str = DEFAULT_MODEL, threads: Threads = _DEFAULT_THREADS) -> SentenceTransformerEncoder:
        """Load the packaged model, a folder, or a model of the hub. Raises ModelError."""
        folder = packaged_model() if name == DEFAULT_MODEL else name
        # Loading torch takes seconds, which a wrong name above and a command without a model need not wait for.
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise ModelError("library-missing", error=str(error)) from error
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # A third party's loading code raises any exception; whoever reads about it wants one sentence in every case.
        try:
            model = SentenceTransformer(folder, device="cpu", local_files_only=is_at_hand(folder, "modules.json"))
            # Models saved in half precision are slow on a CPU, and NumPy does not know bfloat16.
            return cls(model.float(), name, threads)
        except Exception as error:
            raise ModelError("model-not-loaded", model=name, reason=reason(error)) from error

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        with torch_threads(self._threads.question):
            outputs = self._model.encode_query(
                list(questions), prompt=self._query_prompt, output_value=None, show_progress_bar=False
            )
            return self._encoded(questions, words, outputs, self._query_prompt)

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        with torch_threads(self._threads.build):
            outputs = self._model.encode_document(
                list(texts), prompt=self._passage_prompt, output_value=None, show_progress_bar=False
            )
            return self._encoded(texts, words, outputs, self._passage_prompt)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        with torch_threads(self._threads.build):
            return self._sentences(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.measure.count_tokens(texts)

    def _sentences(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode_document(
            list(texts), prompt=self._passage_prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)

    def _encoded(self, texts: Sequence[str], words: Sequence[Sequence[Word]], outputs: Any, prompt: str) -> Encoded:
        pooled = np.array([output["sentence_embedding"].numpy() for output in outputs]).reshape(-1, self.dimension)
        vectors = _normalised(pooled)
        if outputs and "token_embeddings" not in outputs[0]:  # a model without layers knows no words in context
            return Encoded(vectors, [self._alone(*pair) for pair in zip(texts, words, strict=True)])
        pieces = self._tokenizer.encode_batch([prompt + text for text in texts])
        by_word = [
            _word_vectors(output, [start - len(prompt) for start, _ in each.offsets], each.special_tokens_mask, of_text)
            for output, each, of_text in unhurried(zip(outputs, pieces, words, strict=True))
        ]
        return Encoded(vectors, by_word)

    def _alone(self, text: str, words: Sequence[Word]) -> Vectors:
        return self._sentences([text[word.start : word.end] for word in words])


def _word_vectors(
    encoded: dict[str, Any], starts: Sequence[int], special: Sequence[int], words: Sequence[Word]
) -> Vectors:
    """The mean of the pieces that start inside each word; zeros for words that were cut off."""
    tokens = encoded["token_embeddings"][encoded["attention_mask"].bool()].float().numpy()
    # The last token of a text that was cut off is a special token again, where the next piece would be.
    read = len(tokens) if len(tokens) == len(starts) else len(tokens) - 1
    is_piece = np.array(special[:read]) == 0
    kept_starts, kept = np.array(starts[:read], np.int64)[is_piece], tokens[:read][is_piece]
    sums = np.vstack([np.zeros_like(tokens[:1]), np.cumsum(kept, axis=0, dtype=np.float64)])
    first = np.searchsorted(kept_starts, [word.start for word in words])
    last = np.searchsorted(kept_starts, [word.end for word in words])
    return _normalised(sums[last] - sums[first])


def _normalised(vectors: NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _prompt(model: SentenceTransformer, *names: str) -> str:
    """The model's prompt for texts of this kind: the first prompt under these names, or else its default prompt."""
    wanted = [name for name in (*names, model.default_prompt_name) if name and model.prompts.get(name)]
    return str(model.prompts[wanted[0]]) if wanted else ""


def _give_way_between_operations(model: SentenceTransformer) -> None:
    """Have a build's forward pass give way before each linear map and the like.

    For many texts a single layer of the model takes longer than an answer.
    """
    for module in model.modules():
        if not any(True for _ in module.children()):
            module.register_forward_pre_hook(lambda *_: give_way())


def _untruncated(model: SentenceTransformer) -> Tokenizer:
    """A copy of the model's tokenizer that counts all of a text; the model's own must not change while it encodes."""
    tokenizer: Tokenizer = copy.deepcopy(getattr(model.tokenizer, "backend_tokenizer", model.tokenizer))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _fingerprint(model: SentenceTransformer, tokenizer: Tokenizer) -> str:
    """SHA-256 over the weights, the tokenizer and all settings that change a vector."""
    config = getattr(model.transformers_model, "config", None)
    # The version of the library that reads the model changes no vector.
    settings = {} if config is None else {**json.loads(config.to_json_string()), "transformers_version": None}
    told = f"{model.max_seq_length} {model} {model.prompts} {sorted(settings.items())}"
    return fingerprint(told, tokenizer, model.state_dict())
