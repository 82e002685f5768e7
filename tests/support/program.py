"""The program as people run it: a copy of its files in a folder of its own, started as a process."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pullquote import settings

ROOT = Path(__file__).resolve().parents[2]
OURS = ("DISCORD_", "PULLQUOTE_")

# Runs a script and writes down, on standard error, every address that is looked up or connected to meanwhile.
WATCH = """
import os, runpy, sys

def watch(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
    elif event == "socket.getaddrinfo":
        address = arguments
    else:
        return
    print("reached for", address[0] if isinstance(address, tuple) else address, file=sys.stderr, flush=True)

sys.addaudithook(watch)
del sys.argv[0]
sys.path.insert(0, os.path.dirname(sys.argv[0]))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass(frozen=True)
class Ended:
    """How a run of the command line ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Program:
    """A copy, so that neither the `.env` nor the saved index of whoever runs the tests has a say."""

    folder: Path

    @classmethod
    def install(cls, folder: Path) -> Program:
        shutil.copy(ROOT / "bot.py", folder)
        for package in ("pullquote", "retrieval", "corpus"):
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        return cls(folder)

    def command(self, *arguments: str, python: Sequence[str] = (), watched: bool = False) -> list[str]:
        """The command line; `python` holds options of the interpreter."""
        watch = ["-c", WATCH] if watched else []
        return [sys.executable, *python, *watch, str(self.folder / "bot.py"), *arguments]

    def run(
        self,
        *arguments: str,
        given: bytes = b"",
        cwd: Path | None = None,
        python: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the program to its end, with `given` on standard input."""
        return subprocess.run(
            self.command(*arguments, python=python),
            input=given,
            capture_output=True,
            cwd=cwd or self.folder,
            env=environment(**(variables or {})),
            check=False,
        )


@contextlib.contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs meanwhile, ended in any case."""
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def environment(**variables: str) -> dict[str, str]:
    """The variables, and the environment without anything that the program or the model's hub reads."""
    rest = {name: value for name, value in os.environ.items() if not name.upper().startswith((*OURS, "HF_"))}
    return {**rest, **variables}


def isolate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide from this process, too, what whoever runs the tests has set for a bot of their own."""
    for name in os.environ:
        if name.upper().startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.setattr(settings, "ENV_FILES", ())
    monkeypatch.setitem(settings.Settings.model_config, "env_file", ())


def reached(stderr: str) -> set[str]:
    """The addresses that a watched process looked up or connected to."""
    prefix = "reached for "
    return {line.removeprefix(prefix) for line in stderr.splitlines() if line.startswith(prefix)}
