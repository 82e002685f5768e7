"""The row of buttons under an answer."""

from __future__ import annotations

import discord
import pytest

from tests.support.discord_world import SIMULATION, World, buttons
from tests.support.known_answers import QUEEN, TOWER

pytestmark = pytest.mark.simcord(**SIMULATION)


async def test_source_leads_to_where_the_first_article_is_from(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER)
    plain = world.channel_for_bot("plain", embed_links=False)
    await world.member.send(plain, world.mention(TOWER))
    for answer in (*world.said(), *world.said(plain)):
        [row] = answer.components
        assert isinstance(row, discord.ActionRow)
        [source] = [each for each in row.children if isinstance(each, discord.Button) and each.label == "Source"]
        assert (source.style, source.url) == (discord.ButtonStyle.link, "https://example.org/lighthouse")


async def test_an_article_without_an_address_has_no_source(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=QUEEN)
    assert buttons(world.said()[0]) == ["Context", "More", "Delete"]
