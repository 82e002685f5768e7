"""Channels that are not in the cache: discord.py knows their id alone."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from pullquote.cogs.client import Pullquote
from tests.support.known_answers import KEEPER, QUEEN, QUEEN_QUOTE
from tests.support.loopback import LoopbackDiscord, RecordedRequest
from tests.support.loopback.world import (
    CHANNEL_ID,
    JSON,
    denied,
    text_channel,
    thread,
)
from tests.support.wire import REPLIES, answered_once, descriptions

UNSEEN = "1100000000000000009"
ELSEWHERE = "1100000000000000010"
SEND, EMBED, HISTORY = 11, 14, 16


def unseen(server: LoopbackDiscord, **changes: Any) -> None:
    """Discord knows this channel, though it never told the bot of it."""
    server.rest.channels[UNSEEN] = {**text_channel(), "id": UNSEEN, **changes}


async def reply_in_unseen(server: LoopbackDiscord) -> RecordedRequest:
    await server.mention(QUEEN, channel_id=UNSEEN)
    return await server.wait_for("POST", f"/channels/{UNSEEN}/messages")


@pytest.mark.parametrize("changes", [{}, thread(CHANNEL_ID), thread(ELSEWHERE)], ids=["channel", "thread", "orphan"])
async def test_a_channel_that_is_not_in_the_cache_is_answered_in(
    server: LoopbackDiscord, bot: Pullquote, changes: JSON
) -> None:
    unseen(server, **changes)
    reply = await reply_in_unseen(server)
    assert descriptions(reply.body) == [QUEEN_QUOTE]
    assert reply.body["message_reference"]["channel_id"] == int(UNSEEN)


@pytest.mark.parametrize("status", [403, 404])
async def test_a_channel_that_cannot_be_fetched_is_tried(server: LoopbackDiscord, bot: Pullquote, status: int) -> None:
    server.rest.fail_next("GET", f"/channels/{UNSEEN}", status)
    assert descriptions((await reply_in_unseen(server)).body) == [QUEEN_QUOTE]


async def test_what_a_channel_forbids_is_known_though_it_is_not_in_the_cache(
    server: LoopbackDiscord, bot: Pullquote
) -> None:
    unseen(server, permission_overwrites=[denied(EMBED, HISTORY)])
    reply = await reply_in_unseen(server)
    assert reply.body["content"] == f"**✅ The article says**\n{QUEEN_QUOTE}"
    assert "message_reference" not in reply.body


async def test_where_it_may_not_write_the_bot_is_silent(
    server: LoopbackDiscord, bot: Pullquote, caplog: pytest.LogCaptureFixture
) -> None:
    unseen(server, permission_overwrites=[denied(SEND)])
    with caplog.at_level(logging.INFO, "pullquote.cogs.ask"):
        await server.mention(QUEEN, channel_id=UNSEEN)
        await server.wait_for("GET", f"/channels/{UNSEEN}")
        await server.mention(KEEPER)
        await server.wait_for("POST", REPLIES)
    assert f"Not answering in channel {UNSEEN}: I may not write there" in caplog.messages
    assert len(server.rest.sent("POST", REPLIES)) == 1


async def test_when_discord_forbids_it_that_is_what_the_log_says(
    server: LoopbackDiscord, bot: Pullquote, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = {"code": 50001, "message": "Missing Access"}
    server.rest.fail_next("GET", f"/channels/{UNSEEN}", 403, body=refusal)
    server.rest.fail_next("POST", f"/channels/{UNSEEN}/messages", 403, body=refusal)
    message = await server.mention(QUEEN, channel_id=UNSEEN)
    await server.wait_for("POST", f"/channels/{UNSEEN}/messages")
    await server.mention(KEEPER)
    await server.wait_for("POST", REPLIES, count=2)
    assert f"Discord does not let me answer at message {message['id']}: Missing Access" in caplog.messages
    assert len(server.rest.sent("POST", f"/channels/{UNSEEN}/messages")) == 1
    assert "may not write" not in caplog.text


async def test_in_a_guild_that_is_not_in_the_cache_only_mentions_are_answered(
    server: LoopbackDiscord, bot: Pullquote
) -> None:
    unseen(server, guild_id=ELSEWHERE)
    await server.chatter(channel_id=UNSEEN, guild_id=ELSEWHERE)
    await server.mention(QUEEN, channel_id=UNSEEN, guild_id=ELSEWHERE)
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
