"""What the pictures show: the real bot in the simulated Discord, and what members and moderators do with it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import simcord

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import ROOT, Settings
from tests.pictures import articles
from tests.support.corpus_commands import add, message
from tests.support.discord_world import SIMULATION, World, start_patiently

Scene = Callable[[World, simcord.ChannelHandle], Awaitable[object]]
"""Fills a channel with the messages of a picture. What must have happened before it does in the world's own channel."""

CORPUS = ROOT / "corpus"
"""The articles that ship with the bot."""

# Buttons carry codes of their own, and members their numbers.
_IDENTIFIERS = re.compile(r'"custom_id": "[^"]*"|<@\d+>')
_HOUR = 3600
_DAY = 24 * _HOUR
# The simulated Discord begins with the year 2026: this is the second of March, at nine.
_BEGINNING = 60 * _DAY + 9 * _HOUR


@asynccontextmanager
async def stage(data: Path, library: Library | None = None) -> AsyncIterator[World]:
    """A guild with the bot, which has the shipped articles and the simulated Discord's time.

    `data` is a folder for what it keeps, `library` the library of the shipped articles, if that is open already.
    """
    settings = Settings(corpus=CORPUS, data=data, watch=False, member_questions=0, _env_file=None)
    with pytest.MonkeyPatch.context() as patch:
        start_patiently(patch)
        simulation = simcord.run(create_bot(settings, library), **SIMULATION)
        simulation._env.backend.bot_user.name = "Pullquote"
        simulation._env.backend.advance_clock(_BEGINNING)
        async with simulation as env:
            world = World.of(env)
            world.bot.articles.versions._now = world.bot.articles.memberships._now = env.backend.clock.now
            yield world


async def answer(world: World, channel: simcord.ChannelHandle) -> None:
    await world.member.slash(channel, "ask", question="Did Musk talk to Putin?")


async def no_answer(world: World, channel: simcord.ChannelHandle) -> None:
    for question in ("How long did they talk?", "What is the best pizza topping?"):
        await world.member.slash(channel, "ask", question=question)


async def preview(world: World, channel: simcord.ChannelHandle) -> None:
    await add(world, "moorings 2025.md", articles.MOORINGS_OF_LAST_YEAR)
    _pass(world, 2 * _HOUR)
    await world.moderator.slash(channel, "corpus add", file=("moorings.md", articles.MOORINGS))


async def difference(world: World, channel: simcord.ChannelHandle) -> None:
    await add(world, "moorings.md", articles.MOORINGS)
    removal = await world.moderator.slash(world.channel, "corpus remove", article="moorings 2025.md")
    await world.moderator.click(message(removal), label="Remove")
    _pass(world, 14 * _DAY)
    await world.moderator.slash(channel, "corpus add", file=("moorings.md", articles.MOORINGS_NOW))


async def listing(world: World, channel: simcord.ChannelHandle) -> None:
    await add(world, "moorings.md", articles.MOORINGS_NOW)
    _pass(world, 3 * _DAY)
    await add(world, "ferry.md", articles.FERRY)
    _pass(world, 2 * _HOUR)
    form = await world.moderator.slash(world.channel, "corpus add")
    result = await world.moderator.submit_modal(form, {"title": "Slipway", "text": articles.SLIPWAY})
    await world.moderator.click(message(result), label="Add")
    _pass(world, _HOUR)
    await world.moderator.slash(channel, "corpus list")


async def history(world: World, channel: simcord.ChannelHandle) -> None:
    going = await world.moderator.slash(world.channel, "corpus rollback", state=5)
    await world.moderator.click(message(going), label="Go back")
    _pass(world, _HOUR)
    await world.moderator.slash(channel, "corpus history")


def fingerprint(world: World, channel: simcord.ChannelHandle) -> str:
    """What tells the messages of a channel from others that the bot might send; the same on every machine."""
    messages = [
        [message.content, [part.to_dict() for part in message.embeds], [part.to_dict() for part in message.components]]
        for message in world.said(channel, to=world.moderator)
    ]
    text = _IDENTIFIERS.sub("", json.dumps(messages, sort_keys=True))
    return hashlib.sha256(text.encode()).hexdigest()


def _pass(world: World, seconds: int) -> None:
    """Let time pass in the simulated Discord."""
    world.env.backend.advance_clock(seconds)


SCENES: dict[str, Scene] = {
    "answer": answer,
    "no-answer": no_answer,
    "preview": preview,
    "difference": difference,
    "list": listing,
    "history": history,
}
"""The scenes by the names of their pictures. They build on one another in this order."""
