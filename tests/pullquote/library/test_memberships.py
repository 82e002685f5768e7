"""Guilds come and go, and nothing is left of a guild that was left long enough ago."""

from __future__ import annotations

import datetime as dt

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.memberships import Memberships
from pullquote.library.records import GuildRecord
from pullquote.library.state.audit import Action
from pullquote.library.state.database import Database
from pullquote.library.versions import Versions
from tests.support.states import FARM, MODERATOR, START, ZOO, Clock, new, rows

ANTS = new("ants.txt", "Ants dig.")
DAY = dt.timedelta(days=1)


def audit(database: Database, guild: int) -> list[tuple[Action, int | None, dt.datetime]]:
    """What happened to a guild, by whom and when, the latest first."""
    return [(change.action, change.by, change.at) for change in Catalogue(database).history(guild, 100)]


def test_a_guild_is_joined_and_left_once(memberships: Memberships, database: Database, clock: Clock) -> None:
    memberships.join(ZOO)
    memberships.join(ZOO)
    assert memberships.guilds() == (GuildRecord(ZOO, START, None, shared=True, state=0),)
    clock.pass_by(DAY)
    memberships.leave(ZOO)
    clock.pass_by(DAY)
    memberships.leave(ZOO)
    memberships.leave(FARM)
    assert memberships.guilds() == (GuildRecord(ZOO, START, START + DAY, shared=True, state=0),)
    assert audit(database, ZOO) == [(Action.LEAVE, None, START + DAY), (Action.JOIN, None, START)]


def test_a_guild_that_comes_back_has_all_that_it_had(
    memberships: Memberships, database: Database, clock: Clock
) -> None:
    Versions(database, clock).put(ZOO, MODERATOR, [ANTS])
    before = Catalogue(database).current(ZOO)
    memberships.leave(ZOO)
    clock.pass_by(29 * DAY)
    memberships.join(ZOO)
    clock.pass_by(60 * DAY)
    assert memberships.forget() == ()
    assert Catalogue(database).current(ZOO) == before
    assert memberships.guilds() == (GuildRecord(ZOO, START, None, shared=True, state=1),)
    assert [action for action, _, _ in audit(database, ZOO)] == [Action.JOIN, Action.LEAVE, Action.PUT]


def test_after_a_start_what_is_known_is_brought_in_line(memberships: Memberships, clock: Clock) -> None:
    left, third = 1100000000000000003, 1100000000000000004
    for guild in (ZOO, FARM, left):
        memberships.join(guild)
    memberships.leave(left)
    clock.pass_by(DAY)
    memberships.meet([ZOO, left, third])
    assert [(each.id, each.joined_at, each.left_at) for each in memberships.guilds()] == [
        (ZOO, START, None),
        (FARM, START, START + DAY),
        (left, START, None),
        (third, START + DAY, None),
    ]
    memberships.meet([])
    assert {each.left_at for each in memberships.guilds()} == {START + DAY}


def test_whether_the_operator_s_articles_count_is_a_setting(memberships: Memberships, database: Database) -> None:
    catalogue = Catalogue(database)
    assert catalogue.current(ZOO).shared
    memberships.share(ZOO, MODERATOR, shared=False)
    memberships.share(ZOO, MODERATOR, shared=False)
    assert not catalogue.current(ZOO).shared
    assert catalogue.current(FARM).shared
    memberships.share(ZOO, MODERATOR, shared=True)
    assert catalogue.current(ZOO).shared
    assert audit(database, ZOO) == [(Action.SHARE, MODERATOR, START), (Action.UNSHARE, MODERATOR, START)]
    assert [change.can_return for change in catalogue.history(ZOO, 100)] == [False, False]


def test_after_thirty_days_a_guild_is_really_deleted(
    memberships: Memberships, database: Database, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    versions = Versions(database, clock)
    versions.put(FARM, MODERATOR, [ANTS])
    memberships.join(FARM)
    before = rows(database)
    versions.put(ZOO, MODERATOR, [ANTS, new("bees.txt", "Bees fly.")])
    versions.put(ZOO, MODERATOR, [new("ants.txt", "Ants bite.")])
    versions.remove(ZOO, MODERATOR, ["bees.txt"])
    memberships.leave(ZOO)
    clock.pass_by(30 * DAY)
    assert memberships.forget() == ()
    assert rows(database)["articles"] == 3
    clock.pass_by(dt.timedelta(seconds=1))
    with caplog.at_level("INFO", "pullquote"):
        assert memberships.forget() == (ZOO,)
    assert rows(database) == before
    assert [record.getMessage() for record in caplog.records if record.name.startswith("pullquote")] == [
        f"The articles of guild {ZOO}, which was left on {START}, are deleted."
    ]
    assert memberships.forget() == ()
    assert Catalogue(database).current(ZOO).state == 0


def test_a_number_of_a_version_never_comes_to_mean_another(
    memberships: Memberships, database: Database, clock: Clock
) -> None:
    versions, catalogue = Versions(database, clock), Catalogue(database)
    versions.put(ZOO, MODERATOR, [ANTS])
    [old] = catalogue.current(ZOO).entries
    memberships.leave(ZOO)
    clock.pass_by(31 * DAY)
    memberships.forget()
    versions.put(ZOO, MODERATOR, [ANTS])
    [entry] = catalogue.current(ZOO).entries
    assert entry.version > old.version


def test_a_guild_that_was_joined_again_meanwhile_is_not_deleted(
    memberships: Memberships, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    memberships.join(ZOO)
    memberships.leave(ZOO)
    clock.pass_by(31 * DAY)
    left = memberships.guilds()
    memberships.join(ZOO)
    monkeypatch.setattr(memberships, "guilds", lambda: left)
    assert memberships.forget() == ()
    monkeypatch.undo()
    assert [each.left_at for each in memberships.guilds()] == [None]
