"""The button Share: what was answered privately is answered once more, for all who read the channel."""

from __future__ import annotations

import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import FERRY, NOON, NOON_QUOTE, add, told
from tests.support.discord_world import SIMULATION, GatedEncoder, World, buttons, descriptions
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

PRIVATE = ["Context", "More", "Source", "Share"]


async def asked(world: World, question: str = TOWER) -> None:
    await world.member.slash(world.channel, "ask", question=question, private=True)


async def test_it_is_posted_once_with_the_name_of_whoever_asked_and_no_ping(world: World) -> None:
    await asked(world)
    [private] = world.said()
    assert (buttons(private), world.said(to=world.other)) == (PRIVATE, [])
    await world.member.click(private, label="Share")

    [public] = world.said(to=world.other)
    assert (public.content, public.mentions) == ("Asked by member", [])
    assert (public.embeds[0].title, descriptions([public])) == (TOWER, [TOWER_QUOTE])
    assert buttons(public) == ["Context", "More", "Source", "Delete"]
    [private, _] = world.said()
    assert (buttons(private), descriptions([private])) == (["Context", "More", "Source", "Shared"], [TOWER_QUOTE])
    assert private.components[0].children[-1].disabled  # type: ignore[union-attr]
    # It is the asker's to delete.
    assert told(await world.other.click(public, label="Delete")).startswith("Only whoever asked")
    await world.member.click(public, label="Delete")
    assert public not in world.said(to=world.other)


async def test_after_a_restart_it_is_answered_from_what_the_articles_say_then(
    world: World, settings: Settings, library: Library
) -> None:
    question = "When *was* the tower\\_ finished? [1] #1"
    await asked(world, question)
    [private] = world.said()
    await world.env.restart_bot(create_bot(settings, library))
    await world.member.click(private, label="Share")
    [public] = world.said(to=world.other)
    assert public.embeds[0].title == private.embeds[0].title == "When \\*was\\* the tower\\\\\\_ finished? \\[1\\] #1"


async def test_pressed_twice_at_once_it_is_posted_once(world: World, gated: GatedEncoder) -> None:
    await asked(world)
    [private] = world.said()
    gated.questions.clear()
    count = len(gated.batches)
    await world.under_way(world.member.click(private, label="Share"), lambda: len(gated.batches) > count)
    await world.under_way(world.member.click(private, label="Share"), lambda: len(world.said()) == 2)
    gated.open()
    await world.env.settle()
    assert len(world.said(to=world.other)) == 1
    assert [message.content for message in world.said()] == ["", "This answer was shared already.", "Asked by member"]


async def test_what_the_channel_may_not_read_does_not_get_there(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await world.moderator.slash(world.channel, "corpus folder", shared=False)
    await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="crew")
    await add(world, "mill.md", b"# The mill\n\nThe mill grinds rye on Mondays.\n")
    keepers = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[keepers])
    await world.moderator.slash(world.channel, "corpus scope allow", tag="crew", role=keepers)
    await keeper.slash(world.channel, "ask", question=NOON, private=True)
    private = world.said(to=keeper)[-1]
    assert descriptions([private]) == [NOON_QUOTE]
    before = world.said(to=world.other)

    assert told(await keeper.click(private, label="Share")) == (
        "This channel may not see anything that would answer it, so nothing was shared."
    )
    assert world.said(to=world.other) == before
    # Once everybody may, it can be shared.
    await world.moderator.slash(world.channel, "corpus scope open", tag="crew")
    await keeper.click(private, label="Share")
    assert descriptions(world.said(to=world.other))[-1] == NOON_QUOTE


async def test_what_cannot_be_shared_has_no_button(world: World) -> None:
    long = "When was the tower finished? " * 20
    await asked(world, long)
    await asked(world, "Who won the world cup in 1998?")
    assert [buttons(each) for each in world.said()] == [PRIVATE[:-1], ["Show the nearest passage"]]
    result = await world.member.user.slash("ask", question=TOWER, private=True)
    assert result.response is not None
    labels = [each["label"] for row in result.response.components for each in row["components"]]
    assert labels == PRIVATE[:-1]


async def test_a_member_whose_name_is_markup_pings_nobody(world: World) -> None:
    nasty = world.guild.add_member(world.env.create_user("@everyone **<@1>**"))
    await nasty.slash(world.channel, "ask", question=TOWER, private=True)
    await nasty.click(world.said(to=nasty)[0], label="Share")
    [public] = world.said(to=world.other)
    assert public.content == "Asked by \\@everyone \\*\\*\\<\\@1\\>\\*\\*"
    assert (public.mentions, public.mention_everyone) == ([], False)
