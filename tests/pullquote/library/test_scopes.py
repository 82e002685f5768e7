"""Who may ask what: tags that some channels and roles may ask, on all kinds of databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.records import Asker, AskerKind, Scope
from pullquote.library.scopes import MOST_ALLOWED, MOST_SCOPES, Scopes
from pullquote.library.state.audit import Action
from pullquote.library.state.database import Database
from pullquote.library.state.errors import StateError
from pullquote.library.state.scopes import scopes_of
from retrieval.errors import UnfitError
from tests.support.states import FARM, MODERATOR, ZOO, Clock, execute

HALL, CELLAR = Asker(AskerKind.CHANNEL, 11), Asker(AskerKind.CHANNEL, 12)
KEEPERS = Asker(AskerKind.ROLE, 21)
NOBODY: frozenset[int] = frozenset()


@pytest.fixture
def scopes(database: Database, clock: Clock) -> Scopes:
    return Scopes(database, ZOO, clock)


def code(call: Callable[[], Any]) -> str:
    try:
        call()
    except StateError as error:
        return error.code
    except UnfitError as error:
        return error.reason.code
    pytest.fail("it can be done")


def test_a_tag_is_for_everybody_until_somebody_is_let(scopes: Scopes) -> None:
    assert scopes.of(ZOO) == ()
    assert scopes.withheld(ZOO, NOBODY) == frozenset()
    assert scopes.allow(ZOO, MODERATOR, "keys", HALL) == Scope("keys", (HALL,))
    assert scopes.withheld(ZOO, NOBODY) == {"keys"}
    assert scopes.withheld(ZOO, frozenset({CELLAR.id, KEEPERS.id})) == {"keys"}
    assert scopes.withheld(ZOO, frozenset({HALL.id, 99})) == frozenset()


def test_channels_and_roles_add_up_and_each_tag_counts_by_itself(scopes: Scopes) -> None:
    scopes.allow(ZOO, MODERATOR, "keys", KEEPERS)
    assert scopes.allow(ZOO, MODERATOR, "keys", HALL) == Scope("keys", (HALL, KEEPERS))
    assert scopes.allow(ZOO, MODERATOR, "keys", HALL) == Scope("keys", (HALL, KEEPERS))
    scopes.allow(ZOO, MODERATOR, "food", CELLAR)
    assert scopes.of(ZOO) == (Scope("food", (CELLAR,)), Scope("keys", (HALL, KEEPERS)))
    assert scopes.withheld(ZOO, frozenset({KEEPERS.id})) == {"food"}
    assert scopes.withheld(ZOO, frozenset({KEEPERS.id, CELLAR.id})) == frozenset()


def test_whoever_is_refused_leaves_the_others(scopes: Scopes) -> None:
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    scopes.allow(ZOO, MODERATOR, "keys", KEEPERS)
    assert scopes.refuse(ZOO, MODERATOR, "keys", CELLAR) == Scope("keys", (HALL, KEEPERS))
    assert scopes.refuse(ZOO, MODERATOR, "keys", HALL) == Scope("keys", (KEEPERS,))
    assert scopes.refuse(ZOO, MODERATOR, "keys", KEEPERS) == Scope("keys", ())
    # When the last is gone, the tag is for nobody, and not for everybody.
    assert scopes.withheld(ZOO, frozenset({HALL.id, KEEPERS.id})) == {"keys"}


def test_a_tag_can_be_kept_from_all_and_opened_to_all(scopes: Scopes) -> None:
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    assert scopes.refuse(ZOO, MODERATOR, "keys", None) == Scope("keys", ())
    assert scopes.refuse(ZOO, MODERATOR, "food", None) == Scope("food", ())
    assert scopes.withheld(ZOO, frozenset({HALL.id})) == {"keys", "food"}
    scopes.open(ZOO, MODERATOR, "keys")
    scopes.open(ZOO, MODERATOR, "keys")
    assert scopes.of(ZOO) == (Scope("food", ()),)


def test_what_cannot_be_done_changes_nothing(scopes: Scopes, catalogue: Catalogue) -> None:
    assert code(lambda: scopes.allow(ZOO, MODERATOR, "a,b", HALL)) == "not-a-tag"
    assert code(lambda: scopes.allow(ZOO, MODERATOR, "", HALL)) == "not-a-tag"
    assert code(lambda: scopes.refuse(ZOO, MODERATOR, "A", None)) == "not-a-tag"
    assert code(lambda: scopes.refuse(ZOO, MODERATOR, "keys", HALL)) == "tag-for-everybody"
    assert scopes.of(ZOO) == ()
    assert catalogue.history(ZOO, 9) == ()


def test_there_are_limits(scopes: Scopes) -> None:
    for number in range(MOST_ALLOWED):
        scopes.allow(ZOO, MODERATOR, "keys", Asker(AskerKind.ROLE, number + 1))
    assert code(lambda: scopes.allow(ZOO, MODERATOR, "keys", HALL)) == "too-many-askers"
    for number in range(MOST_SCOPES - 1):
        scopes.refuse(ZOO, MODERATOR, f"tag {number}", None)
    assert code(lambda: scopes.allow(ZOO, MODERATOR, "more", HALL)) == "too-many-scopes"
    assert code(lambda: scopes.refuse(ZOO, MODERATOR, "more", None)) == "too-many-scopes"


def test_each_change_is_in_the_history_and_what_changes_nothing_is_not(scopes: Scopes, catalogue: Catalogue) -> None:
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    scopes.refuse(ZOO, MODERATOR, "keys", CELLAR)
    scopes.refuse(ZOO, MODERATOR, "keys", HALL)
    scopes.refuse(ZOO, None, "keys", None)
    scopes.open(ZOO, MODERATOR, "keys")
    scopes.open(ZOO, MODERATOR, "keys")
    told = [(each.action, each.by, each.tag, each.asker, each.state) for each in catalogue.history(ZOO, 9)]
    assert told == [
        (Action.OPEN, MODERATOR, "keys", None, None),
        (Action.REFUSE, MODERATOR, "keys", HALL, None),
        (Action.ALLOW, MODERATOR, "keys", HALL, None),
    ]


def test_guilds_know_nothing_of_each_other_and_direct_messages_go_by_the_home_guild(scopes: Scopes) -> None:
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    scopes.allow(FARM, MODERATOR, "hay", HALL)
    assert scopes.withheld(FARM, NOBODY) == {"hay"}
    assert scopes.withheld(None, NOBODY) == {"keys"}


def test_without_a_home_guild_direct_messages_may_ask_all(database: Database) -> None:
    scopes = Scopes(database, None)
    assert scopes.is_known(None)
    assert scopes.withheld(None, NOBODY) == frozenset()


def test_scopes_are_read_once_and_again_after_a_change(scopes: Scopes, database: Database) -> None:
    assert not scopes.is_known(ZOO)
    assert not scopes.is_known(None)
    scopes.of(ZOO)
    assert scopes.is_known(ZOO)
    assert scopes.is_known(None)
    scopes.allow(ZOO, MODERATOR, "keys", HALL)
    assert not scopes.is_known(ZOO)
    assert scopes.of(ZOO) == (Scope("keys", (HALL,)),)
    execute(database, "DELETE FROM scopes")
    assert scopes.of(ZOO) == (Scope("keys", (HALL,)),)
    scopes.forget(ZOO)
    assert scopes.of(ZOO) == ()


def test_what_was_read_before_a_change_is_not_kept(scopes: Scopes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody changes a scope between the reading of the scopes and their keeping."""
    read, changed = threading.Event(), threading.Event()

    def found(*args: Any) -> Any:
        rows = scopes_of(*args)
        if threading.current_thread() is reader:
            read.set()
            changed.wait()
        return rows

    monkeypatch.setattr("pullquote.library.scopes.scopes_of", found)
    reader = threading.Thread(target=scopes.of, args=(ZOO,))
    reader.start()
    read.wait()
    scopes.forget(ZOO)
    changed.set()
    reader.join()
    assert not scopes.is_known(ZOO)
