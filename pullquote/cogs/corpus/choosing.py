"""Choices that Discord offers while a moderator types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

import discord
from discord import app_commands

from pullquote.cogs.pressing import guild_of
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

T = TypeVar("T", int, str)

MOST_CHOICES = 25
"""How many choices Discord takes."""


async def offered_to_moderators(
    interaction: discord.Interaction, offer: Callable[[Pullquote, int], Sequence[app_commands.Choice[T]]]
) -> list[app_commands.Choice[T]]:
    """Choices for what a moderator types, at most as many as Discord takes; others than moderators get none.

    `offer` is called in a thread, with the guild.
    """
    bot = cast("Pullquote", interaction.client)
    try:
        bot.moderators.check(interaction)
        choices = await asyncio.to_thread(offer, bot, guild_of(interaction))
    except (PullquoteError, app_commands.NoPrivateMessage):
        return []
    return list(choices[:MOST_CHOICES])
