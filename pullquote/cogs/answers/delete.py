"""The button Delete under an answer that everybody sees: for whoever asked, and for moderators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.buttons import Pressable
from pullquote.cogs.moderators import NotModeratorError
from pullquote.cogs.pressing import pressed
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class NotYourAnswerError(PullquoteError):
    """For members: somebody else asked."""

    def __init__(self) -> None:
        super().__init__("answer-of-another")


class Delete(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"delete:(?P<asker>\d{1,20})",
):
    """The button holds who asked. discord.py has looked that it stands on the message: nobody else can say who did."""

    def __init__(self, asker: int) -> None:
        super().__init__(discord.ui.Button(label="Delete", custom_id=f"delete:{asker}"))
        self.asker = asker

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(int(match["asker"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Delete the message."""

        async def delete(bot: Pullquote) -> None:
            self._check(interaction, bot)
            await interaction.response.defer()
            await interaction.delete_original_response()

        await pressed(interaction, delete)

    def _check(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        """Raises NotYourAnswerError unless whoever presses the button asked, or moderates the guild now."""
        message = interaction.message
        if message is None or message.author != bot.user:
            raise NotYourAnswerError
        if isinstance(interaction.user, discord.User | discord.Member) and interaction.user.id == self.asker:
            return
        try:
            bot.moderators.check(interaction)
        except NotModeratorError as error:
            raise NotYourAnswerError from error
