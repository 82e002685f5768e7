"""The process that reads articles reaches no network, starts no program and writes no file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = """
import os, socket, subprocess, sys
from retrieval.reading.confinement import confine
confine()
try:
    {attempt}
except PermissionError as error:
    print("refused:", error.strerror)
else:
    print("done")
"""


def outcome(attempt: str) -> str:
    """What a confined process says of an attempt."""
    program = _PROGRAM.format(attempt=attempt)
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ended.stdout.strip()


@pytest.mark.parametrize(
    ("attempt", "event"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "socket.getaddrinfo"),
        ("socket.socket()", "socket.__new__"),
        ("subprocess.run(['true'])", "subprocess.Popen"),
        ("os.system('true')", "os.system"),
        ("os.fork()", "os.fork"),
        ("os.execv('/bin/true', ['true'])", "os.exec"),
        ("open(os.devnull, 'w')", "open"),
        ("os.open(os.devnull, os.O_RDWR)", "open"),
    ],
)
def test_what_a_parser_might_try_is_refused(attempt: str, event: str) -> None:
    assert outcome(attempt) == f"refused: {event} is not for the process that reads articles"


def test_files_can_be_read_and_modules_loaded() -> None:
    assert outcome(f"open({str(Path(__file__))!r}).read(); import mammoth, docutils.core, wave") == "done"
