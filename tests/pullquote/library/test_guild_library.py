"""What moderators work with: a change is made, then searched; guilds that were left leave nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.library.errors import NotInForceError, ReloadCancelledError
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.library import Library
from pullquote.library.memberships import Memberships
from pullquote.library.records import Change
from pullquote.library.state.audit import Action
from pullquote.library.state.errors import StateError
from pullquote.locales import for_members
from retrieval.errors import CorpusError, ReadingStoppedError
from retrieval.progress import Step
from tests.support.libraries import FILES, names
from tests.support.states import FARM, MODERATOR, START, ZOO, Clock, answered, new, rows

SHARED = sorted(FILES)
DEER, EELS = new("deer.md", "Deer doze."), new("eels.md", "Eels eat.")


def put(library: GuildLibrary, *articles: str) -> Change | None:
    versions = [each for each in (DEER, EELS) if each.article.file in articles]
    return library.change(ZOO, lambda: library.versions.put(ZOO, MODERATOR, versions))


def test_a_change_is_searched_and_told(guild_library: GuildLibrary) -> None:
    change = put(guild_library, "deer.md")
    [made] = guild_library.catalogue.history(ZOO, 9)
    assert change == made
    assert (made.action, made.state, made.added, made.can_return) == (Action.PUT, 1, ("deer.md",), True)
    assert names(guild_library.guilds.corpus(ZOO)) == [*SHARED, "deer.md"]
    assert names(guild_library.guilds.corpus(FARM)) == SHARED


def test_each_change_is_searched(guild_library: GuildLibrary) -> None:
    library = guild_library
    put(library, "deer.md", "eels.md")
    removed = library.change(ZOO, lambda: library.versions.remove(ZOO, MODERATOR, ["deer.md"]))
    assert removed is not None
    assert (removed.state, removed.removed) == (2, ("deer.md",))
    assert names(library.guilds.corpus(ZOO)) == [*SHARED, "eels.md"]
    back = library.change(ZOO, lambda: library.versions.roll_back(ZOO, MODERATOR, 1))
    assert back is not None
    assert (back.state, back.back_to, back.added) == (3, 1, ("deer.md",))
    assert names(library.guilds.corpus(ZOO)) == [*SHARED, "deer.md", "eels.md"]


def test_where_there_was_nothing_to_change_nothing_is_built(guild_library: GuildLibrary) -> None:
    put(guild_library, "deer.md")
    corpus = guild_library.guilds.corpus(ZOO)
    assert put(guild_library, "deer.md") is None
    assert guild_library.guilds.corpus(ZOO) is corpus


def test_a_change_that_cannot_be_made_changes_nothing(guild_library: GuildLibrary) -> None:
    library = guild_library
    with pytest.raises(StateError):
        library.change(ZOO, lambda: library.versions.remove(ZOO, MODERATOR, ["deer.md"]))
    assert (library.catalogue.current(ZOO).state, names(library.guilds.corpus(ZOO))) == (0, SHARED)


def test_progress_is_told_and_a_build_that_stops_leaves_the_change(guild_library: GuildLibrary) -> None:
    library = guild_library
    steps: list[Step] = []

    def stop(step: Step, done: int, total: int) -> None:
        steps.append(step)
        assert done <= total
        raise ReloadCancelledError

    with pytest.raises(NotInForceError) as caught:
        library.change(ZOO, lambda: library.versions.put(ZOO, MODERATOR, [DEER]), stop)
    assert for_members(caught.value) == (
        "The change is kept, but members are answered from the articles of before until it can be put into force, "
        "which is tried again by itself. What went wrong: The reload was stopped because the bot is shutting down. "
        "Nothing changed."
    )
    assert steps == [Step.ENCODING]
    assert library.catalogue.current(ZOO).state == 1
    assert names(library.guilds.corpus(ZOO)) == SHARED
    library.guilds.settle()
    assert names(library.guilds.corpus(ZOO)) == [*SHARED, "deer.md"]


def test_the_shared_articles_are_turned_off_and_on(guild_library: GuildLibrary) -> None:
    library = guild_library
    put(library, "deer.md")
    library.share(ZOO, MODERATOR, shared=False)
    assert names(library.guilds.corpus(ZOO)) == ["deer.md"]
    assert names(library.guilds.corpus(FARM)) == SHARED
    library.share(ZOO, MODERATOR, shared=True)
    assert names(library.guilds.corpus(ZOO)) == [*SHARED, "deer.md"]
    library.share(FARM, MODERATOR, shared=False)
    with pytest.raises(CorpusError) as caught:
        library.guilds.corpus(FARM)
    assert caught.value.code == "guild-without-articles"


def test_a_start_finds_what_there_was(guild_library: GuildLibrary, animals: Library, tmp_path: Path) -> None:
    put(guild_library, "deer.md")
    guild_library.close()
    state, shelves = tmp_path / "state" / "pullquote.db", tmp_path / "guilds"
    again = GuildLibrary.open(state, animals, shelves, memory=1 << 30)
    assert names(again.guilds.corpus(ZOO)) == [*SHARED, "deer.md"]
    assert again.catalogue.current(ZOO).state == 1
    again.close()


def test_what_was_counted_is_written_at_the_end(guild_library: GuildLibrary, animals: Library, tmp_path: Path) -> None:
    guild_library.quotes.observe(answered("ants.md"))
    assert rows(guild_library.database) == {}
    guild_library.close()
    again = GuildLibrary.open(tmp_path / "state" / "pullquote.db", animals, tmp_path / "guilds", memory=1 << 30)
    assert again.quotes.quoted(ZOO).shared("ants.md") == 1
    again.close()


def test_a_guild_that_was_left_long_ago_leaves_nothing(guild_library: GuildLibrary, tmp_path: Path) -> None:
    put(guild_library, "deer.md")
    clock = Clock()
    memberships = Memberships(guild_library.database, clock)
    memberships.leave(ZOO)
    clock.time = START - dt.timedelta(days=60)
    for guild in (ZOO, FARM):
        memberships.join(guild)
        memberships.leave(guild)
    memberships.join(FARM)
    assert [shelf.name for shelf in (tmp_path / "guilds").iterdir()] == [str(ZOO)]
    later = Memberships(guild_library.database, lambda: START)
    replace(guild_library, memberships=later).forget()
    assert [guild.id for guild in guild_library.memberships.guilds()] == [FARM]
    assert list((tmp_path / "guilds").iterdir()) == []
    assert names(guild_library.guilds.corpus(ZOO)) == SHARED


def test_once_it_is_closed_nothing_is_read_or_built(guild_library: GuildLibrary) -> None:
    guild_library.versions.put(ZOO, MODERATOR, [DEER])
    guild_library.close()
    with pytest.raises(ReadingStoppedError):
        guild_library.importer.upload(ZOO, MODERATOR, "eels.md", b"Eels eat.")
    assert names(guild_library.guilds.corpus(ZOO)) == SHARED
