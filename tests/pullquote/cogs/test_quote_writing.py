"""What was quoted is written every so often, and a database that fails keeps no answer from its reader."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.exc import TimeoutError as NoConnectionError

from pullquote.cogs.quote_writing import QuoteWriting
from pullquote.library.quotes import Quotes
from tests.support.corpus_commands import quote
from tests.support.discord_world import GUILD, SIMULATION, World, until
from tests.support.known_answers import TOWER, TOWER_QUOTE
from tests.support.libraries import warnings

pytestmark = pytest.mark.simcord(**SIMULATION)


def written(world: World) -> int:
    return Quotes(world.bot.articles.database, world.bot.library).quoted(GUILD).shared("lighthouse.md")


async def test_what_was_quoted_is_written_after_a_while(world: World) -> None:
    await quote(world, TOWER)
    assert written(world) == 0
    await world.env.advance_time(31)
    assert written(world) == 1


async def test_a_bot_without_its_cog_writes_no_longer(world: World) -> None:
    await quote(world, TOWER)
    await world.bot.remove_cog(QuoteWriting.__name__)
    await world.env.advance_time(61)
    assert written(world) == 0


async def test_while_the_database_fails_members_are_answered_and_counts_wait(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise NoConnectionError

    assert await quote(world, TOWER) == TOWER_QUOTE
    await until(lambda: world.bot.articles.memberships.guilds())
    engine = world.bot.articles.database.engine
    event.listen(engine, "checkout", fail)
    for _ in range(2):
        await world.env.advance_time(31)
        assert await quote(world, TOWER) == TOWER_QUOTE
    event.remove(engine, "checkout", fail)
    [warning] = warnings(caplog)
    assert warning.startswith("How often articles are quoted cannot be written yet: ")
    assert written(world) == 0
    await world.env.advance_time(31)
    assert written(world) == 3
