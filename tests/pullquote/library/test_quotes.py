"""How many answers quoted an article: counted in memory, written in the end, whatever the database does meanwhile."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from pullquote.library import quotes as module
from pullquote.library.library import Library
from pullquote.library.memberships import Memberships
from pullquote.library.observer import Failed, Origin, QuestionEvent, tell
from pullquote.library.quotes import Quotes
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.versions import Versions
from pullquote.locales import for_operators
from tests.support.libraries import warnings
from tests.support.states import FARM, MODERATOR, ZOO, Clock, answered, new, rows

OWN_ANTS = new("ants.md", "Ants of our own dig.")
REFUSED = f"How often articles are quoted cannot be written yet: {for_operators(StateError('database-locked'))}"
DEER = new("deer.md", "Deer doze.")


@pytest.fixture
def quotes(database: Database, animals: Library, clock: Clock) -> Quotes:
    """Counts where the folder has ants.md, bees.txt and cats.txt."""
    return Quotes(database, animals, clock)


def again(database: Database, animals: Library) -> Quotes:
    """What another process reads."""
    return Quotes(database, animals)


def test_each_answer_counts_once_for_each_article(quotes: Quotes, database: Database, animals: Library) -> None:
    quotes.observe(answered("ants.md", "bees.txt"))
    quotes.write()
    quotes.observe(answered("ants.md"))
    assert again(database, animals).quoted(ZOO).shared("ants.md") == 1
    for reader in (quotes, quotes, again(database, animals)):
        quoted = reader.quoted(ZOO)
        assert (quoted.shared("ants.md"), quoted.shared("bees.txt"), quoted.shared("cats.txt")) == (2, 1, 0)
        quotes.write()


def test_neither_direct_messages_nor_what_was_not_answered_count(quotes: Quotes, database: Database) -> None:
    quotes.observe(answered("ants.md", guild=None))
    quotes.observe(answered())
    quotes.observe(QuestionEvent(Origin.SLASH, ZOO, 20, Failed("busy")))
    quotes.write()
    assert rows(database) == {}


def test_guilds_count_for_themselves(quotes: Quotes, memberships: Memberships) -> None:
    memberships.join(ZOO)
    quotes.observe(answered("ants.md"))
    quotes.observe(answered("ants.md", guild=FARM))
    quotes.observe(answered("ants.md", guild=FARM))
    assert [quotes.quoted(guild).shared("ants.md") for guild in (ZOO, FARM)] == [1, 2]
    quotes.write()
    assert [quotes.quoted(guild).shared("ants.md") for guild in (ZOO, FARM)] == [1, 2]


def test_an_own_article_is_told_from_a_shared_article_of_its_name(quotes: Quotes, versions: Versions) -> None:
    versions.put(ZOO, MODERATOR, [OWN_ANTS, DEER])
    quotes.observe(answered("ants (2).md", "ants.md"))
    quotes.observe(answered("ants (2).md", "deer.md"))
    for _ in range(2):
        quoted = quotes.quoted(ZOO)
        assert (quoted.own("ants.md"), quoted.own("deer.md"), quoted.shared("ants.md")) == (2, 1, 1)
        assert [quoted.asked(file) for file in ("ants (2).md", "ants.md", "deer.md", "bees.txt")] == [2, 1, 1, 0]
        quotes.write()


def test_a_guild_that_turned_the_folder_off(quotes: Quotes, versions: Versions, memberships: Memberships) -> None:
    versions.put(ZOO, MODERATOR, [OWN_ANTS])
    quotes.observe(answered("ants.md"))
    quotes.write()
    memberships.share(ZOO, MODERATOR, shared=False)
    quotes.observe(answered("ants.md"))
    quotes.observe(answered("ants.md"))
    quotes.write()
    quoted = quotes.quoted(ZOO)
    assert (quoted.shared("ants.md"), quoted.own("ants.md"), quoted.asked("ants.md")) == (1, 2, 2)


def test_a_removed_article_that_comes_back_has_its_number(quotes: Quotes, versions: Versions) -> None:
    versions.put(ZOO, MODERATOR, [DEER])
    quotes.observe(answered("deer.md"))
    quotes.write()
    quotes.observe(answered("deer.md"))
    versions.remove(ZOO, MODERATOR, ["deer.md"])
    quotes.write()
    versions.roll_back(ZOO, MODERATOR, 1)
    assert quotes.quoted(ZOO).own("deer.md") == 2


def test_paths_that_are_too_long_count_under_their_beginnings(quotes: Quotes) -> None:
    folder = "/".join(["a" * 99] * 6)
    quotes.observe(answered(f"{folder}/ants.md", f"{folder}/bees.md"))
    quotes.write()
    quotes.observe(answered(f"{folder}/ants.md"))
    quotes.write()
    assert quotes.quoted(ZOO).own(f"{folder}/ants.md") == 3


@contextmanager
def locked(where: str | Path) -> Iterator[None]:
    """Somebody else keeps the database from being written."""
    if isinstance(where, Path):
        with closing(sqlite3.connect(where, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(where) as remote:
            remote.execute("LOCK TABLE quotes IN EXCLUSIVE MODE")
            yield
            remote.rollback()


def test_a_database_that_cannot_be_written_loses_nothing(
    where: str | Path, animals: Library, caplog: pytest.LogCaptureFixture
) -> None:
    database = Database.open(where, patience=0.01)
    quotes = Quotes(database, animals)
    for count in (1, 2):
        quotes.observe(answered("ants.md"))
        with locked(where):
            quotes.write()
            quotes.write()
            assert quotes.quoted(ZOO).shared("ants.md") == count
            assert again(database, animals).quoted(ZOO).shared("ants.md") == count - 1
        assert warnings(caplog) == [REFUSED] * count
        quotes.write()
        assert again(database, animals).quoted(ZOO).shared("ants.md") == count
    assert warnings(caplog) == [REFUSED] * 2
    database.close()


def test_while_the_database_is_locked_answers_are_counted_without_delay(
    tmp_path: Path, animals: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database.open(tmp_path / "pullquote.db")
    quotes = Quotes(database, animals)
    reached, go_on = threading.Event(), threading.Event()

    def stands_still(*_: object) -> None:
        reached.set()
        go_on.wait()
        raise StateError("database-locked")

    quotes.observe(answered("ants.md"))
    with monkeypatch.context() as patch:
        patch.setattr(module, "met", stands_still)
        writer = threading.Thread(target=quotes.write)
        writer.start()
        reached.wait()
        tell([quotes.observe], answered("ants.md"))  # or this would never end
        go_on.set()
        writer.join()
    assert quotes.quoted(ZOO).shared("ants.md") == 2
    quotes.write()
    assert again(database, animals).quoted(ZOO).shared("ants.md") == 2
    database.close()


def test_what_waits_has_a_bound(quotes: Quotes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 2)
    quotes.observe(answered("ants.md", "bees.txt", "cats.txt"))
    quotes.observe(answered("cats.txt", "bees.txt"))
    quoted = quotes.quoted(ZOO)
    assert [quoted.shared(file) for file in ("ants.md", "bees.txt", "cats.txt")] == [1, 2, 0]
