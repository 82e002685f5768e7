"""Values that wait in memory for somebody to come back to them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Keeping(Generic[T]):
    """Values by keys of 16 hexadecimal digits that nobody can guess, for any thread."""

    def __init__(self, seconds: float, room: int, size: Callable[[T], int], clock: Callable[[], float]) -> None:
        """Values are kept for `seconds`, and have `room` bytes in all: the oldest go first, the newest always stays.

        `size` tells the bytes of a value, `clock` the seconds since whenever.
        """
        self._seconds = seconds
        self._room = room
        self._size = size
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, T]] = {}

    def keep(self, value: T) -> str:
        """Keep a value and return its key."""
        key = secrets.token_hex(8)
        with self._lock:
            self._kept[key] = (self._clock(), value)
            self._tidy()
        return key

    def get(self, key: str) -> T | None:
        """The value of a key; None if it is not kept any more."""
        with self._lock:
            self._tidy()
            kept = self._kept.get(key)
        return kept and kept[1]

    def replace(self, key: str, value: T, *, anew: bool = False) -> None:
        """Keep another value under a key, if its value is still there: for the rest of the time, or `anew`."""
        with self._lock:
            if key in self._kept:
                since, _ = self._kept[key]
                self._kept[key] = (self._clock() if anew else since, value)

    def drop(self, key: str) -> None:
        """Keep the value of a key no longer."""
        with self._lock:
            self._kept.pop(key, None)

    def _tidy(self) -> None:
        now = self._clock()
        room = self._room
        for i, (key, (since, value)) in enumerate(reversed(list(self._kept.items()))):
            room -= self._size(value)
            if now - since > self._seconds or (room < 0 and i > 0):
                del self._kept[key]
