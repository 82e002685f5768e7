"""The button More under an answer: the passages that come next, for whoever presses it."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.answers.places import PassageGoneError, Place, hit_at
from pullquote.cogs.audiences import seat_of
from pullquote.cogs.buttons import Pressable, turning
from pullquote.cogs.messages.further import further_embed, further_pages
from pullquote.cogs.pressing import open_or_turn, pressed
from retrieval.answer import MAX_QUOTES, Answer, Hit
from retrieval.quotation import Quotation

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

# How many passages a custom_id of 100 characters has room for, each as bytes: of the article's digest, of where the
# passage starts in the article (which has at most 10 MB) and of where the sentence starts in the passage.
_MOST = 2 * MAX_QUOTES
_DIGEST, _START, _SENTENCE = 6, 3, 2
_BYTES = _DIGEST + _START + _SENTENCE


class More(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"more:(?P<places>[A-Za-z0-9_-]{15,88})(?::(?P<page>\d))?",
):
    """The button holds where the passages stand, so that nothing has to be asked again or kept."""

    def __init__(self, places: str, page: int | None = None, label: str = "More") -> None:
        custom_id = f"more:{places}{'' if page is None else f':{page}'}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.places = places
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(match["places"], None if match["page"] is None else int(match["page"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Show the page privately."""

        async def show(bot: Pullquote) -> None:
            await open_or_turn(interaction, self.page)
            embed, view = await asyncio.to_thread(self._look, bot, interaction)
            await interaction.edit_original_response(embed=embed, view=view)

        await pressed(interaction, show)

    def _look(self, bot: Pullquote, interaction: discord.Interaction) -> tuple[discord.Embed, discord.ui.View | None]:
        """The page as whoever presses the button may see it. Raises PassageGoneError, StateError and CorpusError."""
        articles = bot.articles.open_to(seat_of(interaction, private=True))
        hits = [hit for place in places_in(self.places) if (hit := hit_at(articles, place)) is not None]
        if not hits:
            raise PassageGoneError
        pages = further_pages(hits)
        page = min(self.page or 0, len(pages) - 1)
        view = turning(lambda label, number: More(self.places, number, label), page, len(pages))
        return further_embed(pages, page), view


def more_button(answer: Answer, shown: Sequence[Quotation]) -> More | None:
    """The button for the passages of an answer that come after what is shown; None if there are none."""
    seen = {(quotation.article.file, passage.number) for quotation in shown for passage in quotation.passages}
    hits = [hit for hit in answer.hits if (hit.article.file, hit.passage.number) not in seen]
    places = places_code(hits)
    return More(places) if places else None


def places_code(hits: Sequence[Hit]) -> str:
    """Where the first six hits stand, as a text; a hit too far into its article or its passage is left out."""
    return base64.urlsafe_b64encode(b"".join(list(_packed(hits))[:_MOST])).decode().rstrip("=")


def places_in(code: str) -> list[Place]:
    """The places that `places_code` made a text of; none of any other text."""
    try:
        packed = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    except ValueError:
        return []
    whole = len(packed) // _BYTES * _BYTES
    return [_place(packed[at : at + _BYTES]) for at in range(0, whole, _BYTES)]


def _place(packed: bytes) -> Place:
    start = int.from_bytes(packed[_DIGEST : _DIGEST + _START])
    return Place(packed[:_DIGEST].hex(), start, start + int.from_bytes(packed[_DIGEST + _START :]))


def _packed(hits: Sequence[Hit]) -> Iterator[bytes]:
    for hit in hits:
        start, sentence = hit.passage.start, hit.highlight_in_text.start
        if start < 1 << 8 * _START and sentence < 1 << 8 * _SENTENCE:
            digest = bytes.fromhex(hit.article.digest)[:_DIGEST]
            yield digest + start.to_bytes(_START) + sentence.to_bytes(_SENTENCE)
