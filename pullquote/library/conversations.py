"""What members asked a while ago, so that "and when?" can be searched with it: in memory only, and not for long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.followups import leans
from retrieval.question import Question

TURNS = 3
"""How many questions a conversation has at most: what it is about, and then the latest."""
LASTS = 15 * 60.0
"""Seconds after which a conversation is over if nobody asks anything."""
# How many conversations are remembered, and how much of a question: a follow-up needs a few words of it.
_CONVERSATIONS = 5_000
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Talk:
    """Who talks with the bot, and where. What was asked privately is remembered for private answers alone."""

    guild: int | None
    channel: int | None
    member: int
    private: bool = False


class Conversations:
    """The questions of each conversation. Nothing but members' own words is kept, for what was quoted may be scoped.

    Must be used from one thread.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, conversations: int = _CONVERSATIONS) -> None:
        """`clock` tells the seconds since whenever; `conversations` is how many are kept, the latest ones."""
        self._clock = clock
        self._conversations = conversations
        self._kept: dict[Talk, tuple[float, tuple[str, ...]]] = {}  # the least recent first

    def before(self, talk: Talk) -> tuple[str, ...]:
        """The questions that a follow-up would go on from, the oldest first."""
        self._tidy()
        _, questions = self._kept.get(talk, (0.0, ()))
        return questions

    def note(self, talk: Talk, question: Question) -> None:
        """Remember a question that was answered. One that does not lean on those before it begins anew."""
        before = question.before if leans(question) else ()
        first, later = before[:1], (*before[1:], question.text[:_LONGEST])
        self._kept.pop(talk, None)
        self._kept[talk] = (self._clock(), (*first, *later[-(TURNS - len(first)) :]))
        self._tidy()

    def _tidy(self) -> None:
        """Forget what is over, and the least recent conversations where there are too many."""
        now = self._clock()
        while self._kept:
            talk, (since, _) = next(iter(self._kept.items()))
            if len(self._kept) <= self._conversations and now - since <= LASTS:
                return
            del self._kept[talk]
