"""What was done lately, so that it is not done again."""

from __future__ import annotations

from collections.abc import Hashable

# How many are remembered: those that were done last.
_MOST = 1_000


class Lately:
    """A memory of bounded size. Must be used from one event loop."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._done: dict[Hashable, None] = {}

    def __contains__(self, what: Hashable) -> bool:
        return what in self._done

    def forget(self, what: Hashable) -> None:
        """Remember something no longer, for it came to nothing."""
        self._done.pop(what, None)

    def note(self, what: Hashable) -> bool:
        """Remember that something is done. Says whether it is the first time."""
        is_new = what not in self._done
        self._done.pop(what, None)
        self._done[what] = None
        if len(self._done) > self._most:
            del self._done[next(iter(self._done))]
        return is_new
