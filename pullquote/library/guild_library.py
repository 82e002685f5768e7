"""Everything about the articles of guilds: the state, the corpora derived from it, and what is about to be added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pullquote.library.catalogue import Catalogue
from pullquote.library.consents import Consents
from pullquote.library.drafts import Drafts
from pullquote.library.errors import NotInForceError
from pullquote.library.guild_answerer import Seat
from pullquote.library.guilds import Guilds
from pullquote.library.importing import Importer
from pullquote.library.library import Library
from pullquote.library.memberships import Memberships
from pullquote.library.own_articles import OwnArticles
from pullquote.library.quotes import Quotes
from pullquote.library.records import Change
from pullquote.library.scopes import Scopes
from pullquote.library.state.database import Database
from pullquote.library.untrusted import UntrustedReader
from pullquote.library.versions import Versions
from retrieval.article import Article
from retrieval.errors import PullquoteError, Reason
from retrieval.progress import Progress


@dataclass(frozen=True, slots=True)
class GuildLibrary:
    """What moderators work with. Everything in it is for any thread, and works on the disk."""

    database: Database
    catalogue: Catalogue
    versions: Versions
    memberships: Memberships
    guilds: Guilds
    scopes: Scopes
    importer: Importer
    reader: UntrustedReader
    quotes: Quotes
    drafts: Drafts = field(default_factory=Drafts)
    consents: Consents = field(default_factory=Consents)

    @classmethod
    def open(cls, state: str | Path, shared: Library, shelves: Path, memory: int, home: int | None = None) -> Self:
        """Open the database of the state and bring it up to date. Raises StateError.

        `shared` has the operator's articles, `shelves` is the folder for the corpora of guilds, which may take
        `memory` bytes in memory; `home` is the guild whose scopes hold in direct messages.
        """
        database = Database.open(state)
        catalogue, versions = Catalogue(database), Versions(database)
        reader = UntrustedReader(shared.encoder.measure)
        guilds = Guilds(shared, OwnArticles(catalogue, versions, reader), shelves, memory)
        importer = Importer(reader, catalogue, shared)
        scopes, quotes = Scopes(database, home), Quotes(database, shared)
        return cls(database, catalogue, versions, Memberships(database), guilds, scopes, importer, reader, quotes)

    def change(self, guild: int, change: Callable[[], int], progress: Progress | None = None) -> Change | None:
        """Make a change of a guild's articles, then bring its corpus up to date. None if there was nothing to change.

        Raises StateError if the change cannot be made, and NotInForceError if it was made, but the corpus cannot be
        built: then the old corpus answers, and whoever asks next has it tried again.
        """
        before = self.catalogue.state(guild)
        if (state := change()) == before:
            return None
        self._update(guild, progress)
        return self.catalogue.change(guild, state)

    def share(self, guild: int, by: int, shared: bool, progress: Progress | None = None) -> None:
        """Say whether a guild asks the operator's articles, too, and bring its corpus up to date.

        Raises what `change` raises.
        """
        self.memberships.share(guild, by, shared)
        self._update(guild, progress)

    def _update(self, guild: int, progress: Progress | None) -> None:
        try:
            self.guilds.update(guild, progress)
        except PullquoteError as error:
            raise NotInForceError(Reason(error.code, error.fields)) from error

    def open_to(self, seat: Seat) -> list[Article]:
        """The articles that may be quoted at a seat. Raises StateError and CorpusError."""
        return self._parted(seat)[0]

    def hidden(self, seat: Seat) -> int:
        """How many articles may not be quoted at a seat. Raises StateError and CorpusError."""
        return len(self._parted(seat)[1])

    def _parted(self, seat: Seat) -> tuple[list[Article], list[Article]]:
        """The articles that may be quoted at a seat, and the others."""
        withheld = self.scopes.withheld(seat.guild, seat.audience)
        parted: tuple[list[Article], list[Article]] = [], []
        for article in self.guilds.corpus(seat.guild).articles:
            parted[not withheld.isdisjoint(article.tags)].append(article)
        return parted

    def forget(self) -> None:
        """Delete what is left of guilds that were left more than 30 days ago. Raises StateError."""
        for guild in self.memberships.forget():
            self.guilds.forget(guild)
            self.scopes.forget(guild)

    def close(self) -> None:
        """Take no more work, give up the file that is being read, and write what was counted."""
        self.guilds.close()
        self.reader.stop()
        self.quotes.write()
        self.database.close()
