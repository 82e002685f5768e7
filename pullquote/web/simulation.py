"""The simulated Discord: the bot in a guild with channels and people, all of it in this process."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import discord
import simcord
from simcord import ChannelHandle, GuildHandle, MemberActor, UserHandle

from pullquote.cogs.client import Pullquote
from pullquote.web.tour import Tour

GUILD = 1100000000000000001
"""The guild whose moderators look after the articles of the folder, too: a setting of the bot that is tried."""
# SimCord's guard against bots that never come to rest. Reading a long document is work, however long it takes.
_PATIENCE = 24 * 3600.0
_TYPED_MENTION = re.compile(r"@pullquote\b", re.IGNORECASE)


class Simulation(simcord.Env):
    """A Discord that nobody else is in. Its time is the machine's, up to the last `catch_up`."""

    def __init__(self, bot: Pullquote) -> None:
        super().__init__(
            bot,
            shard_count=1,
            check_errors=False,  # the bot logs its errors itself
            settle_timeout=_PATIENCE,
            approved_intents=discord.Intents.default(),
        )
        self.backend.bot_user.name = "Pullquote"
        self.backend.advance_clock(self._behind())
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The right to do something here, which one at a time has, at the machine's time.

        Limits and buttons that expire go by time, which here stands still between turns.
        """
        async with self._turn:
            await self.advance_time(self._behind())
            yield

    def _behind(self) -> float:
        """How many seconds the time here is behind the machine's."""
        return max(0.0, (datetime.now(UTC) - self.now()).total_seconds())

    async def _settle_internal(self, **options: Any) -> None:
        # SimCord gives a bot five seconds to start in, and no choice: a slow machine needs more.
        await super()._settle_internal(**options | {"timeout": None})


class Visitor(MemberActor):
    """Somebody to be on the page. Who types the bot's name after an @ mentions it, as in Discord's own client."""

    def __init__(
        self, guild: GuildHandle, user: UserHandle, bot: int, roles: Iterable[simcord.RoleHandle] = ()
    ) -> None:
        guild.add_member(user, roles=tuple(roles))
        super().__init__(guild._env, guild, user)
        self._mention = f"<@{bot}>"

    async def send(self, channel: ChannelHandle, content: str = "", **options: Any) -> discord.Message:
        return await super().send(channel, _TYPED_MENTION.sub(self._mention, content), **options)


@dataclass(frozen=True, slots=True)
class Place:
    """A channel to be shown, and who can be there: the first is there at first."""

    label: str
    channel: ChannelHandle
    people: tuple[MemberActor, ...]


async def furnish(env: Simulation, tour: Tour) -> list[Place]:
    """Make the guild with its channels and people, and let the guide speak first."""
    bot = env.bot.user
    assert bot is not None
    guild = env.create_guild("Try Pullquote", id=GUILD)
    role = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
    member = Visitor(guild, env.create_user("member"), bot.id)
    moderator = Visitor(guild, env.create_user("moderator"), bot.id, [role])
    guide = guild.add_member(env.create_user("guide", bot=True), roles=[role])

    general = guild.create_text_channel("general", topic="For everybody")
    unseen, seen = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    moderators = guild.create_text_channel(
        "moderators",
        topic="Only moderators see this channel",
        overwrites={guild.default_role: unseen, role: seen, bot: seen},
    )
    forum = guild.create_forum_channel("questions")
    env.backend.announce_thread_create(env.backend.create_thread(forum.id, tour.post_title, member.id, broadcast=False))
    (post,) = forum.threads
    for channel, words in ((general, tour.for_everybody), (moderators, tour.for_moderators)):
        await guide.send(channel, words)
    await member.send(post, tour.post)
    return [
        Place("# general", general, (member, moderator)),
        Place("# moderators", moderators, (moderator,)),
        Place(f"questions › {tour.post_title}", post, (member, moderator)),
    ]
