"""Answers come first: who builds gives way to who answers, for the threads of a process share one interpreter.

Beside a thread that works in Python an answer takes several times as long, for it waits for its turn again and again.
So that it does not, answers say while they are under way, and long work asks between its small parts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

# Seconds. A build that gave way works for so long before it gives way again, and waits for no answer longer than the
# second: it ends, whoever asks meanwhile.
_WORK, _PATIENCE = 0.01, 0.1


class Precedence:
    """The answers that are under way, and how others give way to them. Everything in it is for any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, patience: float = _PATIENCE) -> None:
        """`clock` tells the seconds since whenever; `patience` is how many seconds one answer is waited for at most."""
        self._clock = clock
        self._patience = patience
        # By the threads that answer. One operation on a dictionary at a time needs no lock.
        self._under_way: dict[int, threading.Event] = {}
        self._gave_way = threading.local()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Have other threads give way until the code inside is done."""
        over = threading.Event()
        self._under_way[threading.get_ident()] = over
        try:
            yield
        finally:
            del self._under_way[threading.get_ident()]
            over.set()

    def give_way(self) -> None:
        """Wait until the answers of other threads that are under way are given. Not for those that start meanwhile."""
        if not self._under_way or threading.get_ident() in self._under_way:
            return
        if self._clock() < getattr(self._gave_way, "until", 0.0):
            return
        for over in list(self._under_way.values()):
            over.wait(self._patience)
        self._gave_way.until = self._clock() + _WORK

    def unhurried(self, items: Iterable[T]) -> Iterator[T]:
        """The items, before each of which this thread gives way."""
        for item in items:
            self.give_way()
            yield item


_OURS = Precedence()
answering = _OURS.answering
give_way = _OURS.give_way
unhurried = _OURS.unhurried
