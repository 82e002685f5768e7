"""The Discord client: the bot with its cogs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from pullquote.cogs.answer_queue import AnswerQueue
from pullquote.cogs.articles import Articles
from pullquote.cogs.ask import Ask
from pullquote.cogs.command_upload import upload_commands
from pullquote.cogs.in_flight import InFlight
from pullquote.cogs.moderators import Moderators, operators
from pullquote.cogs.nearest import Nearest
from pullquote.cogs.serving import StartError
from pullquote.cogs.tree import PullquoteTree
from pullquote.library.library import Library
from pullquote.library.observer import QuestionObserver, log_question
from pullquote.settings import Settings
from retrieval.answering import Answerer

log = logging.getLogger(__name__)

_DISCORD = str(Settings.model_fields["discord_api_base"].default)


class Pullquote(commands.AutoShardedBot):
    """The Discord client with our cogs. Needs no privileged intent."""

    def __init__(
        self,
        settings: Settings,
        library: Library,
        answerer: Answerer,
        observers: Sequence[QuestionObserver] = (log_question,),
        **options: Any,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=PullquoteTree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            **options,
        )
        Route.BASE = settings.discord_api_base
        self.settings = settings
        self.library = library
        self.answerer = answerer
        self.observers = observers

    async def setup_hook(self) -> None:
        """Add the cogs and upload their commands, before the bot connects."""
        if self.settings.discord_api_base != _DISCORD:
            # Where discord.py falls back on this, it must not take the token to Discord's own gateway.
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(await self._gateway())
        await self.add_cog(Ask(self, AnswerQueue(self.answerer), self.in_flight, self.observers))
        assert self.application is not None  # discord.py fetches it before this hook
        moderators = Moderators(operators(self.application), self.settings.guild, self.settings.moderator_role)
        if moderators.role is not None and moderators.guild is None:
            log.warning("PULLQUOTE_MODERATOR_ROLE has no effect without PULLQUOTE_GUILD; see the README")
        await self.add_cog(Articles(self, self.library, moderators))
        self.add_dynamic_items(Nearest)
        await upload_commands(self.tree, self.settings.data)

    async def _gateway(self) -> str:
        try:
            _, gateway, _ = await self.http.get_bot_gateway()
        except (KeyError, TypeError) as error:
            raise StartError("not-discord") from error
        return gateway

    @property
    def in_flight(self) -> InFlight:
        """The tasks that somebody in Discord waits for."""
        assert isinstance(self.tree, PullquoteTree)
        return self.tree.in_flight

    async def close(self) -> None:
        """Refuse new questions and let out the answers in flight; only then close the connection.

        discord.py removes listeners and commands first: a member who asked then would get silence, or a wrong reason.
        """
        self.library.close()
        await self.in_flight.close()
        await super().close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and the Ask cog listens to messages itself."""
