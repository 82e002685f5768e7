"""What the tests of /corpus share: an article to add, and looks at what a moderator is shown."""

from __future__ import annotations

import re

import discord
from simcord import InteractionResult

from tests.support.discord_world import World

VOLCANO = "# Volcanoes\n\nThe summit of Erta rises six hundred metres.\n"
ERTA = "How high is the summit of Erta?"
ERTA_QUOTE = "> **The summit of Erta rises six hundred metres.**\n— Volcanoes · paragraph 1"
RED = discord.Colour(0xC0392B)
BLUE = discord.Colour(0x3B6FB6)


def shown(result: InteractionResult) -> discord.Embed:
    """The only embed of a private answer."""
    assert result.response is not None
    assert result.ephemeral
    assert result.response.content == ""
    [embed] = result.response.embeds
    return embed


def lines(embed: discord.Embed) -> list[str]:
    """The embed's lines, with an ellipsis for every number of seconds."""
    assert embed.description is not None
    return re.sub(r"\d+\.\d s$", "… s", embed.description, flags=re.MULTILINE).split("\n")


async def answer_to(world: World, question: str) -> str | None:
    await world.member.slash(world.channel, "ask", question=question)
    return world.said()[-1].embeds[0].description


async def file_of(result: InteractionResult) -> list[str]:
    assert result.response is not None
    [file] = result.response.attachments
    assert file.filename == "corpus.txt"
    return (await file.read()).decode().split("\n")
