"""Which guilds the bot is in, told to the state."""

from __future__ import annotations

import datetime as dt

import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.library.records import GuildRecord
from pullquote.settings import Settings
from tests.support.corpus_commands import FERRY, NOON, NOON_QUOTE, add, quote
from tests.support.discord_world import GUILD, SIMULATION, World, until

pytestmark = pytest.mark.simcord(**SIMULATION)


def known(world: World) -> GuildRecord | None:
    guilds = world.bot.articles.memberships.guilds()
    return next((each for each in guilds if each.id == GUILD), None)


async def test_a_guild_that_the_bot_joins_is_noted(world: World) -> None:
    await until(lambda: known(world))
    record = known(world)
    assert record is not None
    assert record.left_at is None


async def test_what_a_guild_had_outlives_a_restart(world: World, settings: Settings, library: Library) -> None:
    await add(world, "ferry.md", FERRY)
    await world.env.restart_bot(create_bot(settings, library))
    assert await quote(world, NOON) == NOON_QUOTE


async def test_a_guild_that_is_gone_at_a_start_was_left(world: World, settings: Settings, library: Library) -> None:
    await until(lambda: known(world))
    stranger = GUILD + 1
    world.bot.articles.memberships.join(stranger)
    await world.env.restart_bot(create_bot(settings, library))

    def gone() -> list[dt.datetime]:
        guilds = world.bot.articles.memberships.guilds()
        return [each.left_at for each in guilds if each.id == stranger and each.left_at is not None]

    await until(gone)
    record = known(world)
    assert record is not None
    assert record.left_at is None


async def test_a_guild_that_removes_the_bot_is_left(world: World) -> None:
    await until(lambda: known(world))
    await world.guild.me.guild.leave() if world.guild.me else None
    await until(lambda: (record := known(world)) is not None and record.left_at is not None)
