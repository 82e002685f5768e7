"""A source of articles that is not a folder: it does what a library needs of a source, and no more."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from pullquote.library.sources.source import Listed, Listing
from retrieval.errors import ArticleError, Reason
from retrieval.reading.media_types import PLAIN_TEXT


@dataclass
class Shelf:
    """Plain texts by title, as a database might hold them. It knows their digests without reading them."""

    texts: dict[str, str]
    name: str = "the shelf in memory"
    lost: set[str] = field(default_factory=set)
    """The texts that are listed, but cannot be read any more."""
    read_so_far: list[str] = field(default_factory=list)

    def list(self) -> Listing:
        """All texts, in order of their titles."""
        return Listing(tuple(Listed(title, PLAIN_TEXT, title) for title in sorted(self.texts)), ())

    def digest(self, listed: Listed) -> str:
        """The SHA-256 of a text in UTF-8."""
        return hashlib.sha256(self.texts[listed.key].encode()).hexdigest()

    def read(self, listed: Listed) -> bytes:
        """A text in UTF-8. Raises ArticleError if it is lost."""
        self.read_so_far.append(listed.key)
        if listed.key in self.lost:
            raise ArticleError(listed.file, Reason.of("cannot-open", reason="No such row"))
        return self.texts[listed.key].encode()
