"""The button under "The articles don't say": it shows the nearest passage to whoever presses it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.audiences import seat_of
from pullquote.cogs.buttons import Pressable, shortened_digest, view_of
from pullquote.cogs.messages.replies import nearest_text
from pullquote.cogs.pressing import pressed
from retrieval.answer import Answer, Hit, Verdict
from retrieval.article import Article
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote


class PassageGoneError(PullquoteError):
    """For members: the passage that a button shows is no longer among the articles."""

    def __init__(self) -> None:
        super().__init__("passage-gone")


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
            text = nearest_text(self._found(articles))
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)

        await pressed(interaction, show)

    def _found(self, articles: Iterable[Article]) -> Hit:
        """The passage among the articles in force. Raises PassageGoneError."""
        for article in articles:
            if not article.digest.startswith(self.digest):
                continue
            for passage in article.passages:
                for sentence in passage.sentences:
                    if (passage.start, sentence.start) == (self.start, self.highlight):
                        return Hit(article, passage, sentence, 0.0, {})
        raise PassageGoneError


def nearest_view(answer: Answer) -> discord.ui.View | None:
    """The button for an answer that quotes nothing; None for other answers."""
    if answer.verdict is not Verdict.NOT_IN_CORPUS:
        return None
    nearest = answer.hits[0]
    return view_of(Nearest(shortened_digest(nearest.article), nearest.passage.start, nearest.highlight.start))
