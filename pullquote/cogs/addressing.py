"""What members say to the bot in messages: whether they mean it, and which words are their question."""

from __future__ import annotations

import re
from enum import Enum, auto

import discord

# Mentions, custom emoji, timestamps and command links, as they stand in a message's source.
_MARKUP = re.compile(r"<(?:@[!&]?|#|a?:\w+:|t:|/[^<>:]+:)\d[^<>\s]*>")
_MENTIONED = re.compile(r"<@!?([0-9]+)>")


class Addressed(Enum):
    """How a message is for the bot."""

    DIRECTLY = auto()
    """In a direct message."""
    BY_MENTION = auto()
    BY_ROLE = auto()
    """By a mention of the role that Discord made for the bot, which is offered beside the bot itself."""


def addressed(message: discord.Message, bot: discord.ClientUser) -> Addressed | None:
    """How a message is for the bot; None if it is not."""
    if is_direct(message):
        return Addressed.DIRECTLY
    # A reply pings its author, though nobody wrote a mention: only a written mention is a question to the bot.
    if str(bot.id) in _MENTIONED.findall(message.content):
        return Addressed.BY_MENTION
    role = message.guild.self_role if message.guild else None
    return Addressed.BY_ROLE if role is not None and role in message.role_mentions else None


def words_of(message: discord.Message) -> str:
    """The words of a message, without markup: its own, or of what it forwards, or else of the first embed in it.

    They are empty where there are none, and where Discord does not show them to the bot.
    """
    texts = [message.content, *(each.content for each in message.message_snapshots)]
    texts += [text for each in message.embeds for text in (each.title, each.description) if text]
    return next((words for text in texts if (words := without_markup(text))), "")


def is_direct(message: discord.Message) -> bool:
    """Whether a message was written to the bot alone."""
    # `message.guild` is None for a guild that is not in the cache, too.
    return isinstance(message.channel, discord.DMChannel)


def guild_of_message(message: discord.Message) -> int | None:
    """The id of the guild that a message was written in, also of a guild that is not in the cache."""
    if isinstance(message.channel, discord.PartialMessageable):
        return message.channel.guild_id
    return message.guild.id if message.guild else None


def without_markup(text: str) -> str:
    """A text as it was meant, without what Discord makes of it."""
    return _MARKUP.sub(" ", text).strip()
