"""The row of buttons under an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from pullquote.cogs.answers.context import context_button
from pullquote.cogs.answers.more import more_button
from pullquote.cogs.answers.nearest import nearest_of
from pullquote.cogs.buttons import view_of
from pullquote.cogs.messages.markup import link_target
from retrieval.answer import Answer, Verdict
from retrieval.quotation import Quotation

_Button = discord.ui.Item[Any]


def answer_view(answer: Answer, shown: Sequence[Quotation], last: _Button | None) -> discord.ui.View:
    """The buttons for an answer that shows these quotes, and `last`, if there is one, for the message itself."""
    buttons: list[_Button | None] = [last]
    if shown:
        buttons = [context_button(shown[0]), more_button(answer, shown), source_button(shown[0]), last]
    elif answer.verdict is Verdict.NOT_IN_CORPUS:
        buttons = [nearest_of(answer), last]
    return view_of(*filter(None, buttons))


def source_button(quotation: Quotation) -> discord.ui.Button[discord.ui.View] | None:
    """The link to where a quote's article is from; None if it has no address that can be linked to."""
    target = link_target(quotation.article.url)
    return None if target is None else discord.ui.Button(label="Source", url=target)
