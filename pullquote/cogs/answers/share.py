"""The button Share under an answer that its asker alone sees: the question is answered once more, for the channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.answers.delete import Delete
from pullquote.cogs.answers.row import answer_view
from pullquote.cogs.audiences import seat_of
from pullquote.cogs.buttons import Pressable
from pullquote.cogs.messages.markup import escape
from pullquote.cogs.messages.replies import answer_embed, question_in, quotes_in_embed
from pullquote.cogs.pressing import pressed
from retrieval.errors import PullquoteError
from retrieval.question import Question

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class CannotShareError(PullquoteError):
    """For members: the answer was shared already, or the channel may not see what it would have to quote."""


class Share(Pressable, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"share"):
    """The question stands in the message, so that the button works for as long as the message lasts."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label="Share", custom_id="share"))

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        del match
        return cls()

    async def callback(self, interaction: discord.Interaction) -> None:
        """Answer in the channel what was asked privately, and take the button away."""

        async def share(bot: Pullquote) -> None:
            message = interaction.message
            if message is None or not message.flags.ephemeral or not message.embeds or not message.embeds[0].title:
                raise CannotShareError("nothing-to-share")
            if not bot.shared.note(message.id):
                raise CannotShareError("shared-already")
            try:
                await interaction.response.defer()
                await _share(interaction, bot, question_in(message.embeds[0].title))
            except BaseException:
                bot.shared.forget(message.id)
                raise
            await interaction.edit_original_response(view=_without_share(message))

        await pressed(interaction, share)


async def _share(interaction: discord.Interaction, bot: Pullquote, text: str) -> None:
    """Answer a question in the channel. Raises CannotShareError if nothing may be quoted there, and what asking raises.

    Nothing that only the asker may read gets there: it is answered from what the channel may ask alone.
    """
    question = Question.parse(text)
    answer = (await bot.queue.answer(question, seat_of(interaction, private=False))).answer
    quotes = quotes_in_embed(answer)
    if not quotes:
        raise CannotShareError("nothing-to-share")
    await interaction.followup.send(
        f"Asked by {escape(interaction.user.display_name)}",
        embed=answer_embed(answer, title=question.text),
        view=answer_view(answer, quotes, Delete(interaction.user.id)),
    )


def _without_share(message: discord.Message) -> discord.ui.View:
    """The buttons of a private answer, but for the one that shares it."""
    view = discord.ui.View.from_message(message, timeout=None)
    for item in view.children:
        if isinstance(item, discord.ui.Button) and item.custom_id == "share":
            item.label, item.disabled = "Shared", True
    # The buttons work by what stands in them: discord.py must not keep these for their own callbacks.
    view.stop()
    return view
