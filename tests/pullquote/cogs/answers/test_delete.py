"""The button Delete: for whoever asked, and for moderators."""

from __future__ import annotations

import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import told
from tests.support.discord_world import SIMULATION, World, archived_thread, buttons
from tests.support.known_answers import TOWER

pytestmark = pytest.mark.simcord(**SIMULATION)

NOT_YOURS = "Only whoever asked, or a moderator, can delete this answer."


async def test_whoever_asked_deletes_the_answer_and_nobody_else_does(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER)
    await world.member.send(world.channel, world.mention(TOWER))
    asked = await world.other.send(world.channel, TOWER)
    await world.member.context_menu(world.channel, "Find the passage", asked)
    for answer in world.said():
        assert told(await world.other.click(answer, label="Delete")) == NOT_YOURS
        assert answer in world.said()
        await world.member.click(answer, label="Delete")
        assert answer not in world.said()
    assert world.said() == []


async def test_a_moderator_deletes_it_after_a_restart_while_they_moderate(
    world: World, settings: Settings, library: Library
) -> None:
    for _ in range(2):
        await world.member.slash(world.channel, "ask", question=TOWER)
    await world.env.restart_bot(create_bot(settings, library))
    first, second = world.said()
    await world.moderator.click(first, label="Delete")
    world.dismiss_moderator()
    assert told(await world.moderator.click(second, label="Delete")) == NOT_YOURS
    assert world.said() == [second]
    await world.member.click(second, label="Delete")
    assert world.said() == []


async def test_an_answer_that_quotes_nothing_has_it_and_a_private_one_has_not(world: World) -> None:
    for question in ("Who won the world cup in 1998?", "Wann wurde der Turm fertig?"):
        await world.member.slash(world.channel, "ask", question=question)
        await world.member.slash(world.channel, "ask", question=question, private=True)
    nearest = "Show the nearest passage"
    assert [buttons(each) for each in world.said()] == [[nearest, "Delete"], [nearest], ["Delete"], []]


async def test_a_message_that_is_gone_already_is_nobodys_error(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER)
    [answer] = world.said()
    world.env.inject_error("DELETE", "/webhooks/*/@original", status=404, code=10008, message="Unknown Message")
    result = await world.member.click(answer, label="Delete")
    assert (result.followups, [record for record in caplog.records if record.levelname == "ERROR"]) == ([], [])


async def test_in_an_archived_thread_it_works_or_says_what_helps(world: World) -> None:
    thread = await archived_thread(world, TOWER)
    [answer] = world.said(thread)
    world.env.inject_error("DELETE", "/webhooks/*/@original", status=400, code=50083, message="Thread is archived")
    assert told(await world.member.click(answer, label="Delete")) == (
        "This thread is archived. Write something in it, which opens it again, and then try once more."
    )
    await world.member.click(answer, label="Delete")
    assert answer not in world.said(thread)
