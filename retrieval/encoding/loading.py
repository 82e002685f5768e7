"""Loading models: what encoders and rerankers share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.errors import Reason, UnfitError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def fingerprint(settings: str, tokenizer: Tokenizer, weights: Mapping[str, Any]) -> str:
    """SHA-256 over the settings, the tokenizer and the weights of a model, which are tensors by name."""
    digest = hashlib.sha256(settings.encode())
    digest.update(tokenizer.to_str().encode())
    for name, tensor in sorted(weights.items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy())
    return digest.hexdigest()


def is_at_hand(model: str, file: str) -> bool:
    """Whether a model is on this disk: as a folder, or in the hub's cache, where the model's `file` tells.

    Only a model that is not on this disk may be downloaded.
    """
    from huggingface_hub import try_to_load_from_cache  # slow to import, needed for other models only

    return Path(model).is_dir() or isinstance(try_to_load_from_cache(model, file), str)


def reason(error: Exception) -> str | Reason:
    """Our own reason, or the first line of what a third party's loading code has to say, without its full stop."""
    if isinstance(error, UnfitError):
        return error.reason
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(". ")
