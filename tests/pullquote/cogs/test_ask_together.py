"""Many questions at once, and questions at the bot's end."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest

from tests.support.discord_world import SIMULATION, GatedEncoder, World, descriptions, until, waiting
from tests.support.known_answers import QUEEN, QUEEN_QUOTE, TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)


async def test_questions_that_come_together_are_answered_together(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    for number, question in enumerate((TOWER, QUEEN, TOWER, QUEEN)):
        sending = world.member.send(world.channel, world.mention(question))
        await world.under_way(sending, lambda: gated.batches and waiting(world) == number)  # noqa: B023
    gated.open()
    await world.env.settle()

    assert gated.batches == [1, 3]
    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE, TOWER_QUOTE, QUEEN_QUOTE]


async def test_too_many_at_once_are_asked_to_wait(
    world: World, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_WAITING", 1)
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    await world.under_way(world.member.send(world.channel, world.mention(QUEEN)), lambda: waiting(world) == 1)
    slash = world.other.slash(world.channel, "ask", question=TOWER)
    await world.under_way(slash, lambda: any(message.content for message in world.said(to=world.other)))
    gated.open()
    await world.env.settle()

    [busy] = [message for message in world.said(to=world.other) if message.content]
    assert busy.flags.ephemeral
    assert busy.content == "A lot of questions are waiting just now. Please ask again in a minute."
    assert descriptions(world.said(to=world.other)) == [TOWER_QUOTE, QUEEN_QUOTE]
    assert len(world.env.errors) == 1


async def test_closing_lets_answers_in_flight_out(
    world: World, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = discord.Interaction.edit_original_response
    let_out = asyncio.Event()

    async def held_up(interaction: discord.Interaction, **content: Any) -> object:
        await let_out.wait()
        return await send(interaction, **content)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", held_up)
    gated.questions.clear()
    await world.under_way(world.member.slash(world.channel, "ask", question=TOWER), lambda: gated.batches)
    await world.under_way(world.member.send(world.channel, world.mention(QUEEN)), lambda: waiting(world) == 1)
    closing = asyncio.create_task(world.bot.close())
    await until(lambda: world.bot.in_flight.closing)
    gated.open()
    await until(lambda: QUEEN_QUOTE in descriptions(world.said()))
    assert not closing.done()
    let_out.set()
    await closing

    assert world.bot.is_closed()
    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE]
