"""Mentions, replies and direct messages, and what the bot may do where they were written."""

from __future__ import annotations

import logging

import discord
import pytest
from simcord.enums import MessageType

from tests.support.discord_world import SIMULATION, World, descriptions
from tests.support.known_answers import QUEEN, QUEEN_QUOTE, TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

WORDS_ONLY = "I can look up words only. Ask me a question about the articles, in a few words."
HOW_TO_ASK = "Ask me something about the articles: mention me and write your question in the same message."
HOW_TO_ASK_FOR_ANOTHER = (
    "Discord does not show me the message that you reply to. Choose *Apps → Find the passage* on it, or mention me and "
    "write the question in the same message."
)
NOT_THERE = (
    "I may not write in <#{}>, so I cannot answer you there. Ask there with /ask and private: True: only you see the "
    "answer."
)


async def test_a_mention_is_answered_by_a_reply_that_pings_nobody(world: World) -> None:
    message = await world.member.send(world.channel, world.mention(TOWER))

    [reply] = world.said(to=world.other)
    assert reply.reference is not None
    assert reply.reference.message_id == message.id
    assert reply.embeds[0].title is None
    assert reply.embeds[0].description == TOWER_QUOTE
    assert (reply.mentions, reply.role_mentions, reply.mention_everyone) == ([], [], False)


async def test_whatever_else_is_in_a_mention_does_not_matter(world: World) -> None:
    assert world.bot.user is not None
    bot, other, channel = world.bot.user.id, world.other.id, world.channel.id
    for content in (
        f"<@!{bot}> {TOWER}",
        f"{TOWER} <@{bot}>",
        f"Hey <@{bot}>, <@{other}> <#{channel}> <:gull:123456789012345678> </ask:123456789012345678> {TOWER}",
        f"<@{bot}>\n{TOWER}",
    ):
        await world.member.send(world.channel, content)
    assert descriptions(world.said()) == [TOWER_QUOTE] * 4


async def test_a_mention_without_a_question_is_told_how_to_ask(world: World) -> None:
    await world.member.send(world.channel, world.mention(""))
    await world.member.send(world.channel, world.mention("🙂"))
    assert [message.content for message in world.said()] == [HOW_TO_ASK, WORDS_ONLY]


async def test_a_reply_that_only_pings_is_no_question(world: World) -> None:
    await world.member.send(world.channel, world.mention(TOWER))
    [reply] = world.said()
    await world.member.send(world.channel, "Thank you, who would have thought", reply_to=reply)
    await world.member.send(world.channel, world.mention(QUEEN), reply_to=reply)

    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE]


async def test_what_is_not_said_to_the_bot_is_not_answered(world: World) -> None:
    machine = world.guild.add_member(world.env.create_user("machine", bot=True))
    await machine.send(world.channel, world.mention(TOWER))
    await world.guild.create_webhook(world.channel).send(world.mention(TOWER))
    await world.member.send(world.channel, f"@everyone {TOWER}")
    await world.member.send(world.channel, f"<@{world.other.id}> {TOWER}")
    await world.member.send(world.channel, TOWER)
    renamed = world.guild.create_text_channel(world.mention(TOWER))
    notice = world.guild.create_system_message(
        world.channel, MessageType.CHANNEL_NAME_CHANGE, author=world.member, target_channel=renamed
    )
    await world.env.settle()
    assert notice.content == world.mention(TOWER)

    assert world.said() == []


async def test_a_direct_message_is_a_question(world: World) -> None:
    await world.member.send_dm(TOWER)
    await world.member.send_dm("🙂")
    picture = world.env.backend.store_attachments(world.member.user.dm_channel.id, [("gull.png", b"not really")])
    await world.member.send_dm(attachments=picture)

    answer, *refusals = [m for m in world.member.user.dm_channel.history() if m.author == world.bot.user]
    assert answer.embeds[0].description == TOWER_QUOTE
    assert [refusal.content for refusal in refusals] == [WORDS_ONLY, WORDS_ONLY]


# Messages that become questions


async def test_a_message_may_be_edited_into_a_question(world: World) -> None:
    message = await world.member.send(world.channel, TOWER)
    await world.member.edit(message, f"{TOWER} <@{world.other.id}>")
    assert world.said() == []
    await world.member.edit(message, world.mention(TOWER))
    assert descriptions(world.said()) == [TOWER_QUOTE]
    [reply] = world.said()
    assert reply.reference is not None
    assert reply.reference.message_id == message.id


