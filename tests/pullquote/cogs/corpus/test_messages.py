"""“Add to corpus” on a message, with its author's consent."""

from __future__ import annotations

import discord
import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import labels, lines, message, quote, refusal, shown, told
from tests.support.discord_world import SIMULATION, World

pytestmark = pytest.mark.simcord(**SIMULATION)

SAID = "# Swimming\n\nSwimming in the harbour is allowed from May to August."
QUESTION = "When is swimming in the harbour allowed?"
ADD = "Add to corpus"


async def is_answered(world: World) -> bool:
    answer = await quote(world, QUESTION)
    return answer is not None and "allowed from May to August" in answer


async def test_a_moderator_adds_a_message_of_their_own(world: World) -> None:
    written = await world.moderator.send(world.channel, SAID)
    result = await world.moderator.context_menu(world.channel, ADD, written)

    title, details, *_ = lines(shown(result))
    assert title == f"**[Swimming]({written.jump_url})**"
    assert details.startswith("by moderator · 20")
    await world.moderator.click(message(result), label="Add")
    assert await is_answered(world)


async def test_the_author_is_asked_and_agrees(world: World) -> None:
    written = await world.member.send(world.channel, SAID)
    result = await world.moderator.context_menu(world.channel, ADD, written)
    assert message(result).content.startswith("I asked the author in the channel.")
    [question] = world.said()
    assert question.content.startswith("moderator would like to add your message to the articles of this server.")
    [asked] = [each.json for each in world.env.http_requests if each.path.endswith("/messages") and each.json]
    assert asked["allowed_mentions"] == {"parse": [], "replied_user": True}
    assert asked["message_reference"]["message_id"] == written.id

    for label in ("I agree", "No"):
        pressed = await world.other.click(question, label=label)
        assert told(pressed) == "Only the author of the message can answer this."
    await world.member.click(question, label="I agree")
    [question] = world.said()
    assert question.content == "member agreed. A moderator can add it now."
    refused = await world.member.click(question, label="Preview")
    assert told(refused).startswith("Only moderators can do this")
    preview = await world.moderator.click(question, label="Preview")
    assert preview.ephemeral
    await world.moderator.click(message(preview), label="Add")
    assert await is_answered(world)


async def test_without_consent_nothing_is_added(world: World) -> None:
    written = await world.member.send(world.channel, SAID)
    await world.moderator.context_menu(world.channel, ADD, written)
    [question] = world.said()
    await world.member.click(question, label="No")
    [question] = world.said()
    assert question.content == "member did not agree; nothing was added."
    assert question.components == []
    assert not await is_answered(world)


async def test_after_a_restart_the_question_is_too_old(world: World, settings: Settings, library: Library) -> None:
    written = await world.member.send(world.channel, SAID)
    await world.moderator.context_menu(world.channel, ADD, written)
    [question] = world.said()
    await world.env.restart_bot(create_bot(settings, library))
    pressed = await world.member.click(question, label="I agree")
    assert told(pressed) == ("This question is too old. Nothing was added; a moderator can add the message once more.")


async def test_files_are_added_with_the_words(world: World) -> None:
    written = await world.moderator.send(
        world.channel, SAID, attachments=[("mill.txt", b"The mill grinds rye."), ("a.png", b"x")]
    )
    result = await world.moderator.context_menu(world.channel, ADD, written)
    assert shown(result).title == "Add 2 articles?"
    assert labels(result) == ["Add", "Cancel"]
    await world.moderator.click(message(result), label="Add")
    assert shown(result).title == "Added"


async def test_a_message_without_words_and_files_is_refused(world: World) -> None:
    written = await world.moderator.send(world.channel, "", attachments=[("a.png", b"x")])
    result = await world.moderator.context_menu(world.channel, ADD, written)
    assert refusal(world, result) == "That message has neither words nor a file that can be read as an article."


async def test_where_the_bot_may_not_write_the_author_cannot_be_asked(world: World) -> None:
    channel = world.channel_for_bot("silent", send_messages=False)
    written = await world.member.send(channel, SAID)
    result = await world.moderator.context_menu(channel, ADD, written)
    assert refusal(world, result).startswith("The author would have to agree first, and I may not write")


async def test_members_cannot_add_messages(world: World) -> None:
    written = await world.member.send(world.channel, SAID)
    [command] = [each for each in await world.bot.tree.fetch_commands() if each.name == ADD]
    world.guild.set_command_permissions(command, {world.member: True})
    result = await world.member.context_menu(world.channel, ADD, written)
    assert refusal(world, result).startswith("Only moderators can do this")
    assert isinstance(command.default_member_permissions, discord.Permissions)
