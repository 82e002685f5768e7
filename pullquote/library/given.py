"""What a moderator says about an article, which counts more than what its file says."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, TypeVar

from pydantic import TypeAdapter

from retrieval.article import Article
from retrieval.errors import UnfitError
from retrieval.reading.articles import digest
from retrieval.tags import LONGEST_TAG, MOST_TAGS, is_tag

Field = Literal["title", "author", "published", "url", "language"]
# Line ends and control characters, and what no database keeps.
_NOT_ON_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LONGEST_TITLE = 300
_LIMITS: Mapping[Field, int] = {"title": LONGEST_TITLE, "author": 300, "url": 2000, "language": 35}


class HasMetadata(Protocol):
    """What has the metadata of an article: a parsed article, or a line about it."""

    @property
    def title(self) -> str: ...
    @property
    def author(self) -> str | None: ...
    @property
    def published(self) -> dt.date | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def tags(self) -> tuple[str, ...]: ...


Described = TypeVar("Described", bound=HasMetadata)


def check_line(field: str, text: str | None, limit: int) -> None:
    """Raise UnfitError unless a text is a line that can be shown and kept, of at most `limit` characters."""
    if text is None:
        return
    if len(text) > limit:
        raise UnfitError("given-too-long", field=field, length=len(text), limit=limit)
    if not text.strip() or _NOT_ON_A_LINE.search(text):
        raise UnfitError("given-not-one-line", field=field)


def check_tags(tags: Collection[str]) -> None:
    """Raise UnfitError if an article cannot have these tags: one is too long or has a comma, or they are too many."""
    if len(tags) > MOST_TAGS:
        raise UnfitError("too-many-tags", number=len(tags), limit=MOST_TAGS)
    for tag in tags:
        if not is_tag(tag):
            raise UnfitError("not-a-tag", tag=tag, limit=LONGEST_TAG)


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata of an article; None leaves it to the file, or to nobody where `without` names it.

    Raises UnfitError for texts that are too long, blank or not a single line, and for what `check_tags` refuses.
    """

    title: str | None = None
    author: str | None = None
    published: dt.date | None = None
    url: str | None = None
    language: str | None = None
    without: frozenset[Literal["author", "published", "url"]] = frozenset()
    tags: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for field, limit in _LIMITS.items():
            check_line(field, getattr(self, field), limit)
        check_tags(self.tags or ())

    def over(self, described: Described) -> Described:
        """An article, or a line about it, with these metadata."""
        metadata: dict[str, Any] = dict.fromkeys(self.without)
        for field in (*_LIMITS, "published", "tags"):
            if (value := getattr(self, field)) is not None:
                metadata[field] = value
        return replace(described, **metadata)  # type: ignore[type-var]


NOTHING_GIVEN = Given()
_GIVEN = TypeAdapter(Given)


def dump_given(given: Given) -> dict[str, Any]:
    """What was given as values that JSON has; what was not given is left out."""
    dumped: dict[str, Any] = _GIVEN.dump_python(given, mode="json", exclude_defaults=True)
    return dumped


def load_given(dumped: Mapping[str, Any]) -> Given:
    """What was dumped."""
    return _GIVEN.validate_python(dumped)


def known_by(document: str, given: Given) -> str:
    """What an article is known by that a moderator has described: `document` is the digest of its document."""
    said = dump_given(given)
    return digest(f"{document} {json.dumps(said, sort_keys=True)}".encode()) if said else document


def given_over(article: Article, given: Given) -> Article:
    """An article as it was read, with the metadata that were given; its digest changes with them."""
    return replace(given.over(article), digest=known_by(article.digest, given))


def with_tags_of(old: Given, new: Given) -> Given:
    """What is given about an article instead of what was given: its tags stay, unless others are given."""
    return new if new.tags is not None else replace(new, tags=old.tags)
