"""Lines and errors that commands print."""

from __future__ import annotations

import pytest

from pullquote.commands.printing import print_error
from retrieval.errors import CorpusError


def test_errors_go_to_standard_error_unbroken(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    sentence = "There is no corpus folder at /a/very/long [bold]path[/bold] :smile:."
    print_error(CorpusError(sentence))
    assert capsys.readouterr() == ("", f"{sentence}\n")
