"""What the tests of /corpus share: articles to add, what moderators do, and looks at what they are shown."""

from __future__ import annotations

import re
from typing import Any

import discord
from simcord import InteractionResult, ResponseMessage
from simcord.actors import MemberActor

from tests.support.discord_world import World

VOLCANO = "# Volcanoes\n\nThe summit of Erta rises six hundred metres.\n"
ERTA = "How high is the summit of Erta?"
ERTA_QUOTE = "> **The summit of Erta rises six hundred metres.**\n— Volcanoes · paragraph 1"
RED = discord.Colour(0xC0392B)
BLUE = discord.Colour(0x3B6FB6)
FERRY = (
    b"---\ntitle: The ferry\nurl: https://example.org/ferry\n---\n\n"
    b"The ferry to Norra leaves at noon.\n\nDogs pay half.\n"
)
NOON = "When does the ferry to Norra leave?"
NOON_QUOTE = "> **The ferry to Norra leaves at noon.**\n— [The ferry](https://example.org/ferry) · paragraph 1"


def message(result: InteractionResult) -> ResponseMessage:
    """The private answer to a command, as it stands now."""
    assert result.response is not None
    assert result.ephemeral
    return result.response


def shown(result: InteractionResult) -> discord.Embed:
    """The only embed of a private answer."""
    assert message(result).content == ""
    [embed] = message(result).embeds
    return embed


def lines(embed: discord.Embed) -> list[str]:
    """The embed's lines, with an ellipsis for every number of seconds."""
    assert embed.description is not None
    return re.sub(r"\d+\.\d s$", "… s", embed.description, flags=re.MULTILINE).split("\n")


async def file_of(result: InteractionResult) -> list[str]:
    assert result.response is not None
    [file] = result.response.attachments
    assert file.filename == "corpus.txt"
    return (await file.read()).decode().split("\n")


def refusal(world: World, result: InteractionResult) -> str:
    """The sentence of a private answer that says what went wrong, without its backslashes."""
    assert len(world.env.errors) == 1
    assert message(result).embeds == []
    assert labels(result) == []
    return message(result).content.replace("\\", "")


def told(pressed: InteractionResult) -> str:
    """What whoever pressed a button was told privately, without backslashes."""
    said = pressed.followups[-1] if pressed.followups else message(pressed)
    return said.content.replace("\\", "")


def labels(result: InteractionResult) -> list[str | None]:
    """What stands on the buttons of the private answer."""
    rows: list[Any] = list(message(result).components)
    return [button["label"] for row in rows for button in row["components"]]


async def add(world: World, file: str, raw: bytes, by: MemberActor | None = None) -> InteractionResult:
    """A moderator adds a file and confirms; the answer to the command."""
    moderator = by or world.moderator
    result = await moderator.slash(world.channel, "corpus add", file=(file, raw))
    await moderator.click(message(result), label=(labels(result) or [None])[0])
    return result


async def quote(world: World, question: str, channel: Any = None, member: MemberActor | None = None) -> str | None:
    """What a member is answered."""
    result = await (member or world.member).slash(channel or world.channel, "ask", question=question)
    if result.response is None:
        return result.followups[-1].content
    return result.response.embeds[0].description
