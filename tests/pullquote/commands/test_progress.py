"""The bar in the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from pullquote.commands import progress as progress_module
from pullquote.commands.progress import progress_bar
from retrieval.progress import Step


def test_no_progress_where_nobody_watches(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as progress:
        progress(Step.ENCODING, 1, 2)
    assert capfd.readouterr() == ("", "")


def test_a_terminal_shows_the_step_how_far_it_is_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(progress_module, "err", Console(file=screen, force_terminal=True, width=100, color_system=None))
    with progress_bar() as progress:
        progress(Step.READING, 1, 2)
        progress(Step.ENCODING, 0, 640)
        progress(Step.ENCODING, 64, 640)
    last = [line for line in screen.getvalue().splitlines() if "/" in line][-1]
    assert last.split()[0].endswith("Encoding")
    assert last.split()[-3:] == ["64/640", "-:--:--", "left"]
