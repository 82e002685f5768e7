"""What each guild owns, as the state has it: articles with the metadata that count."""

from __future__ import annotations

import logging

from pullquote.library.catalogue import Catalogue
from pullquote.library.composition import Holdings
from pullquote.library.given import given_over, known_by
from pullquote.library.records import Kept
from pullquote.library.untrusted import UntrustedReader
from pullquote.library.versions import Versions
from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.errors import ArticleError
from retrieval.precedence import unhurried

log = logging.getLogger(__name__)


class OwnArticles:
    """The GuildArticles of a database. Documents that an update reads in another way are read again here."""

    def __init__(self, catalogue: Catalogue, versions: Versions, reader: UntrustedReader) -> None:
        self._catalogue = catalogue
        self._versions = versions
        self._reader = reader

    def holdings(self, guild: int) -> Holdings:
        """Whether the guild asks the operator's articles, too, and the digests of its own by their names.

        Raises StateError.
        """
        listing = self._catalogue.current(guild)
        digests = {entry.name: known_by(entry.digest, entry.given) for entry in unhurried(listing.entries)}
        return Holdings(listing.shared, digests)

    def articles(self, guild: int) -> tuple[Article, ...]:
        """The guild's own articles. A document that cannot be read any more is left out, and the log says why.

        Raises StateError, and ReadingStoppedError after the reader was stopped.
        """
        kept = self._catalogue.corpus(guild).versions
        again = {
            each.version: article for each in kept if each.article is None and (article := self._read(guild, each))
        }
        if again:
            self._versions.read_again(guild, again)
        articles = ((each, each.article or again.get(each.version)) for each in unhurried(kept))
        return tuple(given_over(article, each.given) for each, article in articles if article is not None)

    def _read(self, guild: int, kept: Kept) -> Article | None:
        try:
            return self._reader.read(self._catalogue.document(guild, kept.version))
        except ArticleError as error:
            log.error("An article of guild %s is left out: %s", guild, for_operators(error))
            return None
