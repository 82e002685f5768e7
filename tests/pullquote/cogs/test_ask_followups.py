"""Follow-ups in Discord: each member's own, in each channel, for a quarter of an hour; private ones stay private."""

from __future__ import annotations

import pytest

from pullquote.cogs.ask import Ask
from pullquote.library.conversations import LASTS, Conversations
from tests.support.discord_world import SIMULATION, World, descriptions
from tests.support.known_answers import KEEPER, KEEPER_QUOTE, TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

AND_WHY = "and why?"
WITH_KEEPER = f"Searched with your question before: “{KEEPER}”\n\n{KEEPER_QUOTE}"
NOT_FOUND = "Other words may help: I can only quote what is written there."


@pytest.fixture
def seconds(world: World) -> list[float]:
    """The seconds that the bot's conversations go by, alone in a list."""
    seconds = [0.0]
    cog = world.bot.get_cog("Ask")
    assert isinstance(cog, Ask)
    cog.conversations = Conversations(lambda: seconds[0])
    return seconds


async def test_a_follow_up_to_a_command_says_what_it_was_searched_with(world: World) -> None:
    for question in (KEEPER, AND_WHY):
        await world.member.slash(world.channel, "ask", question=question)

    embeds = [message.embeds[0] for message in world.said()]
    assert [embed.title for embed in embeds] == [KEEPER, AND_WHY]
    assert descriptions(world.said()) == [KEEPER_QUOTE, WITH_KEEPER]


async def test_a_mention_goes_on_from_a_command_and_a_command_from_a_mention(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=KEEPER)
    await world.member.send(world.channel, world.mention(AND_WHY))
    await world.member.slash(world.channel, "ask", question="and when?")

    with_both = f"Searched with your questions before: “{KEEPER}”, “{AND_WHY}”\n\n{KEEPER_QUOTE}"
    assert descriptions(world.said()) == [KEEPER_QUOTE, WITH_KEEPER, with_both]


async def test_a_follow_up_in_a_direct_message(world: World) -> None:
    for question in (KEEPER, AND_WHY):
        await world.member.send_dm(question)
    assert descriptions(list(world.member.user.dm_channel.history())) == [KEEPER_QUOTE, WITH_KEEPER]


async def test_nobody_goes_on_from_what_somebody_else_asked(world: World) -> None:
    await world.member.send(world.channel, world.mention(KEEPER))
    await world.other.send(world.channel, world.mention(AND_WHY))
    assert descriptions(world.said()) == [KEEPER_QUOTE, NOT_FOUND]


async def test_nobody_goes_on_from_what_was_asked_in_another_channel(world: World) -> None:
    elsewhere = world.guild.create_text_channel("elsewhere")
    await world.member.send(world.channel, world.mention(KEEPER))
    await world.member.send(elsewhere, world.mention(AND_WHY))
    assert descriptions(world.said(elsewhere)) == [NOT_FOUND]


async def test_what_was_asked_privately_never_shows_in_the_channel(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=KEEPER, private=True)
    await world.member.slash(world.channel, "ask", question=AND_WHY)
    await world.member.slash(world.channel, "ask", question=AND_WHY, private=True)

    assert descriptions(world.said(to=world.other)) == [NOT_FOUND]
    assert descriptions(world.said(to=world.member)) == [KEEPER_QUOTE, NOT_FOUND, WITH_KEEPER]


async def test_a_conversation_is_over_after_a_quarter_of_an_hour(world: World, seconds: list[float]) -> None:
    await world.member.send(world.channel, world.mention(KEEPER))
    seconds[0] += LASTS
    await world.member.send(world.channel, world.mention(AND_WHY))
    seconds[0] += LASTS + 1
    await world.member.send(world.channel, world.mention(AND_WHY))
    assert descriptions(world.said()) == [KEEPER_QUOTE, WITH_KEEPER, NOT_FOUND]


async def test_find_the_passage_goes_on_from_nothing_and_nothing_goes_on_from_it(world: World) -> None:
    message = await world.other.send(world.channel, TOWER)
    follow_up = await world.other.send(world.channel, AND_WHY)
    await world.member.context_menu(world.channel, "Find the passage", message)
    await world.member.send(world.channel, world.mention(AND_WHY))
    await world.member.send(world.channel, world.mention(KEEPER))
    await world.member.context_menu(world.channel, "Find the passage", follow_up)
    assert descriptions(world.said()) == [TOWER_QUOTE, NOT_FOUND, KEEPER_QUOTE, NOT_FOUND]


async def test_markup_in_an_earlier_question_means_nothing(world: World) -> None:
    asked = "When did the **last** keeper `leave` ||the tower||, @everyone [now](https://evil.example)?"
    for question in (asked, AND_WHY):
        await world.member.slash(world.channel, "ask", question=question)

    [_, described] = descriptions(world.said())
    assert described is not None
    assert described.splitlines()[0] == (
        "Searched with your question before: “When did the \\*\\*last\\*\\* keeper \\`leave\\` \\|\\|the tower\\|\\|, "
        "\\@everyone \\[now\\](https\\://evil.example)?”"
    )
