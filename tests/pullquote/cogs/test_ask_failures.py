"""What goes wrong between a question and its answer."""

from __future__ import annotations

import logging
import re

import aiohttp
import discord
import pytest

from pullquote.cogs.allowance import Allowances
from pullquote.cogs.ask import Ask
from pullquote.library.guild_answerer import Asked, GuildAnswerer
from retrieval.answer import Answer
from tests.support.discord_world import SIMULATION, GatedEncoder, World, descriptions
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

TOO_FAST = r"You have asked 2 questions in the last half minute\. Please ask again in ([1-9]|[12]\d|30) seconds\."
APOLOGY = re.compile(r"Something went wrong on my side, sorry\. Please tell a moderator this code: `([0-9a-f]{8})`\.")


def known(world: World) -> set[int]:
    """The ids of the messages that the bot holds for present."""
    return {message.id for message in world.bot.cached_messages}


async def test_a_message_that_is_deleted_before_the_answer(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    question = world.channel.last_message
    assert question is not None
    await world.under_way(world.member.delete(question), lambda: question.id not in known(world))
    gated.open()
    await world.env.settle()

    assert descriptions(world.said()) == [TOWER_QUOTE]
    # The simulator overlooks it, but Discord refuses a reply to nothing unless it is told not to mind.
    body = world.env.http_requests[-1].json
    assert body is not None
    assert body["message_reference"]["fail_if_not_exists"] is False


async def test_a_channel_that_is_deleted_before_the_answer(
    world: World, gated: GatedEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    world.env.backend.delete_channel(world.channel.id)
    gated.open()
    with caplog.at_level(logging.INFO, "pullquote.cogs"):
        await world.env.settle()

    assert "Unknown Channel" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_an_interaction_that_expired_or_was_answered_is_left_alone(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=status, code=code, message="Too late")
    with caplog.at_level(logging.INFO, "pullquote.cogs"):
        result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert not result.acknowledged
    assert len([request for request in world.env.http_requests if request.path.startswith("/interactions/")]) == 1
    assert len(world.env.errors) == 1
    assert "Nobody is left to answer at interaction" in caplog.text
    assert "Traceback" not in caplog.text


async def test_an_answer_that_was_deleted_meanwhile_is_left_alone(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    await world.under_way(world.member.slash(world.channel, "ask", question=TOWER), lambda: gated.batches)
    [thinking] = world.said()
    world.env.backend.delete_message(world.channel.id, thinking.id)
    gated.open()
    await world.env.settle()

    assert world.said() == []
    assert len(world.env.errors) == 1


async def test_where_discord_refuses_the_answer_no_second_one_is_tried(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    await world.member.send(world.channel, world.mention(TOWER))

    assert world.said() == []
    assert len([request for request in world.env.http_requests if request.path.endswith("/messages")]) == 1
    assert "Discord does not let me answer at message" in caplog.text
    assert "Traceback" not in caplog.text


def apology_in(content: str, log: pytest.LogCaptureFixture, error: type[Exception]) -> None:
    """The apology carries the code under which the log has the error with its traceback."""
    match = APOLOGY.fullmatch(content)
    assert match is not None, content
    [record] = [r for r in log.records if r.levelno == logging.ERROR and r.name == "pullquote.cogs.tree"]
    assert match[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is error


def broken(answerer: GuildAnswerer, asked: list[Asked]) -> list[Answer]:
    raise ZeroDivisionError("the index is gone")


async def test_an_unexpected_error_ends_in_an_apology_to_the_asker_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(GuildAnswerer, "answer_all", broken)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert result.response is None
    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, ZeroDivisionError)
    assert world.said(to=world.other) == []
    assert len(world.env.errors) == 1


async def test_an_unexpected_error_in_a_private_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(GuildAnswerer, "answer_all", broken)
    result = await world.member.slash(world.channel, "ask", question=TOWER, private=True)

    assert result.followups == []
    assert result.response is not None
    assert result.response.ephemeral
    apology_in(result.response.content, caplog, ZeroDivisionError)
    assert len(world.env.errors) == 1


async def test_an_unexpected_error_after_a_mention(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(GuildAnswerer, "answer_all", broken)
    await world.member.send(world.channel, world.mention(TOWER))

    [reply] = world.said()
    apology_in(reply.content, caplog, ZeroDivisionError)


async def test_an_error_of_discord_ends_in_an_apology(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, discord.HTTPException)
    assert len(world.env.errors) == 1


async def test_the_asker_is_told_even_if_the_public_message_cannot_be_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(GuildAnswerer, "answer_all", broken)
    world.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=500)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, ZeroDivisionError)
    assert [message.content for message in world.said(to=world.other)] == ["No answer this time."]
    assert len(world.env.errors) == 1


async def test_while_discord_cannot_be_reached_nothing_escapes(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def unreachable(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(world.bot.http, "request", unreachable)
    monkeypatch.setattr(discord.Interaction, "edit_original_response", unreachable)
    question = await world.member.send(world.channel, world.mention(TOWER))
    await world.member.slash(world.channel, "ask", question=TOWER)

    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings[0] == f"The error message for message {question.id} could not be sent: Server disconnected"
    assert re.fullmatch(r"The error message for interaction \d+ could not be sent: Server disconnected", warnings[1])
    assert len(world.env.errors) == 1


@pytest.fixture
def hurried(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world where a member may ask two questions in half a minute."""
    cog = world.bot.get_cog("Ask")
    assert isinstance(cog, Ask)
    monkeypatch.setattr(cog, "allowances", Allowances(2, 0))
    return world


async def test_whoever_asks_too_much_is_told_privately_how_long_to_wait(hurried: World) -> None:
    results = [await hurried.member.slash(hurried.channel, "ask", question=TOWER) for _ in range(3)]
    assert [result.ephemeral for result in results] == [False, False, True]
    assert results[2].response is not None
    assert re.fullmatch(TOO_FAST, results[2].response.content or "")
    await hurried.other.slash(hurried.channel, "ask", question=TOWER)
    assert descriptions(hurried.said()) == [TOWER_QUOTE] * 3
    assert len(hurried.env.errors) == 1


async def test_whoever_mentions_the_bot_too_much_is_told_directly_and_once(
    hurried: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.cogs.ask.SECONDS", float("inf"))
    for _ in range(4):
        await hurried.member.send(hurried.channel, hurried.mention(TOWER))
    assert descriptions(hurried.said()) == [TOWER_QUOTE] * 2
    [told] = hurried.member.user.dm_channel.history()
    assert re.fullmatch(TOO_FAST, told.content)
