"""One process at a time uses a data folder, and another one is told which does."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pullquote.library.state.errors import StateError
from pullquote.library.state.holder import holding
from pullquote.locales import for_operators
from tests.support.program import ROOT

HOLDS = """
import sys
from pathlib import Path
from pullquote.library.state.holder import holding
with holding(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(data: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a data folder until its standard input ends."""
    command = [sys.executable, "-c", HOLDS, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds\n"
        yield process


def refusal(data: Path) -> StateError:
    """Why a data folder is not held."""
    with pytest.raises(StateError) as error, holding(data):
        pass
    return error.value


def test_the_second_process_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with another_process(data) as process:
        error = refusal(data)
        assert {name: error.fields[name] for name in ("folder", "pid", "host")} == {
            "folder": str(data),
            "pid": process.pid,
            "host": platform.node(),
        }
        assert error.code == "data-held-by"
        assert f"Process {process.pid} on {platform.node()} has used the data folder {data}" in for_operators(error)
        process.communicate("")
    with holding(data):
        assert (data / "holder.json").exists()
    assert not (data / "holder.json").exists()


def test_the_folder_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    with another_process(tmp_path) as process:
        process.kill()
    assert (tmp_path / "holder.json").exists()
    with holding(tmp_path):
        assert refusal(tmp_path).fields["pid"] == os.getpid()


def test_a_note_that_cannot_be_read_names_nobody(tmp_path: Path) -> None:
    with holding(tmp_path):
        for note in (b"", b"\xff", b"{}"):
            (tmp_path / "holder.json").write_bytes(note)
            error = refusal(tmp_path)
            assert (error.code, error.fields) == ("data-held", {"folder": str(tmp_path)})


def test_a_folder_is_held_without_a_note_too(tmp_path: Path) -> None:
    (tmp_path / "holder.json").mkdir()  # nothing can take its place
    for _ in range(2):
        with holding(tmp_path):
            assert refusal(tmp_path).code == "data-held"


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    error = refusal(tmp_path / "data")
    assert error.code == "data-not-held"
    assert error.fields["folder"] == str(tmp_path / "data")
