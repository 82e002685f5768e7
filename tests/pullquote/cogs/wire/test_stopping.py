"""The bot stops while questions are in flight."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import AsyncIterator

import pytest

from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.discord_world import GatedEncoder, until
from tests.support.known_answers import KEEPER, KEEPER_QUOTE, QUEEN, QUEEN_QUOTE
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import EPHEMERAL, REPLIES, connected, descriptions

RESTARTED = "I am just being restarted. Please ask again in a minute."


@contextlib.asynccontextmanager
async def opened_at_last(gated: GatedEncoder) -> AsyncIterator[None]:
    """The gate before the questions is closed, and in any case opened at the end, for the bot to stop."""
    gated.questions.clear()
    try:
        yield
    finally:
        gated.open()


async def test_while_the_bot_stops_new_questions_are_refused_and_old_ones_answered(
    server: LoopbackDiscord, settings: Settings, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated = GatedEncoder(library.encoder)
    monkeypatch.setattr(library, "encoder", gated)
    async with connected(server, settings, library) as bot, opened_at_last(gated):
        asked = await server.ask(KEEPER)
        await server.mention(QUEEN)
        await server.wait_for("POST", asked.callback_path)
        await until(lambda: gated.batches)
        os.kill(os.getpid(), signal.SIGTERM)
        await until(lambda: bot.in_flight.closing)

        late = await server.ask(KEEPER)
        await server.mention(KEEPER)
        refusal = await server.wait_for("POST", late.callback_path)
        reply = await server.wait_for("POST", REPLIES)
        assert refusal.body["type"] == 4
        assert (refusal.body["data"]["content"], refusal.body["data"]["flags"]) == (RESTARTED, EPHEMERAL)
        assert reply.body["content"] == RESTARTED
        assert server.gateway.connected

        gated.open()
        await server.wait_until(lambda: not server.gateway.connected)
        answered = await server.wait_for("PATCH", asked.original_path)
        assert descriptions(answered.body) == [KEEPER_QUOTE]
        assert descriptions((await server.wait_for("POST", REPLIES, count=2)).body) == [QUEEN_QUOTE]
        assert late.followups == []


async def test_answers_that_take_too_long_are_cut_off_with_a_sentence_before_the_connection_closes(
    server: LoopbackDiscord,
    settings: Settings,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("pullquote.cogs.in_flight._GRACE", 0)
    gated = GatedEncoder(library.encoder)
    monkeypatch.setattr(library, "encoder", gated)
    async with connected(server, settings, library) as bot, opened_at_last(gated):
        public, private = await server.ask(KEEPER), await server.ask(KEEPER, private=True)
        await server.mention(QUEEN)
        for asked in (public, private):
            await server.wait_for("POST", asked.callback_path)
        await until(lambda: len(bot.in_flight._tasks) == 3 and gated.batches)
        cut_off = set(bot.in_flight._tasks)
        await bot.close()
        assert [task.done() for task in cut_off] == [True, True, True]
    assert "3 tasks cut off, for the bot stops: longer than 0 s at work" in caplog.messages
    assert "Traceback" not in caplog.text
    # What was deferred for all to see cannot become private: so it is ended, and the sentence follows.
    assert public.original is None
    (sentence,) = public.followups
    assert (sentence["content"], sentence["flags"]) == (RESTARTED, EPHEMERAL)
    assert private.original is not None
    assert (private.original["content"], private.original["flags"]) == (RESTARTED, EPHEMERAL)
    assert [reply.body["content"] for reply in server.rest.sent("POST", REPLIES)] == [RESTARTED]
