"""How many questions somebody may ask in a while."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Hashable

from retrieval.errors import PullquoteError

SECONDS = 30.0
"""How long a question counts."""
# How many askers are remembered: those who asked last.
_MOST = 10_000


class TooFastError(PullquoteError):
    """For members: they, or all members of their server together, have asked too much in a short time."""


class Allowance:
    """Counts the questions of each asker. Must be used from one event loop."""

    def __init__(self, questions: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`questions` is how many an asker may put within SECONDS; 0 for any number. `clock` tells seconds."""
        self.questions = questions
        self._clock = clock
        self._asked: dict[Hashable, deque[float]] = {}

    def wait(self, asker: Hashable) -> float:
        """In how many seconds an asker may ask again; 0 for now."""
        asked = self._asked.get(asker)
        if not asked or len(asked) < self.questions:
            return 0.0
        return max(0.0, asked[0] + SECONDS - self._clock())

    def count(self, asker: Hashable) -> None:
        """Count a question."""
        if self.questions == 0:
            return
        asked = self._asked.pop(asker, None) or deque(maxlen=self.questions)
        asked.append(self._clock())
        self._asked[asker] = asked
        if len(self._asked) > _MOST:
            del self._asked[next(iter(self._asked))]


class Allowances:
    """What each member and each guild may ask."""

    def __init__(self, member: int, guild: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`member` and `guild` are numbers of questions, as in `Allowance`."""
        self._members = Allowance(member, clock)
        self._guilds = Allowance(guild, clock)

    def take(self, member: int, guild: int | None) -> None:
        """Count a question of a member. Raises TooFastError if it is one too many; then it does not count."""
        if seconds := self._members.wait(member):
            raise TooFastError("member-too-fast", questions=self._members.questions, seconds=math.ceil(seconds))
        if guild is not None and (seconds := self._guilds.wait(guild)):
            raise TooFastError("guild-too-fast", seconds=math.ceil(seconds))
        self._members.count(member)
        if guild is not None:
            self._guilds.count(guild)
