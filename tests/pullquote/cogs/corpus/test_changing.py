"""/corpus edit, remove, rollback and folder, and what undoes them."""

from __future__ import annotations

import datetime as dt

import pytest

from pullquote.cogs.corpus import undoing
from tests.support.corpus_commands import (
    FERRY,
    NOON,
    NOON_QUOTE,
    add,
    labels,
    lines,
    message,
    quote,
    refusal,
    shown,
    told,
)
from tests.support.discord_world import SIMULATION, World
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

MILL = b"# The mill\n\nThe mill grinds rye on Mondays.\n"
RYE = "What does the mill grind on Mondays?"
RYE_QUOTE = "> **The mill grinds rye on Mondays.**\n— The mill · paragraph 1"


async def test_removing_asks_once_and_can_be_undone(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus remove", article="ferry.md")
    assert shown(result).title == "Remove this article?"
    assert lines(shown(result)) == ["**The ferry** (2 passages, ferry.md)"]
    assert await quote(world, NOON) == NOON_QUOTE

    await world.moderator.click(message(result), label="Remove")
    assert shown(result).title == "Removed"
    assert await quote(world, NOON) != NOON_QUOTE
    await world.moderator.click(message(result), label="Undo")
    assert shown(result).title == "Undid state 2"
    assert await quote(world, NOON) == NOON_QUOTE


async def test_removing_can_be_called_off(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus remove", article="ferry.md")
    await world.moderator.click(message(result), label="Cancel")
    assert message(result).content == "Nothing was changed."
    assert await quote(world, NOON) == NOON_QUOTE


async def test_after_an_hour_the_way_back_is_a_rollback(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    result = await add(world, "ferry.md", FERRY)
    monkeypatch.setattr(undoing, "_UNDOABLE", dt.timedelta(0))
    pressed = await world.moderator.click(message(result), label="Undo")
    assert told(pressed) == ("That was more than an hour ago. Use /corpus rollback with state 0 instead.")
    assert await quote(world, NOON) == NOON_QUOTE


async def test_what_others_changed_since_is_not_undone(world: World) -> None:
    first = await add(world, "ferry.md", FERRY)
    await add(world, "ferry.md", FERRY.replace(b"noon", b"dawn"))
    pressed = await world.moderator.click(message(first), label="Undo")
    assert told(pressed) == (
        "“ferry.md” has been changed again since then. Roll it back to the state you want instead."
    )


async def test_the_details_are_edited(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    form = await world.moderator.slash(world.channel, "corpus edit", article="ferry.md")
    done = await world.moderator.submit_modal(form, {"title": "Crossings", "url": ""})
    assert shown(done).title == "Edited"
    assert await quote(world, NOON) == "> **The ferry to Norra leaves at noon.**\n— Crossings · paragraph 1"

    again = await world.moderator.slash(world.channel, "corpus edit", article="Crossings")
    done = await world.moderator.submit_modal(again, {"title": "Crossings", "url": ""})
    assert message(done).content == "Nothing changed: it is already so."


async def test_all_articles_go_back_to_a_state(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "ferry.md", FERRY.replace(b"noon", b"dawn"))
    await add(world, "mill.md", MILL)
    states = await world.moderator.autocomplete(world.channel, "corpus rollback", "state", "")
    assert [choice["value"] for choice in states] == [3, 2, 1]
    result = await world.moderator.slash(world.channel, "corpus rollback", state=1)
    assert shown(result).title == "Go back to state 1?"
    assert lines(shown(result)) == ["**Changes:** ferry.md", "**Goes:** mill.md"]
    await world.moderator.click(message(result), label="Go back")
    assert await quote(world, NOON) == NOON_QUOTE
    assert await quote(world, RYE) != RYE_QUOTE


async def test_an_article_alone_goes_back_to_a_state(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "ferry.md", FERRY.replace(b"noon", b"dawn"))
    await add(world, "mill.md", MILL)
    result = await world.moderator.slash(world.channel, "corpus rollback", state=1, article="ferry.md")
    assert lines(shown(result)) == ["**Changes:** ferry.md"]
    await world.moderator.click(message(result), label="Go back")
    assert await quote(world, NOON) == NOON_QUOTE
    assert await quote(world, RYE) == RYE_QUOTE


async def test_a_state_that_is_not_kept_or_in_force_is_told(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus rollback", state=1)
    assert message(result).content == "Nothing to do: it is as it was in state 1."
    result = await world.moderator.slash(world.channel, "corpus rollback", state=7)
    assert refusal(world, result) == "State 7 is not kept; states 0 to 1 are."


async def test_the_shared_articles_are_turned_off_and_on(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus folder", shared=False)
    assert message(result).content == "The 3 articles that all servers share are not asked any more."
    assert await quote(world, TOWER) == "There are no articles here yet. A moderator can add some with /corpus add."
    await add(world, "ferry.md", FERRY)
    assert await quote(world, NOON) == NOON_QUOTE
    assert await quote(world, TOWER) != TOWER_QUOTE
    await world.moderator.slash(world.channel, "corpus folder", shared=True)
    assert await quote(world, TOWER) == TOWER_QUOTE
    assert len(world.env.errors) == 1


async def test_who_lost_the_role_removes_and_undoes_nothing(world: World) -> None:
    added = await add(world, "ferry.md", FERRY)
    asked = await world.moderator.slash(world.channel, "corpus remove", article="ferry.md")
    world.dismiss_moderator()
    for answer, label in ((added, "Undo"), (asked, "Remove")):
        pressed = await world.moderator.click(message(answer), label=label)
        assert told(pressed).startswith("Only moderators can do this")
    assert labels(asked) == ["Remove", "Cancel"]
    assert await quote(world, NOON) == NOON_QUOTE
