"""Messages that moderators want to add: they wait here until their authors agree."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from retrieval.errors import PullquoteError
from retrieval.reading.articles import Document

_LASTS = 24 * 3600.0
_ROOM = 50_000_000


class ConsentGoneError(PullquoteError):
    """For members: nobody waits for this consent any more."""

    def __init__(self) -> None:
        super().__init__("consent-gone")


class NotYourMessageError(PullquoteError):
    """For members: only the author of a message can agree, or not."""

    def __init__(self) -> None:
        super().__init__("consent-of-another")


class NotAgreedError(PullquoteError):
    """For moderators: the author has not agreed."""

    def __init__(self) -> None:
        super().__init__("consent-not-given")


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says, and what stands in its attachments."""

    guild: int
    author: int
    title: str
    by: str
    """What its author is called."""
    url: str
    day: dt.date
    """The day on which it was written."""
    documents: tuple[Document, ...]
    agreed: bool = False


class Consents:
    """Messages by the keys that stand in the buttons under the question to their authors, for any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[float, Message]] = {}

    def keep(self, message: Message) -> str:
        """Keep a message and return its key. The oldest messages are given up for it, if they are too large."""
        key = secrets.token_hex(8)
        with self._lock:
            self._waiting[key] = (self._clock(), message)
            self._tidy()
        return key

    def agree(self, key: str, guild: int | None, by: int) -> Message:
        """Note that an author agrees. Raises ConsentGoneError, and NotYourMessageError for anybody else."""
        message = self._of_author(key, guild, by)
        agreed = replace(message, agreed=True)
        with self._lock:
            self._waiting[key] = (self._clock(), agreed)
        return agreed

    def refuse(self, key: str, guild: int | None, by: int) -> None:
        """Give up a message whose author does not agree. Raises what `agree` raises."""
        self._of_author(key, guild, by)
        with self._lock:
            self._waiting.pop(key, None)

    def agreed(self, key: str, guild: int | None) -> Message:
        """A message whose author agreed. Raises ConsentGoneError, and NotAgreedError."""
        message = self._of(key, guild)
        if not message.agreed:
            raise NotAgreedError
        return message

    def _of_author(self, key: str, guild: int | None, by: int) -> Message:
        message = self._of(key, guild)
        if message.author != by:
            raise NotYourMessageError
        return message

    def _of(self, key: str, guild: int | None) -> Message:
        with self._lock:
            self._tidy()
            if key not in self._waiting or self._waiting[key][1].guild != guild:
                raise ConsentGoneError
            return self._waiting[key][1]

    def _tidy(self) -> None:
        now = self._clock()
        room = _ROOM
        for key, (since, message) in reversed(list(self._waiting.items())):
            room -= sum(len(document.raw) for document in message.documents)
            if now - since > _LASTS or room < 0:
                del self._waiting[key]
