"""Kills Pullquote at steps of an operation, and judges what is found afterwards.

Every Pullquote here is a process of its own, so that a kill takes nothing else with it. All are forked from a process
that has imported what they need, or else most of a kill's time would be imports.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.killing.finding import Found, find
from tests.support.killing.judging import Judge, Outcome
from tests.support.killing.scene import OPERATIONS, Scene, furnish, running
from tests.support.killing.steps import Step, Steps

if TYPE_CHECKING:  # no other Pullquote needs the programs of a server
    from tests.support.postgresql import Server

_CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Kill:
    """A kill, and what was found after it; `why` says what is wrong with a failure."""

    operation: str
    at: Step | float
    """The step, or the seconds after the operation began."""
    outcome: Outcome
    why: str = ""


class Stage:
    """A folder in which one operation after another is done and killed, each in the same scene."""

    def __init__(self, folder: Path, server: Server | None = None) -> None:
        """With a server of PostgreSQL the state is there, otherwise in SQLite. Raises RuntimeError."""
        self._server = server
        self._furnished = folder / "furnished"
        if server is None:
            self.scene = Scene(folder / "scene")
        else:
            self.scene = Scene(folder / "scene", server.url("scene"))
            server.execute("CREATE DATABASE scene")
        self.scene.root.mkdir(parents=True)
        _run(_furnish, self.scene).result()
        self.scene.root.rename(self._furnished)
        if server is not None:
            server.execute("ALTER DATABASE scene RENAME TO furnished")

    def restore(self) -> None:
        """Make the scene what it was."""
        shutil.rmtree(self.scene.root, ignore_errors=True)
        shutil.copytree(self._furnished, self.scene.root)
        if self._server is not None:
            self._server.execute("DROP DATABASE IF EXISTS scene WITH (FORCE)")
            self._server.execute("CREATE DATABASE scene TEMPLATE furnished")

    def close(self) -> None:
        """Delete the databases of a server."""
        if self._server is not None:
            self._server.execute("DROP DATABASE IF EXISTS scene WITH (FORCE)")
            self._server.execute("DROP DATABASE furnished WITH (FORCE)")


class Driver:
    """Kills Pullquote in one operation. One thread at a time may use it, and its stage."""

    def __init__(self, operation: str, stage: Stage) -> None:
        """Raises RuntimeError if the operation does not even work without a kill."""
        self.operation = operation
        self._stage = stage
        self._scene = stage.scene
        stage.restore()
        OPERATIONS[operation].before(self._scene)
        old: Found = _run(_find, self._scene).result()
        stage.restore()
        self.steps: Sequence[Step]
        """All steps of the operation, in order."""
        self.seconds: float
        """How long the operation takes."""
        self.steps, self.seconds = _run(_operate, self._scene, operation, None).result()
        self._judge = Judge(old, _run(_find, self._scene).result())

    def kill(self, at: Step | float) -> Kill:
        """Kill a Pullquote at a step of the operation, or some seconds after it began, and start another."""
        self._stage.restore()
        killed = _run(_operate, self._scene, self.operation, at)
        if killed.code != -signal.SIGKILL and isinstance(at, Step):
            return Kill(self.operation, at, Outcome.FAILURE, f"it was not killed, but ended: {killed}")
        after = _run(_find, self._scene)
        if after.code != 0:
            return Kill(self.operation, at, Outcome.FAILURE, f"it does not serve again: {after}")
        return Kill(self.operation, at, *self._judge.of(after.result(), confirmed=_CONFIRMED in killed.said))


@dataclass(frozen=True, slots=True)
class _Ended:
    """How a process ended, and what it had said until then."""

    code: int | None
    said: Sequence[Any]

    def result(self) -> Any:
        """The last that it said. Raises RuntimeError if it failed."""
        if self.code != 0:
            raise RuntimeError(str(self))
        return self.said[-1]


def _run(do: Callable[..., None], *arguments: object) -> _Ended:
    """Run a function in a process of its own, which says what it has to say through a pipe."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__, "tests.support.killing.warm"])
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=_report, args=(theirs, do, *arguments))
    process.start()
    theirs.close()
    said = []
    with ours, suppress(EOFError):
        while True:
            said.append(ours.recv())
    process.join()
    return _Ended(process.exitcode, said)


def _report(parent: Connection, do: Callable[..., None], *arguments: object) -> None:
    """Run a function, and say what it raises."""
    try:
        do(parent, *arguments)
    except Exception:  # noqa: BLE001 - for the parent to look at
        parent.send(traceback.format_exc())
        raise SystemExit(1) from None


def _furnish(parent: Connection, scene: Scene) -> None:
    furnish(scene)
    parent.send(None)


def _find(parent: Connection, scene: Scene) -> None:
    parent.send(find(scene))


def _operate(parent: Connection, scene: Scene, operation: str, at: Step | float | None) -> None:
    """Do an operation, say that it is confirmed, and then which steps it had and how many seconds it took."""
    steps = Steps(scene.data, at if isinstance(at, Step) else None)
    what = OPERATIONS[operation]

    def begin() -> float:
        what.before(scene)
        steps.watch()
        if isinstance(at, float):
            threading.Timer(at, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return time.perf_counter()

    started = begin() if what.is_start else 0.0
    with running(scene) as pullquote:
        started = started or begin()
        what.do(pullquote)
        seconds = time.perf_counter() - started
        parent.send(_CONFIRMED)
        steps.reach(_CONFIRMED)
    parent.send((tuple(steps.reached), seconds))