async def test_a_message_is_answered_once_however_often_it_is_edited(world: World) -> None:
    message = await world.member.send(world.channel, world.mention(TOWER))
    await world.member.edit(message, world.mention(QUEEN))
    await world.member.edit(message, world.mention(TOWER))
    assert descriptions(world.said()) == [TOWER_QUOTE]


async def test_a_mention_that_only_later_has_words_is_answered_then(world: World) -> None:
    message = await world.member.send(world.channel, world.mention(""))
    await world.member.edit(message, world.mention(" "))
    await world.member.edit(message, world.mention(TOWER))
    told, answer = world.said()
    assert told.content == HOW_TO_ASK
    assert answer.embeds[0].description == TOWER_QUOTE


async def test_an_old_message_is_not_edited_into_a_question(world: World) -> None:
    message = await world.member.send(world.channel, TOWER)
    await world.env.advance_time(15 * 60 + 1)
    await world.member.edit(message, world.mention(TOWER))
    assert world.said() == []


async def test_a_reply_without_words_asks_what_it_replies_to(world: World) -> None:
    question = await world.other.send(world.channel, world.mention(TOWER))
    reply = await world.member.send(world.channel, world.mention(""), reply_to=question)
    _, answer = world.said()
    assert answer.embeds[0].description == TOWER_QUOTE
    assert answer.reference is not None
    assert answer.reference.message_id == reply.id
    await world.member.send(world.channel, world.mention(""), reply_to=answer)
    assert world.said()[-1].content == HOW_TO_ASK
    unseen = await world.other.send(world.channel, TOWER)
    await world.member.send(world.channel, world.mention(""), reply_to=unseen)
    assert world.said()[-1].content == HOW_TO_ASK_FOR_ANOTHER


# Where the bot may not do everything


async def test_where_the_bot_may_not_write_it_says_so_once_to_each_member(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    channels = [
        world.channel_for_bot("read-only", send_messages=False),
        # Discord sends the bot nothing from a channel like this; the simulator does.
        world.channel_for_bot("hidden", view_channel=False),
    ]
    with caplog.at_level(logging.INFO, "pullquote.cogs.ask"):
        for channel in channels:
            await world.member.send(channel, world.mention(TOWER))
        await world.member.send(channels[0], world.mention(QUEEN))
        await world.other.send(channels[0], world.mention(QUEEN))

    assert [world.said(channel) for channel in channels] == [[], []]
    told = {member.id: [m.content for m in member.user.dm_channel.history()] for member in (world.member, world.other)}
    assert told == {
        world.member.id: [NOT_THERE.format(channel.id) for channel in channels],
        world.other.id: [NOT_THERE.format(channels[0].id)],
    }
    assert [record.getMessage() for record in caplog.records if record.name == "pullquote.cogs.ask"] == [
        f"Not answering in channel {channel.id}: I may not write there" for channel in (*channels, *channels[:1] * 2)
    ]


async def test_where_the_bot_may_not_embed_it_answers_in_plain_text(world: World) -> None:
    channel = world.channel_for_bot("plain", embed_links=False)
    await world.member.send(channel, world.mention(TOWER))

    [reply] = world.said(channel)
    assert reply.embeds == []
    assert reply.content == f"**✅ The article says**\n{TOWER_QUOTE}"


async def test_where_the_bot_may_not_read_the_history_it_answers_without_a_reference(world: World) -> None:
    channel = world.channel_for_bot("forgetful", read_message_history=False)
    await world.member.send(channel, world.mention(TOWER))

    [reply] = world.said(channel)
    assert reply.reference is None
    assert reply.embeds[0].description == TOWER_QUOTE


@pytest.mark.parametrize(("permission", "answers"), [(True, [TOWER_QUOTE]), (False, [])])
async def test_threads_have_a_permission_of_their_own(world: World, permission: bool, answers: list[str]) -> None:
    channel = world.channel_for_bot("threads", send_messages=not permission, send_messages_in_threads=permission)
    discord_channel = world.bot.get_channel(channel.id)
    assert isinstance(discord_channel, discord.TextChannel)
    await discord_channel.create_thread(name="A thread", type=discord.ChannelType.public_thread)
    [thread] = channel.threads
    await world.member.send(thread, world.mention(TOWER))

    assert descriptions(world.said(thread)) == answers
