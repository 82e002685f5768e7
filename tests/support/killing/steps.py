"""The steps of an operation on the disk, each with a name, told from outside: the program does not know of them.

A step is where something on the disk is about to change, or where a database or a process just was. What is only read
is not a step: a kill finds the same disk before it and after it.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

# Parts of names that chance made, or the place of the folder: a step has the same name in each run.
_MADE_BY_CHANCE = (
    (re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{8}"), "SNAPSHOT"),
    (re.compile(r"[a-z0-9_]{8}(?=\.unfinished)"), "RANDOM"),
    (re.compile(r"\btmp[a-z0-9_]{8}\b"), "RANDOM"),
    (re.compile(r"-[0-9a-f]{8}(?=/|$)"), ""),
    (re.compile(r"\b1[0-9]{18}\b"), "GUILD"),
)
# What happens to all files of a snapshot in turn has one name for all of them, but for what is written.
_OF_EACH_FILE = re.compile(r"(?<=SNAPSHOT/)(?!current|manifest).+")
_CHANGES = {"os.mkdir": "make", "os.rename": "rename", "os.remove": "remove", "os.rmdir": "remove", "os.chmod": "chmod"}
_WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|CREATE UNIQUE INDEX|CREATE INDEX) (\S+)")


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """The time that a step of this name comes in an operation: 1 is the first."""

    name: str
    time: int = 1

    def __str__(self) -> str:
        return self.name if self.time == 1 else f"{self.name}, time {self.time}"


class Steps:
    """Notes the steps of this process from now on, and kills it at one of them. A process has one of these at most."""

    def __init__(self, data: Path, kill_at: Step | None = None) -> None:
        """`data` is the folder that counts."""
        self.reached: list[Step] = []
        self._data = str(data)
        self._kill_at = kill_at
        self._counts: Counter[str] = Counter()
        self._lock = threading.RLock()
        self._opened = threading.local()

    def watch(self) -> None:
        """Have all that follows in this process noted."""
        event.listen(Engine, "before_cursor_execute", self._before_statement)
        event.listen(Engine, "begin", lambda _: self.reach("SQL BEGIN"))
        event.listen(Engine, "commit", lambda _: self.reach("SQL COMMIT"))
        event.listen(Engine, "rollback", lambda _: self.reach("SQL ROLLBACK"))
        event.listen(Session, "after_commit", lambda _: self.reach("SQL committed"))
        write_bytes = Path.write_bytes

        def watched_fsync(_: int) -> None:
            # Nobody waits for the disk: what a process wrote outlives the process, and the power stays on.
            self.reach(f"fsync {_OF_EACH_FILE.sub('…', self._opened.name)}")

        def watched_write(path: Path, content: bytes) -> int:
            half = content[: len(content) // 2]
            self.reach(f"half of {self._name(path)}", lambda: write_bytes(path, half))
            return write_bytes(path, content)

        patch.object(os, "fsync", watched_fsync).start()
        patch.object(Path, "write_bytes", watched_write).start()
        sys.addaudithook(self._on_audit)

    def reach(self, name: str, last: Callable[[], object] = lambda: None) -> None:
        """Note a step. If it is the step to be killed at, do the last that this process does, and kill it."""
        with self._lock:
            self._counts[name] += 1
            step = Step(name, self._counts[name])
            self.reached.append(step)
            if step == self._kill_at:
                last()
                os.kill(os.getpid(), signal.SIGKILL)

    def _before_statement(self, _connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if written := _WRITES.match(statement.strip()):
            self.reach(f"SQL {written[1]} {written[2]}")

    def _on_audit(self, happened: str, arguments: tuple[Any, ...]) -> None:
        if happened == "open":
            self._on_open(*arguments)
        elif happened in _CHANGES and (name := self._changed(arguments)):
            self.reach(f"{_CHANGES[happened]} {name}")
        elif happened == "fcntl.flock":
            self.reach("lock or unlock")
        elif happened == "subprocess.Popen":
            self.reach("start a process")

    def _on_open(self, path: object, _mode: object, flags: int) -> None:
        if isinstance(path, str | Path) and str(path).startswith(self._data):
            self._opened.name = self._name(path)
            if flags & (os.O_CREAT | os.O_TRUNC | getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0)):
                self.reach(f"write {self._opened.name}")

    def _changed(self, arguments: tuple[Any, ...]) -> str | None:
        """What is made, renamed or removed, if it is in the folder."""
        path, *_, folder = arguments
        if not isinstance(path, str | Path):
            return None
        if str(path).startswith(self._data):
            return _OF_EACH_FILE.sub("…", self._name(path))
        # Whoever removes a folder and all that is in it says the names alone, and in which open folder they are.
        return None if folder in (-1, None) or Path(path).is_absolute() else "what is in a folder"

    def _name(self, path: str | os.PathLike[str]) -> str:
        return plain(os.fspath(path).removeprefix(self._data).lstrip("/") or "data")


def plain(name: str) -> str:
    """A name without what chance made of it."""
    for made, instead in _MADE_BY_CHANCE:
        name = made.sub(instead, name)
    return name
