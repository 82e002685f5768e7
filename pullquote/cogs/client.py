"""The Discord client: the bot with its cogs."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from pullquote.cogs.allowance import Allowances
from pullquote.cogs.answer_queue import AnswerQueue
from pullquote.cogs.answers.context import Context
from pullquote.cogs.answers.delete import Delete
from pullquote.cogs.answers.more import More
from pullquote.cogs.answers.nearest import Nearest
from pullquote.cogs.answers.share import Share
from pullquote.cogs.ask import Ask
from pullquote.cogs.command_upload import upload_commands
from pullquote.cogs.corpus.cog import Articles
from pullquote.cogs.corpus.drafting import DraftButton
from pullquote.cogs.corpus.messages import Consent, Messages
from pullquote.cogs.corpus.pages import HistoryPage, ListPage, TextPage
from pullquote.cogs.corpus.undoing import Confirm, Undo
from pullquote.cogs.folder_watch import FolderWatch
from pullquote.cogs.guests import Guests
from pullquote.cogs.in_flight import InFlight
from pullquote.cogs.lately import Lately
from pullquote.cogs.moderators import Moderators, operators
from pullquote.cogs.quote_writing import QuoteWriting
from pullquote.cogs.serving import StartError
from pullquote.cogs.tree import PullquoteTree
from pullquote.library.guild_answerer import GuildAnswerer
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.library import Library
from pullquote.library.observer import QuestionObserver, log_question
from pullquote.library.sources.folder import FolderSource
from pullquote.library.sources.pages.rules import FetchRules
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
        articles: GuildLibrary,
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
        self.articles = articles
        self.answerer = answerer
        self.queue = AnswerQueue(GuildAnswerer(answerer, articles.guilds, articles.scopes))
        self.shared = Lately()
        """The private answers that were shared, or that are being shared, by the ids of their messages."""
        self.observers = (*observers, articles.quotes.observe)
        self.fetching = FetchRules(ports=frozenset(settings.fetch_ports))
        self.moderators = Moderators(frozenset(), settings.guild, settings.moderator_role)

    async def setup_hook(self) -> None:
        """Add the cogs and upload their commands, before the bot connects."""
        if self.settings.discord_api_base != _DISCORD:
            # Where discord.py falls back on this, it must not take the token to Discord's own gateway.
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(await self._gateway())
        allowances = Allowances(self.settings.member_questions, self.settings.server_questions)
        await self.add_cog(Ask(self, self.queue, self.in_flight, self.observers, allowances, self.articles))
        assert self.application is not None  # discord.py fetches it before this hook
        self.moderators = replace(self.moderators, operators=operators(self.application))
        if self.moderators.role is not None and self.moderators.guild is None:
            log.warning("PULLQUOTE_MODERATOR_ROLE has no effect without PULLQUOTE_GUILD; see the README")
        await self.add_cog(Articles(self))
        await self.add_cog(Messages(self))
        await self.add_cog(Guests(self, self.articles))
        await self.add_cog(QuoteWriting(self.articles.quotes))
        if self.settings.watch and isinstance(self.library.source, FolderSource):
            await self.add_cog(FolderWatch(self.library, self.library.source.folder))
        self.add_dynamic_items(Nearest, Context, More, Delete, Share)
        self.add_dynamic_items(DraftButton, Consent, Confirm, Undo, ListPage, TextPage, HistoryPage)
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
        self.articles.reader.stop()
        await self.in_flight.close()
        await super().close()
        self.articles.close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Do nothing: there are no prefix commands, and the Ask cog listens to messages itself."""
