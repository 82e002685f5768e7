"""What an in-process simulator cannot show: the real bot over real sockets, with all that goes wrong there."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from yarl import URL

from pullquote.cogs.client import Pullquote
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.encoder import SentenceTransformerEncoder
from tests.support.discord_world import GatedEncoder, until
from tests.support.loopback import LoopbackDiscord, RecordedRequest, payloads
from tests.support.loopback.world import (
    CHANNEL_ID,
    GUILD_ID,
    JSON,
    MEMBER_ID,
    OTHER_ID,
    denied,
    text_channel,
    thread,
    user,
)
from tests.support.wire import connected, open_library, put_back

KEEPER = "When did the last keeper leave?"
KEEPER_QUOTE = (
    "> **The last keeper left in 1962, when the light became automatic.** He took his cat with him.\n"
    "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Keepers · paragraph 2"
)
QUEEN = "What do most players choose?"
QUEEN_QUOTE = "> **Most players choose a queen.**\n— chess · paragraph 2"
EPHEMERAL = 1 << 6
REPLIES = "/channels/*/messages"


@pytest.fixture(autouse=True)
def discord_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(monkeypatch)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Library:
    return open_library(tmp_path_factory, encoder)


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


@pytest.fixture
async def bot(server: LoopbackDiscord, settings: Settings, library: Library) -> AsyncIterator[Pullquote]:
    async with connected(server, settings, library) as bot:
        yield bot


def descriptions(body: JSON) -> list[str]:
    return [embed["description"] for embed in body["embeds"]]


async def answered_once(server: LoopbackDiscord, first: int = 1) -> RecordedRequest:
    """The `first`-th reply. One more question is answered next, so nothing was asked or answered twice before."""
    reply = await server.wait_for("POST", REPLIES, count=first)
    await server.mention(KEEPER)
    after = await server.wait_for("POST", REPLIES, count=first + 1)
    assert descriptions(after.body) == [KEEPER_QUOTE]
    return reply


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("guild", [False, True])
async def test_ask_is_deferred_and_then_answered(
    server: LoopbackDiscord, bot: Pullquote, private: bool, guild: bool
) -> None:
    interaction = await server.ask(KEEPER, private=private, guild=guild)
    edit = await server.wait_for("PATCH", interaction.original_path)
    assert interaction.callback == ({"type": 5, "data": {"flags": EPHEMERAL}} if private else {"type": 5})
    assert edit.status == 200
    assert descriptions(edit.body) == [KEEPER_QUOTE]
    assert edit.body["embeds"][0]["title"] == KEEPER
    assert interaction.original is not None
    assert interaction.original["flags"] == (EPHEMERAL if private else 0)
    assert interaction.followups == []


async def test_a_question_without_words_is_refused_privately(server: LoopbackDiscord, bot: Pullquote) -> None:
    interaction = await server.ask("🙂🙂")
    await server.wait_for("POST", interaction.callback_path)
    assert interaction.original is not None
    assert interaction.original["flags"] == EPHEMERAL
    assert interaction.original["content"].startswith("I can look up words only.")


async def test_a_mention_is_answered_by_a_reply_without_a_ping(server: LoopbackDiscord, bot: Pullquote) -> None:
    message = await server.mention(QUEEN)
    reply = await server.wait_for("POST", REPLIES)
    assert reply.status == 200
    assert descriptions(reply.body) == [QUEEN_QUOTE]
    assert reply.body["message_reference"] == {
        "type": 0,
        "message_id": int(message["id"]),
        "channel_id": int(message["channel_id"]),
        "guild_id": int(GUILD_ID),
        "fail_if_not_exists": False,
    }
    assert reply.body["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_questions_asked_at_once_get_each_its_own_answer(server: LoopbackDiscord, bot: Pullquote) -> None:
    wanted = {KEEPER: KEEPER_QUOTE, QUEEN: QUEEN_QUOTE}
    asked = [(question, await server.ask(question)) for question in [KEEPER, QUEEN] * 10]
    for question, interaction in asked:
        edit = await server.wait_for("PATCH", interaction.original_path)
        assert descriptions(edit.body) == [wanted[question]]


async def test_an_expired_interaction_is_left_alone(
    settings: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async with LoopbackDiscord(too_late=True) as server, connected(server, settings, library):
        interaction = await server.ask(KEEPER)
        refused = await server.wait_for("POST", interaction.callback_path)
        await server.mention(QUEEN)
        await server.wait_for("POST", REPLIES)
    assert refused.status == 404
    assert [sent.path for sent in server.rest.requests if sent.path.startswith("/webhooks/")] == []
    assert "Traceback" not in caplog.text


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


async def test_answers_that_take_too_long_are_cut_off_before_the_connection_closes(
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
        asked = await server.ask(KEEPER)
        await server.mention(QUEEN)
        await server.wait_for("POST", asked.callback_path)
        await until(lambda: len(bot.in_flight._tasks) == 2 and gated.batches)
        cut_off = set(bot.in_flight._tasks)
        await bot.close()
        assert [task.done() for task in cut_off] == [True, True]
    assert "2 tasks cut off, for the bot stops: longer than 0 s at work" in caplog.messages
    assert "Traceback" not in caplog.text
    assert server.rest.sent("PATCH", asked.original_path) == []
    assert server.rest.sent("POST", REPLIES) == []


# Channels that are not in the cache: discord.py knows their id alone.


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
    assert reply.body["content"] == f"**✅ From the articles**\n{QUEEN_QUOTE}"
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


async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
    """In place of discord.py's five seconds between two IDENTIFY."""


