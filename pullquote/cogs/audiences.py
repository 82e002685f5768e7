"""Who reads an answer: channels, categories and roles that a guild may have let ask what is not for everybody."""

from __future__ import annotations

import discord

from pullquote.library.guild_answerer import Seat


def public_seat(channel: object, guild: int | None) -> Seat:
    """Where everybody who reads a channel reads the answer. Threads are read by those who read their channel.

    Of a thread whose channel the cache lacks nobody can tell the category, and of a channel that it lacks nothing: then
    nothing is answered but what is for everybody.
    """
    if guild is None:
        return Seat(None)
    parent = channel.parent if isinstance(channel, discord.Thread) else channel
    readers = {guild}  # the role @everyone has the guild's id
    if isinstance(channel, discord.Thread):
        readers.add(channel.parent_id)
    if isinstance(parent, discord.abc.GuildChannel):
        readers |= {parent.id} | ({parent.category_id} if parent.category_id else set())
    return Seat(guild, frozenset(readers))


def seat_of(interaction: discord.Interaction, *, private: bool) -> Seat:
    """Where the answer to an interaction is read: in its channel, or with `private` by its user alone."""
    seat = public_seat(interaction.channel, interaction.guild_id)
    if not private or seat.guild is None or not isinstance(interaction.user, discord.Member):
        return seat
    return Seat(seat.guild, seat.audience | {role.id for role in interaction.user.roles})
