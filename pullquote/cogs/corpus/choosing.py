"""Choices that Discord offers while a moderator types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar, cast

import discord
from discord import app_commands

from pullquote.cogs.naming import MOST_CHOICES, choices
from pullquote.cogs.pressing import guild_of
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

T = TypeVar("T", int, str)


async def offered_to_moderators(
    interaction: discord.Interaction, offer: Callable[[Pullquote, int], Sequence[app_commands.Choice[T]]]
) -> list[app_commands.Choice[T]]:
    """Choices for what a moderator types, at most as many as Discord takes; others than moderators get none.

    `offer` is called in a thread, with the guild.
    """
    bot = cast("Pullquote", interaction.client)
    try:
        bot.moderators.check(interaction)
        offered = await asyncio.to_thread(offer, bot, guild_of(interaction))
    except (PullquoteError, app_commands.NoPrivateMessage):
        return []
    return list(offered[:MOST_CHOICES])


async def own_articles(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Choices of the guild's own articles for what a moderator has typed; others get none."""
    return await offered_to_moderators(
        interaction, lambda bot, guild: choices(bot.articles.catalogue.current(guild).entries, typed)
    )
