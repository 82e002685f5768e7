"""What goes into the state and what comes out of it: nothing here is tied to a database."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pullquote.library.given import NOTHING_GIVEN, Given, check_line
from pullquote.library.state.articles import MAX_NAME
from pullquote.library.state.audit import Action
from pullquote.library.state.versions import VersionRow
from retrieval.article import Article
from retrieval.reading.articles import Document

MAX_ORIGIN = 2000


class OriginKind(StrEnum):
    """How an article came to a guild."""

    PAGE = "page"
    UPLOAD = "upload"
    TEXT = "text"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a version came from: `text` is the address of a page or message, or the name of an upload.

    Raises UnfitError if the text is too long or not a single line.
    """

    kind: OriginKind
    text: str = ""

    def __post_init__(self) -> None:
        check_line("origin", self.text or None, MAX_ORIGIN)


def origin_of(version: VersionRow) -> Origin:
    """Where a version came from."""
    return Origin(OriginKind(version.origin), version.origin_text)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A document to put into a guild's corpus, and the article that the reader made of it, as it was read.

    Raises UnfitError if the article's name is too long or not a single line.
    """

    document: Document
    article: Article
    origin: Origin
    given: Given = NOTHING_GIVEN

    def __post_init__(self) -> None:
        check_line("name", self.article.file, MAX_NAME)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a guild, as a list shows it, in the version that is in force or that was asked for."""

    name: str
    version: int
    title: str
    author: str | None
    published: dt.date | None
    url: str | None
    language: str | None
    tags: tuple[str, ...]
    passages: int
    media_type: str
    digest: str
    origin: Origin
    given: Given
    added_at: dt.datetime
    added_by: int | None
    changed_at: dt.datetime
    changed_by: int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A guild's articles by their names, which state of its corpus they are, and whether the operator's count, too."""

    state: int
    shared: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of an article with its metadata; `article` is None if its document has to be read again.

    That is so after an update that reads documents in another way. `Versions.read_again` takes what was read.
    """

    name: str
    version: int
    given: Given
    article: Article | None


@dataclass(frozen=True, slots=True)
class KeptCorpus:
    """All articles of a state of a guild's corpus, by their names."""

    state: int
    versions: tuple[Kept, ...]


class AskerKind(StrEnum):
    """What a tag can be opened to."""

    CHANNEL = "channel"
    """A channel with its threads, or a category with all its channels."""
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Asker:
    """A channel, a category or a role, by its id."""

    kind: AskerKind
    id: int


@dataclass(frozen=True, slots=True)
class Scope:
    """A tag and who may ask its articles; nobody may if it names nobody."""

    tag: str
    askers: tuple[Asker, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the audit. `state` is the number of the state that was made, if the corpus was changed.

    The names of the articles that differ from the state before are in alphabetical order. `back_to` is the state that
    was rolled back to, or the state that was undone; `tag` is the tag whose scope was changed, for `asker` or for all.
    """

    id: int
    at: dt.datetime
    by: int | None
    action: Action
    state: int | None
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    back_to: int | None = None
    tag: str | None = None
    asker: Asker | None = None
    can_return: bool = False
    """Whether its state is kept, so that it can be rolled back to."""


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What an article became in a state, and by which change. `version` is None if the article was taken out then."""

    change: Change
    version: int | None


@dataclass(frozen=True, slots=True)
class GuildRecord:
    """What is known of a guild."""

    id: int
    joined_at: dt.datetime
    left_at: dt.datetime | None
    shared: bool
    state: int
