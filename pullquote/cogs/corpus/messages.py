"""“Add to corpus” on a message: what it says, and what is attached to it, with its author's consent."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self

import discord
from discord import app_commands
from discord.ext import commands

from pullquote.cogs.buttons import Pressable, view_of
from pullquote.cogs.corpus.drafting import draft_and_show
from pullquote.cogs.messages.markup import escape, plain_line
from pullquote.cogs.pressing import guild_of, pressed, pressed_by_moderator
from pullquote.library.consents import Message
from retrieval.errors import PullquoteError
from retrieval.reading.articles import MAX_BYTES, Document
from retrieval.reading.media_types import MARKDOWN, media_type_of

if TYPE_CHECKING:
    from pullquote.cogs.client import Pullquote

_TITLE = 100
_LABELS = {"yes": "I agree", "no": "No", "preview": "Preview"}


class NothingInMessageError(PullquoteError):
    """For moderators: the message has neither text nor a file that can be read."""

    def __init__(self) -> None:
        super().__init__("message-without-article")


class CannotAskAuthorError(PullquoteError):
    """For moderators: the author would have to be asked, and the bot may not write there."""

    def __init__(self) -> None:
        super().__init__("consent-cannot-ask")


class Messages(commands.Cog):
    """Adds messages to the articles."""

    def __init__(self, bot: Pullquote) -> None:
        self.bot = bot
        self._add = app_commands.ContextMenu(name="Add to corpus", callback=self.add)
        self._add.allowed_contexts = app_commands.AppCommandContext(guild=True)
        if bot.moderators.guild is None or bot.moderators.role is None:
            self._add.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        """Add the command, which discord.py does not find in a cog by itself."""
        self.bot.tree.add_command(self._add)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._add.name, type=self._add.type)

    async def add(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Show a draft of a message, once its author agrees."""
        self.bot.moderators.check(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await _found(guild_of(interaction), message)
        if not found.documents:
            raise NothingInMessageError
        if message.author.bot or message.author.id == interaction.user.id:
            await draft_and_show(interaction, self.bot, self.bot.articles.importer.message, found)
            return
        await self._ask(interaction, message, found)

    async def _ask(self, interaction: discord.Interaction, message: discord.Message, found: Message) -> None:
        """Ask the author in the channel, by a reply: the only ping that the bot ever sends."""
        key = self.bot.articles.consents.keep(found)
        who = escape(interaction.user.display_name)
        question = (
            f"{who} would like to add your message to the articles of this server. "
            "Members then get quotes from it, with your name. Do you agree?"
        )
        view = view_of(Consent("yes", key), Consent("no", key))
        try:
            await message.reply(question, view=view, mention_author=True)
        except discord.Forbidden as error:
            raise CannotAskAuthorError from error
        await interaction.edit_original_response(
            content="I asked the author in the channel. Once they agree, a button there shows you the preview."
        )


class Consent(
    Pressable,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"consent:(?P<action>yes|no|preview):(?P<key>[0-9a-f]{16})",
):
    """The author's answer, or the preview for a moderator after it."""

    def __init__(self, action: str, key: str) -> None:
        super().__init__(discord.ui.Button(label=_LABELS[action], custom_id=f"consent:{action}:{key}"))
        self.action = action
        self.key = key

    @classmethod
    def of(cls, match: re.Match[str]) -> Self:
        """The button as its message holds it."""
        return cls(match["action"], match["key"])

    async def callback(self, interaction: discord.Interaction) -> None:
        """Take the author's answer, or show the draft to a moderator."""
        if self.action == "preview":
            await pressed_by_moderator(interaction, lambda bot: self._preview(interaction, bot))
        else:
            await pressed(interaction, lambda bot: self._answer(interaction, bot))

    async def _answer(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        guild, by = interaction.guild_id, interaction.user.id
        name = escape(interaction.user.display_name)
        if self.action == "no":
            bot.articles.consents.refuse(self.key, guild, by)
            await interaction.response.edit_message(content=f"{name} did not agree; nothing was added.", view=None)
            return
        bot.articles.consents.agree(self.key, guild, by)
        view = view_of(Consent("preview", self.key))
        await interaction.response.edit_message(content=f"{name} agreed. A moderator can add it now.", view=view)

    async def _preview(self, interaction: discord.Interaction, bot: Pullquote) -> None:
        message = bot.articles.consents.agreed(self.key, interaction.guild_id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await draft_and_show(interaction, bot, bot.articles.importer.message, message)


async def _found(guild: int, message: discord.Message) -> Message:
    """What a message says, with names in place of mentions, and the files attached to it that can be read."""
    documents = []
    text = message.clean_content.strip()
    if text:
        documents.append(Document(f"message-{message.id}.md", MARKDOWN, text.encode("utf-8", "replace")))
    for file in message.attachments:
        media_type = media_type_of(file.filename)
        if media_type is not None and file.size <= MAX_BYTES:
            name = f"message-{message.id}-{PurePosixPath(plain_line(file.filename, 80)).name}"
            documents.append(Document(name, media_type, await file.read()))
    title = plain_line(text.split("\n", 1)[0].lstrip("#> "), _TITLE) if text else ""
    author = message.author
    return Message(
        guild=guild,
        author=author.id,
        title=title,
        by=plain_line(author.display_name, _TITLE),
        url=message.jump_url,
        day=message.created_at.date(),
        documents=tuple(documents),
    )
