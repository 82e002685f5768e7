"""What happens when somebody presses a button or sends a form: no handler of commands sees its errors."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands

from pullquote.cogs.in_flight import ClosingError
from pullquote.cogs.tree import report
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class NotYourFormError(PullquoteError):
    """For moderators: somebody else opened the form, or it was opened in another guild."""

    def __init__(self) -> None:
        super().__init__("form-of-another")


# Seconds after which a form that nobody has sent is forgotten: Discord does not tell when one is closed.
_LASTS = 6 * 3600.0


class Form(discord.ui.Modal):
    """A form for whoever opened it, in the guild where it was opened."""

    def __init__(self, opened: discord.Interaction) -> None:
        """`opened` is what the form is shown in answer to."""
        super().__init__(timeout=_LASTS)
        self._opener = opened.user
        self._guild = opened.guild_id

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Whether the form is sent by whoever opened it; others are refused, and the form stays open."""
        if (interaction.user, interaction.guild_id) == (self._opener, self._guild):
            return True
        await pressed(interaction, _refuse)
        return False


async def _refuse(_: Pullquote) -> None:
    raise NotYourFormError


async def pressed(interaction: discord.Interaction, work: Callable[[Pullquote], Awaitable[None]]) -> None:
    """Do what a button or a form is for. Whoever pressed it is told privately what went wrong."""
    bot = cast("Pullquote", interaction.client)
    try:
        bot.in_flight.count(functools.partial(report, interaction, ClosingError()))
        bot.in_flight.refuse_if_closing()
        await work(bot)
    except Exception as error:  # noqa: BLE001
        await report(interaction, error)


async def open_or_turn(interaction: discord.Interaction, page: int | None) -> bool:
    """Make ready to show something privately: with a page in the private reply that is turned to it, else in a new one.

    Whether it is turned. What everybody sees is never changed, whatever a button says.
    """
    shown = interaction.message
    turns = page is not None and shown is not None and shown.flags.ephemeral
    await (interaction.response.defer() if turns else interaction.response.defer(ephemeral=True, thinking=True))
    return turns


async def pressed_by_moderator(interaction: discord.Interaction, work: Callable[[Pullquote], Awaitable[None]]) -> None:
    """Do what a button or a form is for, if whoever pressed it moderates the guild now."""

    async def checked(bot: Pullquote) -> None:
        bot.moderators.check(interaction)
        await work(bot)

    await pressed(interaction, checked)


def guild_of(interaction: discord.Interaction) -> int:
    """The id of the guild of an interaction that is for guilds only. Raises NoPrivateMessage in a direct message."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild_id
