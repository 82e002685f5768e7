"""Articles that a moderator looks at before they are added: drafts, kept in memory for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from pullquote.library.difference import Difference
from pullquote.library.given import Given, given_over
from pullquote.library.keeping import Keeping
from pullquote.library.problems import Remark
from pullquote.library.records import NewVersion
from pullquote.library.resemblance import Resemblance
from pullquote.library.state.audit import Action
from retrieval.article import Article
from retrieval.errors import PullquoteError

# Seconds after which Discord takes no answer to a command any more, so that nobody can confirm a draft.
_LASTS = 15 * 60.0
# How many bytes the documents of all drafts may have in all; the oldest drafts go first.
_ROOM = 100_000_000


class DraftGoneError(PullquoteError):
    """For moderators: the draft is too old, was added or given up already, or never was."""

    def __init__(self) -> None:
        super().__init__("draft-gone")


class NotYourDraftError(PullquoteError):
    """For moderators: somebody else made the draft."""

    def __init__(self) -> None:
        super().__init__("draft-of-another")


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a draft, and what it would mean for the guild's corpus."""

    new: NewVersion
    replaces: bool = False
    """Whether the guild has an article of this name."""
    difference: Difference | None = None
    """What became of the passages of the article that is replaced, if that can be told."""
    resembles: tuple[Resemblance, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether members would notice: a passage differs, or what is not known to be the same."""
        known = self.difference
        return known is None or bool(known.added or known.changed or known.removed)

    @property
    def article(self) -> Article:
        """The article as members will meet it."""
        return given_over(self.new.article, self.new.given)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a moderator wants to add to a guild's corpus; `remarks` tell what was left out."""

    guild: int
    by: int
    parts: tuple[Part, ...]
    remarks: tuple[Remark, ...] = ()
    action: Action = Action.PUT
    """What the history calls it once it is added."""

    @property
    def size(self) -> int:
        """The bytes of its documents."""
        return sum(len(part.new.document.raw) for part in self.parts)

    def described(self, given: Given) -> Draft:
        """The draft of a single article with other metadata."""
        (part,) = self.parts
        return replace(self, parts=(replace(part, new=replace(part.new, given=given)),))


class Drafts:
    """Drafts by the keys that stand in their buttons, for any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, room: int = _ROOM) -> None:
        self._kept = Keeping[Draft](_LASTS, room, lambda draft: draft.size, clock)

    def keep(self, draft: Draft) -> str:
        """Keep a draft and return its key. The oldest drafts are given up for it, if there are too many."""
        return self._kept.keep(draft)

    def of(self, key: str, guild: int | None, by: int) -> Draft:
        """The draft of a key. Raises DraftGoneError, and NotYourDraftError unless this guild's `by` made it."""
        draft = self._kept.get(key)
        if draft is None:
            raise DraftGoneError
        if (draft.guild, draft.by) != (guild, by):
            raise NotYourDraftError
        return draft

    def replace(self, key: str, draft: Draft) -> None:
        """Keep another draft under a key, if its draft is still there."""
        self._kept.replace(key, draft)

    def drop(self, key: str) -> None:
        """Give up a draft, which was added or is not wanted."""
        self._kept.drop(key)
