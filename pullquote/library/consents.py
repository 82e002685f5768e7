"""Messages that moderators want to add: they wait here until their authors agree."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from pullquote.library.keeping import Keeping
from retrieval.errors import PullquoteError
from retrieval.reading.articles import Document

# Seconds in which an author may answer, and in which a moderator may add the message then; and how many bytes the
# documents of all messages may have in all.
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

    @property
    def size(self) -> int:
        """The bytes of its documents."""
        return sum(len(document.raw) for document in self.documents)


class Consents:
    """Messages by the keys that stand in the buttons under the question to their authors, for any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, room: int = _ROOM) -> None:
        self._kept = Keeping[Message](_LASTS, room, lambda message: message.size, clock)

    def keep(self, message: Message) -> str:
        """Keep a message and return its key. The oldest messages are given up for it, if they are too large."""
        return self._kept.keep(message)

    def agree(self, key: str, guild: int | None, by: int) -> Message:
        """Note that an author agrees. Raises ConsentGoneError, and NotYourMessageError for anybody else."""
        agreed = replace(self._of_author(key, guild, by), agreed=True)
        self._kept.replace(key, agreed, anew=True)
        return agreed

    def refuse(self, key: str, guild: int | None, by: int) -> None:
        """Give up a message whose author does not agree. Raises what `agree` raises."""
        self._of_author(key, guild, by)
        self._kept.drop(key)

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
        message = self._kept.get(key)
        if message is None or message.guild != guild:
            raise ConsentGoneError
        return message
