"""What a library needs of the source of its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.problems import Problem, Remark


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a source. `file` names it for people, and no other document has the same name."""

    file: str
    media_type: str
    """One of MEDIA_TYPES."""
    key: str
    """What the source itself finds the document by."""
    given: Given = NOTHING_GIVEN
    """What the source says about the document besides."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents of a source, by name, and what is to be said of files that are not read."""

    documents: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()


class ArticleSource(Protocol):
    """A source has documents that a library makes articles of."""

    @property
    def name(self) -> str:
        """What operators know the source by; for a folder its path."""

    def list(self) -> Listing:
        """All documents of the source. Raises CorpusError if they cannot be listed.

        A problem whose file is "sub" stands for all documents "sub/…" that a library may have from before.
        """

    def digest(self, listed: Listed) -> str:
        """What an unchanged document is known by: the SHA-256 of its bytes. Raises ArticleError."""

    def read(self, listed: Listed) -> bytes:
        """The bytes of a document. Raises ArticleError if they cannot be read."""
