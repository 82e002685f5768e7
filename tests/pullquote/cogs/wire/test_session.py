"""What happens to the session when the gateway's connection is lost, one way or another."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientWSTimeout
from discord.gateway import DiscordWebSocket
from yarl import URL

from pullquote.cogs.client import Pullquote
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.discord_world import until
from tests.support.known_answers import KEEPER, KEEPER_QUOTE, QUEEN, QUEEN_QUOTE
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import answered_once, connected, descriptions


async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """In place of discord.py's five seconds between two IDENTIFY."""


@pytest.mark.parametrize("code", [None, 1001, 4000], ids=["reset", "going away", "unknown error"])
async def test_a_question_missed_during_a_drop_is_replayed_and_answered_once(
    server: LoopbackDiscord, bot: Pullquote, code: int | None
) -> None:
    await asyncio.gather(server.gateway.drop(code), server.mention(QUEEN))
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
    assert server.gateway.session is not None
    events = [dispatch["t"] for dispatch in server.gateway.session.dispatches]
    assert events == ["READY", "GUILD_CREATE", "MESSAGE_CREATE", "RESUMED", "MESSAGE_CREATE"]
    assert server.gateway.paths == ["/gateway/", "/resume/"]
    assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)


async def test_an_interaction_missed_during_a_drop_is_answered(server: LoopbackDiscord, bot: Pullquote) -> None:
    await server.wait_until(lambda: server.rest.command("ask") is not None)
    await server.gateway.drop(None)
    interaction = await server.ask(KEEPER)
    edit = await server.wait_for("PATCH", interaction.original_path)
    assert descriptions(edit.body) == [KEEPER_QUOTE]


async def test_the_bot_resumes_when_asked_to_reconnect(server: LoopbackDiscord, bot: Pullquote) -> None:
    await server.gateway.reconnect()
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
    await server.wait_until(lambda: len(server.gateway.resumes) == 1)
    assert server.gateway.paths == ["/gateway/", "/resume/"]


async def test_an_invalid_session_that_may_be_resumed_is(server: LoopbackDiscord, bot: Pullquote) -> None:
    await server.gateway.invalidate(resumable=True)
    await server.wait_until(lambda: len(server.gateway.resumes) == 1)
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
    assert len(server.gateway.identifies) == 1


async def test_a_lost_session_is_begun_anew_at_the_same_gateway(
    server: LoopbackDiscord, bot: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot, "before_identify_hook", at_once)
    await server.gateway.invalidate(resumable=False)
    await server.wait_until(lambda: len(server.gateway.identifies) == 2 and server.gateway.connected)
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
    # discord.py would have gone to Discord's own gateway, and taken the token there.
    assert server.gateway.paths == ["/gateway/", "/gateway/"]
    assert URL(server.gateway.url) == DiscordWebSocket.DEFAULT_GATEWAY
    assert server.gateway.resumes == []


async def test_a_connection_gone_silent_is_noticed(settings: Settings, library: Library) -> None:
    async with LoopbackDiscord(heartbeat_interval=0.2) as server, connected(server, settings, library) as bot:
        await server.wait_until(lambda: server.gateway.heartbeats >= 2 and 0 in bot.shards)
        server.gateway.silence()
        # discord.py's wait for a sign of life is over at its next heartbeat, and the wait for a farewell at once.
        connection = bot.shards[0]._parent.ws
        connection.socket._timeout = ClientWSTimeout(ws_close=0)
        assert connection._keep_alive is not None
        connection._keep_alive.heartbeat_timeout = -1
        await server.mention(QUEEN)
        assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
        assert len(server.gateway.resumes) >= 1
        assert len(server.gateway.identifies) == 1


async def test_the_bot_comes_back_after_an_outage(
    server: LoopbackDiscord, bot: Pullquote, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bot, "before_identify_hook", at_once)
    await server.stop()
    await until(lambda: "Attempting a reconnect" in caplog.text)
    await server.start()
    await server.wait_until(lambda: server.gateway.connected)
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server)).body) == [QUEEN_QUOTE]
