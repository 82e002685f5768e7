"""Buttons that work for as long as their message lasts: what they are for stands in them."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Self

import discord

from retrieval.article import Article

_DIGEST = 16
_BACK, _ON = "◀ Back", "Next ▶"


class Pressable:
    """A button that holds in its custom_id what it is for, so that it works after a restart.

    Beside a `discord.ui.DynamicItem`, whose custom_id this reads.
    """

    @classmethod
    @abstractmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button whose custom_id matches the template of its class."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, as its message holds it."""
        del interaction, item
        return cls.of(match)


def shortened_digest(article: Article) -> str:
    """What an article is known by in a button, whose custom_id is short. Members cannot change what stands there."""
    return article.digest[:_DIGEST]


def view_of(*buttons: discord.ui.Item[Any]) -> discord.ui.View:
    """Buttons under a message, for as long as the message lasts."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    return view


def turning(button: Callable[[str, int], discord.ui.Item[Any]], page: int, pages: int) -> discord.ui.View | None:
    """The buttons that lead to the pages before and behind a page, by their labels and numbers; None if it is alone."""
    back = [button(_BACK, page - 1)] if page > 0 else []
    on = [button(_ON, page + 1)] if page < pages - 1 else []
    return view_of(*back, *on) if back or on else None
