"""What the tests of settings share: an environment of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pullquote import settings as module
from pullquote.settings import Settings


@pytest.fixture
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder of a test, with no variable set and no other `.env` than the one it writes there."""
    for name in os.environ:
        if name.upper().startswith(("DISCORD_", "PULLQUOTE_")):
            monkeypatch.delenv(name)
    files = (Path("no such folder/.env"), Path(".env"))
    monkeypatch.setattr(module, "ENV_FILES", files)
    monkeypatch.setitem(Settings.model_config, "env_file", files)
    monkeypatch.chdir(tmp_path)
    return tmp_path
