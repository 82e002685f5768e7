"""What moderators do with /corpus in the simulated Discord: presses of buttons, and looks at what is shown then."""

from __future__ import annotations

from typing import Any

import discord
from simcord import InteractionResult, ResponseMessage
from simcord.actors import MemberActor

from tests.support.discord_world import World

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


def embed(result: InteractionResult) -> discord.Embed:
    """The only embed of the private answer."""
    [only] = message(result).embeds
    return only


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