# The session: what happens to it when the gateway's connection is lost, one way or another.


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
    async with (
        LoopbackDiscord(heartbeat_interval=0.2) as server,
        connected(server, settings, library, heartbeat_timeout=0.6),
    ):
        await server.wait_until(lambda: server.gateway.heartbeats >= 2)
        server.gateway.silence()
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


# Requests: Discord says "later", or fails for a moment.


@pytest.mark.parametrize("everywhere", [False, True], ids=["this route", "everywhere"])
async def test_a_rate_limited_edit_is_sent_again(server: LoopbackDiscord, bot: Pullquote, everywhere: bool) -> None:
    server.rest.limit_next("PATCH", "*/@original", 0.3, everywhere=everywhere)
    interaction = await server.ask(KEEPER)
    edit = await server.wait_for("PATCH", interaction.original_path, count=2)
    assert [sent.status for sent in server.rest.sent("PATCH", interaction.original_path)] == [429, 200]
    assert descriptions(edit.body) == [KEEPER_QUOTE]


@pytest.mark.parametrize("everywhere", [False, True], ids=["this route", "everywhere"])
async def test_a_rate_limited_reply_is_sent_again(server: LoopbackDiscord, bot: Pullquote, everywhere: bool) -> None:
    server.rest.limit_next("POST", REPLIES, 0.3, everywhere=everywhere)
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server, 2)).body) == [QUEEN_QUOTE]
    assert [sent.status for sent in server.rest.sent("POST", REPLIES)] == [429, 200, 200]


async def test_a_rate_limited_deferral_is_still_in_time(server: LoopbackDiscord, bot: Pullquote) -> None:
    server.rest.limit_next("POST", "*/callback", 0.3)
    interaction = await server.ask(KEEPER)
    await server.wait_for("PATCH", interaction.original_path)
    assert [sent.status for sent in server.rest.sent("POST", interaction.callback_path)] == [429, 200]
    assert interaction.original is not None
    assert descriptions(interaction.original) == [KEEPER_QUOTE]


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_an_edit_that_failed_on_their_side_is_sent_again(
    server: LoopbackDiscord, bot: Pullquote, status: int
) -> None:
    server.rest.fail_next("PATCH", "*/@original", status, body="<html>Bad day</html>")
    interaction = await server.ask(KEEPER)
    edit = await server.wait_for("PATCH", interaction.original_path, count=2)
    assert edit.status == 200
    assert descriptions(edit.body) == [KEEPER_QUOTE]


async def test_a_reply_that_failed_on_their_side_is_sent_again(server: LoopbackDiscord, bot: Pullquote) -> None:
    server.rest.fail_next("POST", REPLIES, 502, body="<html>Bad gateway</html>")
    await server.mention(QUEEN)
    assert descriptions((await answered_once(server, 2)).body) == [QUEEN_QUOTE]
    # The nonce is what lets Discord drop a message that it had taken in spite of the error.
    failed, again, _ = server.rest.sent("POST", REPLIES)
    assert failed.body["enforce_nonce"] is True
    assert failed.body["nonce"] == again.body["nonce"]


