"""What the bot may do where a message was written."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from pullquote.cogs.tree import Unreachable


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the bot may do in a channel: write at all, embed, and reply, which needs the channel's history."""

    write: bool = True
    embed: bool = True
    reply: bool = True


async def allowed(message: discord.Message, bot: discord.Client) -> Allowed:
    """What the bot may do in the message's channel, which is fetched if the cache lacks it; all in direct messages.

    A permission that cannot be told counts as given, for Discord itself refuses where it is not.
    """
    assert bot.user is not None
    channel: object = message.channel
    try:
        if isinstance(channel, discord.PartialMessageable):
            channel = await bot.fetch_channel(channel.id)
        if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
            return Allowed()
        # A guild that is not in the cache has no members, not even the bot.
        if (me := channel.guild.get_member(bot.user.id)) is None:
            return Allowed()
        permissions = channel.permissions_for(me)
    except (*Unreachable, discord.ClientException):  # the latter for a thread whose channel is not in the cache
        return Allowed()
    write = permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages
    return Allowed(write, permissions.embed_links, permissions.read_message_history)
