"""What destroys asks once, and can be undone by one button for an hour."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

import discord

from pullquote.cogs.buttons import Pressable, view_of
from pullquote.cogs.corpus.work import working
from pullquote.cogs.messages.histories import done_embed
from pullquote.cogs.pressing import guild_of, pressed_by_moderator
from pullquote.library.errors import ArticleGoneError
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

log = logging.getLogger(__name__)

_UNDOABLE = dt.timedelta(hours=1)


class TooLateError(PullquoteError):
    """For moderators: the button to undo a change is older than an hour."""

    def __init__(self, state: int) -> None:
        super().__init__("undo-too-late", state=state)


class Undo(Pressable, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"undo:(?P<state>\d{1,9})"):
    """Takes back the change that made a state of the guild's articles."""

    def __init__(self, state: int) -> None:
        super().__init__(discord.ui.Button(label="Undo", custom_id=f"undo:{state}"))
        self.state = state

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(int(match["state"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Undo the change, for a moderator."""
        await pressed_by_moderator(interaction, lambda bot: self._undo(interaction, bot))

    async def _undo(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        await interaction.response.defer()
        guild, by, articles = guild_of(interaction), interaction.user.id, bot.articles
        change = await asyncio.to_thread(articles.catalogue.change, guild, self.state)
        if dt.datetime.now(dt.UTC) - change.at > _UNDOABLE:
            raise TooLateError(self.state - 1)
        await changing(interaction, bot, lambda: articles.versions.undo(guild, by, self.state), "Putting back what was")


class Confirm(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"confirm:(?P<action>remove|rollback|cancel):(?P<version>\d{1,12}):(?P<state>\d{1,9})",
):
    """Does what was asked about: takes out an article, or puts it or all articles back to an older state.

    `version` names the article, by any of its versions; 0 stands for all articles.
    """

    def __init__(self, action: str, version: int, state: int, label: str = "Cancel") -> None:
        style = discord.ButtonStyle.secondary if action == "cancel" else discord.ButtonStyle.danger
        custom_id = f"confirm:{action}:{version}:{state}"
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id))
        self.action = action
        self.version = version
        self.state = state

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(match["action"], int(match["version"]), int(match["state"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        """Do what was asked about, for a moderator."""
        await pressed_by_moderator(interaction, lambda bot: self._press(interaction, bot))

    async def _press(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        if self.action == "cancel":
            await interaction.response.edit_message(content="Nothing was changed.", embed=None, view=None)
            return
        await interaction.response.defer()
        guild, by = guild_of(interaction), interaction.user.id
        await changing(interaction, bot, lambda: self._change(guild, by, bot), "Changing the articles")

    def _change(self, guild: int, by: int, bot: Pullquote) -> int:
        name = bot.articles.catalogue.entry(guild, self.version).name if self.version else None
        if self.action == "rollback":
            return bot.articles.versions.roll_back(guild, by, self.state, name)
        if name is None:
            raise ArticleGoneError
        return bot.articles.versions.remove(guild, by, [name])


async def changing(interaction: discord.Interaction, bot: Pullquote, change: Callable[[], int], doing: str) -> None:
    """Make a change of a guild's articles, show its progress, and say what it did, with a button to undo it.

    `change` is called in a thread. It returns the number of the state then. Raises what it raises.
    """
    guild = guild_of(interaction)
    try:
        made = await working(interaction, lambda progress: bot.articles.change(guild, change, progress), doing)
    except PullquoteError:
        await interaction.edit_original_response(content=None)
        raise
    if made is None:
        await interaction.edit_original_response(content="Nothing changed: it is already so.", embed=None, view=None)
        return
    log.info("User %s changed the articles of guild %s: %s, state %s", made.by, guild, made.action, made.state)
    assert made.state is not None
    await interaction.edit_original_response(content=None, embed=done_embed(made), view=view_of(Undo(made.state)))


def confirm_view(action: str, version: int, state: int, label: str) -> discord.ui.View:
    """The buttons under a question whether to do something."""
    return view_of(Confirm(action, version, state, label), Confirm("cancel", version, state))