async def test_an_answer_whose_connection_is_reset_is_owned_up_to(server: LoopbackDiscord, bot: Pullquote) -> None:
    server.rest.fail_next("PATCH", "*/@original", None)
    interaction = await server.ask(KEEPER)
    await server.wait_for("DELETE", interaction.original_path)
    (apology,) = interaction.followups
    assert apology["content"].startswith("Something went wrong on my side, sorry.")
    assert apology["flags"] == EPHEMERAL
    assert interaction.original is None


# Who may look after the articles, which all guilds share: the application's owner or team, and one guild's moderators.


MANAGE_GUILD = str(1 << 5)
OPERATORS = (
    "All servers share the articles, and only whoever runs this bot can look after them: please ask them to do it."
)


async def may_list(server: LoopbackDiscord, guild_id: str = GUILD_ID, permissions: str = MANAGE_GUILD) -> bool:
    """Whether the member gets the list of articles; who does not is told privately why."""
    interaction = await server.corpus("list", guild_id=guild_id, permissions=permissions)
    callback = await server.wait_for("POST", interaction.callback_path)
    if callback.body["type"] == 4:
        assert callback.body["data"]["flags"] == EPHEMERAL
        assert callback.body["data"]["content"] == OPERATORS
        return False
    edit = await server.wait_for("PATCH", interaction.original_path)
    assert [embed["title"] for embed in edit.body["embeds"]] == ["3 articles"]
    return True


@pytest.mark.parametrize(
    ("team", "may"),
    [
        (None, True),
        (payloads.team(MEMBER_ID, (MEMBER_ID, 2, "admin")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "admin")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "developer")), True),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 2, "read_only")), False),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin"), (MEMBER_ID, 1, "admin")), False),
        (payloads.team(OTHER_ID, (OTHER_ID, 2, "admin")), False),
    ],
    ids=["owner", "team's owner", "admin", "developer", "reader", "invited", "former owner"],
)
async def test_whoever_runs_the_bot_looks_after_the_articles_anywhere(
    server: LoopbackDiscord, settings: Settings, library: Library, team: JSON | None, may: bool
) -> None:
    server.rest.application["team"] = team
    async with connected(server, settings.model_copy(update={"guild": None}), library):
        assert await may_list(server) is may
        assert await may_list(server, guild_id=ELSEWHERE) is may
        assert await may_list(server, permissions="0") is may
    assert len(server.rest.sent("GET", "/oauth2/applications/@me")) == 1


async def test_another_owner_has_moderators_of_one_guild_beside_them(
    server: LoopbackDiscord, settings: Settings, library: Library
) -> None:
    server.rest.application["owner"] = user(OTHER_ID, "somebody")
    async with connected(server, settings, library):
        assert await may_list(server)
        refused = await server.corpus("list", permissions="0")
        answer = await server.wait_for("POST", refused.callback_path)
        assert answer.body["data"]["content"].startswith("Only moderators can do this: you need the permission")
        refused = await server.corpus("reload", guild_id=ELSEWHERE, permissions=MANAGE_GUILD)
        answer = await server.wait_for("POST", refused.callback_path)
        assert "the moderators of another server look after them" in answer.body["data"]["content"]


# Registering the commands: Discord limits how often.


async def registrations(server: LoopbackDiscord, settings: Settings, library: Library) -> int:
    """Start the bot once more; how many times it has registered its commands since the first start."""
    async with connected(server, settings, library):
        return len(server.rest.sent("PUT", "/applications/*/commands"))


async def test_commands_are_registered_only_when_they_changed(
    server: LoopbackDiscord, settings: Settings, library: Library
) -> None:
    assert await registrations(server, settings, library) == 1
    assert {command["name"] for command in server.rest.commands} == {"ask", "corpus", "Find the passage"}
    assert await registrations(server, settings, library) == 1
    server.rest.commands.pop()
    assert await registrations(server, settings, library) == 2


def damage(note: Path) -> None:
    note.write_bytes(b"\xff\xfe")


def turn_into_folder(note: Path) -> None:
    note.unlink()
    note.mkdir()


@pytest.mark.parametrize("spoil", [Path.unlink, damage, turn_into_folder])
async def test_without_a_readable_note_commands_are_registered_again(
    server: LoopbackDiscord, settings: Settings, library: Library, spoil: Callable[[Path], None]
) -> None:
    assert await registrations(server, settings, library) == 1
    note = settings.data / "commands.sha256"
    assert os.name == "nt" or oct(note.stat().st_mode & 0o777) == "0o600"
    spoil(note)
    assert await registrations(server, settings, library) == 2
