"""Measures that the process that reads articles can import quickly: good measures and bad measures."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Words:
    """Counts words."""

    max_tokens: int = 254

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


class Obedient(Words):
    """Does what a text says, as a parser might do on bad luck."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        for text in texts:
            deed, _, how = text.partition(" ")
            _DEEDS.get(deed, len)(how)
        return super().count_tokens(texts)


def _work(seconds: str) -> None:
    end = time.process_time() + float(seconds)
    while time.process_time() < end:
        pass


def _fail(message: str) -> None:
    raise OverflowError(message)


def _fail_with_limit(_: str) -> None:
    """Tell the limit of the processor's seconds, as an error."""
    import resource

    _fail(str(resource.getrlimit(resource.RLIMIT_CPU)[0]))


def _wait_for(pipe: str) -> None:
    """Wait until somebody has written to a named pipe and closed it."""
    Path(pipe).read_bytes()


def _do_without(module: str) -> None:
    assert module not in sys.modules


_DEEDS: Mapping[str, Callable[[str], object]] = {
    "work": _work,
    "fill": lambda size: bytearray(int(size)),
    "die": lambda name: os.kill(os.getpid(), signal.Signals[name]),
    "exit": lambda code: os._exit(int(code)),
    "fail": _fail,
    "limit": _fail_with_limit,
    "print": lambda text: print(text, flush=True),
    "wait": _wait_for,
    "without": _do_without,
}
