"""The buttons under a preview: a draft is added, described, kept beside what it would replace, or given up."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self

import discord

from pullquote.cogs.buttons import Pressable, view_of
from pullquote.cogs.corpus.forms import DetailsForm, TagsForm
from pullquote.cogs.corpus.undoing import changing
from pullquote.cogs.messages.previews import preview_embed
from pullquote.cogs.pressing import Form, guild_of, pressed_by_moderator
from pullquote.library.drafts import Draft, DraftGoneError
from pullquote.library.given import Given

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

P = ParamSpec("P")

_LABELS = {
    "add": ("Add", discord.ButtonStyle.success),
    "edit": ("Edit details", discord.ButtonStyle.secondary),
    "tag": ("Tags", discord.ButtonStyle.secondary),
    "beside": ("Keep both", discord.ButtonStyle.secondary),
    "cancel": ("Cancel", discord.ButtonStyle.secondary),
}
# What can be done with a draft of a single article alone. Its buttons are not offered for others.
_FOR_ONE = {"edit", "tag", "beside"}


class DraftButton(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"draft:(?P<action>add|edit|tag|beside|cancel):(?P<key>[0-9a-f]{16})",
):
    """A button for the draft of a key. After a restart it says that the draft is gone."""

    def __init__(self, action: str, key: str, label: str = "") -> None:
        usual, style = _LABELS[action]
        super().__init__(
            discord.ui.Button(label=label or usual, style=style, custom_id=f"draft:{action}:{key}"),
        )
        self.action = action
        self.key = key

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(match["action"], match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what the button says, for whoever made the draft and still moderates."""
        await pressed_by_moderator(interaction, lambda bot: self._press(interaction, bot))

    async def _press(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        draft = self._draft(interaction, bot)
        match self.action:
            case "add":
                await self._add(interaction, bot, draft)
            case "edit" | "tag":
                await self._edit(interaction, bot, draft)
            case "beside":
                await interaction.response.defer()
                await self._show(interaction, bot, await asyncio.to_thread(bot.articles.importer.beside, draft))
            case _:
                bot.articles.drafts.drop(self.key)
                await interaction.response.edit_message(content="Given up: nothing was added.", embed=None, view=None)

    def _draft(self, interaction: discord.Interaction, bot: Pullquote) -> Draft:
        draft = bot.articles.drafts.of(self.key, interaction.guild_id, interaction.user.id)
        if self.action in _FOR_ONE and len(draft.parts) != 1:
            raise DraftGoneError
        return draft

    async def _add(self, interaction: discord.Interaction, bot: Pullquote, draft: Draft) -> None:
        await interaction.response.defer()
        new = [part.new for part in draft.parts]
        put = functools.partial(bot.articles.versions.put, draft.guild, draft.by, new, draft.action)
        await changing(interaction, bot, put, "Adding to the articles")
        bot.articles.drafts.drop(self.key)

    async def _edit(self, interaction: discord.Interaction, bot: Pullquote, draft: Draft) -> None:
        (part,) = draft.parts

        async def described(sent: discord.Interaction, given: Given) -> None:
            now = self._draft(sent, bot)
            await sent.response.defer()
            await self._show(sent, bot, now.described(given))

        if self.action == "tag":
            form: Form = TagsForm(interaction, part.new.given, part.article, described)
        else:
            form = DetailsForm(interaction, part.new.article, part.article, described)
        await interaction.response.send_modal(form)

    async def _show(self, interaction: discord.Interaction, bot: Pullquote, draft: Draft) -> None:
        bot.articles.drafts.replace(self.key, draft)
        embed, view = preview_embed(draft), draft_view(draft, self.key)
        await interaction.edit_original_response(embed=embed, view=view)


def draft_view(draft: Draft, key: str) -> discord.ui.View:
    """The buttons for a draft."""
    alone = draft.parts[0] if len(draft.parts) == 1 else None
    replaces = alone is not None and alone.replaces
    buttons = [DraftButton("add", key, "Replace" if replaces else "")]
    buttons += [DraftButton("edit", key), DraftButton("tag", key)] if alone else []
    buttons += [DraftButton("beside", key)] if replaces else []
    return view_of(*buttons, DraftButton("cancel", key))


async def show_draft(interaction: discord.Interaction, bot: Pullquote, draft: Draft) -> None:
    """Show a draft with its buttons in the deferred, private response to an interaction."""
    key = bot.articles.drafts.keep(draft)
    await interaction.edit_original_response(content=None, embed=preview_embed(draft), view=draft_view(draft, key))


async def draft_and_show(
    interaction: discord.Interaction,
    bot: Pullquote,
    make: Callable[Concatenate[int, int, P], Draft],
    *args: P.args,
    **kwargs: P.kwargs,
) -> None:
    """Make a draft in a thread, for the guild and the moderator of an interaction, and show it as `show_draft` does.

    Raises what `make` raises.
    """
    draft = await asyncio.to_thread(make, guild_of(interaction), interaction.user.id, *args, **kwargs)
    await show_draft(interaction, bot, draft)
