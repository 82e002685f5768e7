"""Question and passage read together → a score, by a sentence-transformers cross-encoder on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.loading import fingerprint, is_at_hand, reason
from retrieval.encoding.reranker import Pair
from retrieval.encoding.threads import torch_threads
from retrieval.errors import ModelError, UnfitError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """A Reranker made of a loaded cross-encoder with one output and the identity as its activation."""

    def __init__(self, model: CrossEncoder, name: str, threads: int = 1) -> None:
        self._model = model
        self._threads = threads
        self.name = name
        self.fingerprint = _fingerprint(model)

    @classmethod
    def load(cls, name: str, threads: int = 1) -> CrossEncoderReranker:
        """Load a folder or a model of the hub. Raises ModelError."""
        # Loading torch takes seconds, and most programs do not use a reranker.
        try:
            from sentence_transformers import CrossEncoder
            from torch.nn import Identity
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise ModelError("library-missing", error=str(error)) from error
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        # A third party's loading code raises any exception; whoever reads about it wants one sentence in every case.
        try:
            # Most cross-encoders of the hub lack the file that an encoder is known by; all have config.json.
            at_hand = is_at_hand(name, "modules.json") or is_at_hand(name, "config.json")
            model = CrossEncoder(name, device="cpu", local_files_only=at_hand, activation_fn=Identity())
            _check_output(model)
            # Models saved in half precision are slow on a CPU.
            return cls(model.float(), name, threads)
        except Exception as error:
            raise ModelError("reranker-not-loaded", model=name, reason=reason(error)) from error

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        with torch_threads(self._threads):
            scores = self._model.predict([(pair.question, pair.passage) for pair in pairs], show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32).reshape(len(pairs))


def _check_output(model: CrossEncoder) -> None:
    """Raise UnfitError unless the model gives one score for each pair and has been trained to."""
    if model.num_labels != 1:
        raise UnfitError("many-scores", scores=model.num_labels)
    # If a model has no such output, as an encoder has none, sentence-transformers adds an output with random weights.
    architectures = getattr(model.config, "architectures", None) or ()
    if len(model) == 1 and not any(name.endswith("ForSequenceClassification") for name in architectures):
        raise UnfitError("untrained")


def _fingerprint(model: CrossEncoder) -> str:
    """SHA-256 over the weights, the tokenizer and all settings that change a score."""
    settings = (
        model.max_seq_length,
        model,
        model.prompts,
        model.default_prompt_name,
        model.activation_fn,
        model.config,
    )
    return fingerprint(" ".join(map(str, settings)), model.tokenizer.backend_tokenizer, model.state_dict())
