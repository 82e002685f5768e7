"""A library of three little files, and databases of all kinds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.guilds import Guilds
from pullquote.library.importing import Importer
from pullquote.library.library import Library
from pullquote.library.memberships import Memberships
from pullquote.library.state.database import Database
from pullquote.library.versions import Versions
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.libraries import FILES
from tests.support.owned import PLENTY, Owned
from tests.support.postgresql import Server, serving
from tests.support.states import Clock


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    return make_folder(FILES)


@pytest.fixture
def animals(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Library:
    """A library of the files above; its encoder has forgotten which texts it encoded."""
    library = Library.open(folder, tmp_path / "data", letters)
    letters.encoded.clear()
    return library


@pytest.fixture
def restart(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Callable[[], Library]:
    """Opens the library once more, from the shelf."""

    def open_again() -> Library:
        letters.encoded.clear()
        return Library.open(folder, tmp_path / "data", letters)

    return open_again


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of PostgreSQL, for all tests of this process."""
    if os.name != "posix":
        pytest.skip("Windows has no such sockets")
    with serving() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str | Path]:
    """Where an empty database is: a file that SQLite makes, and the URL of a database of PostgreSQL."""
    if request.param == "sqlite":
        yield tmp_path / "state" / "pullquote.db"
    else:
        server: Server = request.getfixturevalue("postgresql")
        with server.database() as url:
            yield url


@pytest.fixture
def database(where: str | Path) -> Iterator[Database]:
    """A database, opened: once for each kind that is supported."""
    database = Database.open(where)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def versions(database: Database, clock: Clock) -> Versions:
    return Versions(database, clock)


@pytest.fixture
def catalogue(database: Database) -> Catalogue:
    return Catalogue(database)


@pytest.fixture
def memberships(database: Database, clock: Clock) -> Memberships:
    return Memberships(database, clock)


@pytest.fixture
def guild_library(animals: Library, tmp_path: Path) -> Iterator[GuildLibrary]:
    """What moderators work with, where all guilds share the animals."""
    library = GuildLibrary.open(tmp_path / "state" / "pullquote.db", animals, tmp_path / "guilds", memory=1 << 30)
    yield library
    library.close()


@pytest.fixture
def importer(guild_library: GuildLibrary) -> Importer:
    return guild_library.importer


@pytest.fixture
def owned() -> Owned:
    return Owned()


@pytest.fixture
def guilds(animals: Library, owned: Owned, tmp_path: Path) -> Iterator[Guilds]:
    guilds = Guilds(animals, owned, tmp_path / "guilds", PLENTY)
    yield guilds
    guilds.close()


@pytest.fixture
def restarted(animals: Library, owned: Owned, tmp_path: Path, guilds: Guilds) -> Iterator[Guilds]:
    """The guilds of the same state and disk, after a start; to be asked for once the first have done their work."""
    guilds = Guilds(animals, owned, tmp_path / "guilds", PLENTY)
    yield guilds
    guilds.close()
