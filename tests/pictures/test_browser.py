"""Without Chromium there are no pictures, but a sentence."""

from __future__ import annotations

import runpy

import pytest


def test_a_missing_chromium_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("tests.pictures", run_name="__main__")
    assert ended.value.code == "Pictures are made by Chromium, which is not installed: sudo apt install chromium"
