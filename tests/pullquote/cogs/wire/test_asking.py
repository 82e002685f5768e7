"""What an in-process simulator cannot show: the real bot over real sockets."""

from __future__ import annotations

import pytest

from pullquote.cogs.client import Pullquote
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.known_answers import KEEPER, KEEPER_QUOTE, QUEEN, QUEEN_QUOTE
from tests.support.loopback import LoopbackDiscord
from tests.support.loopback.world import BOT_ROLE_ID, GUILD_ID
from tests.support.wire import EPHEMERAL, REPLIES, connected, descriptions


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


async def test_the_bot_s_own_role_is_answered_where_discord_shows_what_was_written(
    server: LoopbackDiscord, bot: Pullquote
) -> None:
    await server.chatter(roles=["1100000000000000098"])
    await server.chatter(f"<@&{BOT_ROLE_ID}> {QUEEN}", roles=[BOT_ROLE_ID])
    await server.wait_for("POST", REPLIES)
    await server.chatter(roles=[BOT_ROLE_ID])
    told = await server.wait_for("POST", REPLIES, count=2)
    assert descriptions(server.rest.sent("POST", REPLIES)[0].body) == [QUEEN_QUOTE]
    assert told.body["content"] == (
        "You mentioned my role, so Discord does not show me what you wrote. Mention me myself, and write your "
        "question in the same message."
    )
