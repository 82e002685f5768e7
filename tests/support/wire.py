"""The real bot on the loopback Discord: what the tests of the wire share."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import create_bot
from pullquote.cogs.client import Pullquote
from pullquote.cogs.serving import serve
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.support.discord_world import PATIENCE
from tests.support.folders import ARTICLES
from tests.support.known_answers import KEEPER, KEEPER_QUOTE
from tests.support.loopback import LoopbackDiscord, RecordedRequest
from tests.support.loopback.world import JSON
from tests.support.payloads import assert_sound

TOKEN_REFUSED = (
    "Discord does not accept the token. Copy it again from the Bot page of your application "
    "(discord.com/developers/applications) into DISCORD_TOKEN."
)
SECRET = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"
EPHEMERAL = 1 << 6
REPLIES = "/channels/*/messages"


@dataclass(frozen=True)
class _Sent:
    """A recorded request as `assert_sound` takes it."""

    method: str
    path: str
    json: Any


def at(server: LoopbackDiscord, settings: Settings) -> Settings:
    """The settings, with this server for Discord."""
    return settings.model_copy(update={"discord_api_base": server.api_base})


@contextlib.asynccontextmanager
async def connected(
    server: LoopbackDiscord, settings: Settings, library: Library, **options: Any
) -> AsyncIterator[Pullquote]:
    """The bot, ready to be asked. At the end it is closed, and every body that it sent has to be sound."""
    bot = create_bot(at(server, settings), library, heartbeat_timeout=PATIENCE, **options)
    running = asyncio.create_task(serve(bot, server.token))
    try:
        await server.wait_until(lambda: server.gateway.connected)
        yield bot
    finally:
        await bot.close()
        await running
        assert_sound(_Sent(request.method, request.path, request.body) for request in server.rest.requests)


def put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo at the end of the test that the bot points the whole process at another Discord."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


def open_library(factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Library:
    """A library that many tests can share, as long as none of them changes it."""
    folder = factory.mktemp("articles")
    for name, content in ARTICLES.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return Library.open(folder, factory.mktemp("data"), encoder)


def descriptions(body: JSON) -> list[str]:
    return [embed["description"] for embed in body["embeds"]]


async def answered_once(server: LoopbackDiscord, number: int = 1) -> RecordedRequest:
    """The reply with this number, from 1. The next reply is to a new question, so nothing was answered twice before."""
    reply = await server.wait_for("POST", REPLIES, count=number)
    await server.mention(KEEPER)
    after = await server.wait_for("POST", REPLIES, count=number + 1)
    assert descriptions(after.body) == [KEEPER_QUOTE]
    return reply


def assert_silent(log: pytest.LogCaptureFixture) -> None:
    """Whatever happened, the log shows no traceback and never the token."""
    assert "Traceback" not in log.text
    assert SECRET not in log.text
