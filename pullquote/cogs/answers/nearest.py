"""The button under "The articles don't say": it shows the nearest passage to whoever presses it."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.answers.places import PassageGoneError, Place, hit_at
from pullquote.cogs.audiences import seat_of
from pullquote.cogs.buttons import Pressable, shortened_digest
from pullquote.cogs.messages.replies import nearest_text
from pullquote.cogs.pressing import pressed
from retrieval.answer import Answer

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class Nearest(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"nearest:(?P<digest>[0-9a-f]{16}):(?P<start>\d{1,9}):(?P<highlight>\d{1,9})",
):
    """The button holds where the passage stands, so that it works for as long as the articles stay as they are."""

    def __init__(self, digest: str, start: int, highlight: int) -> None:
        custom_id = f"nearest:{digest}:{start}:{highlight}"
        super().__init__(discord.ui.Button(label="Show the nearest passage", custom_id=custom_id))
        self.digest = digest
        self.start = start
        self.highlight = highlight

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(match["digest"], int(match["start"]), int(match["highlight"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the passage privately."""

        async def show(bot: Pullquote) -> None:
            # A corpus that is not in memory is read from the disk.
            articles = await asyncio.to_thread(bot.articles.open_to, seat_of(interaction, private=True))
            if (hit := hit_at(articles, Place(self.digest, self.start, self.highlight))) is None:
                raise PassageGoneError
            text = nearest_text(hit)
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)

        await pressed(interaction, show)


def nearest_of(answer: Answer) -> Nearest:
    """The button that leads to the first hit of an answer."""
    hit = answer.hits[0]
    return Nearest(shortened_digest(hit.article), hit.passage.start, hit.highlight.start)
