"""Requests: Discord says "later", or fails for a moment."""

from __future__ import annotations

import pytest

from pullquote.cogs.client import Pullquote
from tests.support.known_answers import KEEPER, KEEPER_QUOTE, QUEEN, QUEEN_QUOTE
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import EPHEMERAL, REPLIES, answered_once, descriptions


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
