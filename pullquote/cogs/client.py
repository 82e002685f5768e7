"""The Discord client: the bot with its cogs, from its start to its end."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from pullquote.cogs.answer_queue import AnswerQueue
from pullquote.cogs.articles import Corpus
from pullquote.cogs.ask import Ask
from pullquote.cogs.in_flight import InFlight
from pullquote.cogs.moderators import Moderators, operators
from pullquote.cogs.tree import PullquoteTree
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.answering import Answerer
from retrieval.errors import PullquoteError
from retrieval.files import make_folder, write_private

log = logging.getLogger(__name__)


class StartError(PullquoteError):
    """For operators: the bot cannot start, and what to do about it."""


class Pullquote(commands.AutoShardedBot):
    """The Discord client with our cogs. Needs no privileged intent."""

    def __init__(self, settings: Settings, library: Library, answerer: Answerer, **options: Any) -> None:
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

    async def setup_hook(self) -> None:
        """Add the cogs and upload their commands, before the bot connects."""
        if self.settings.discord_api_base != _DISCORD:
            # Where discord.py falls back on this, it must not take the token to Discord's own gateway.
            _, gateway, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await self.add_cog(Ask(self, AnswerQueue(self.answerer), self.in_flight))
        assert self.application is not None  # discord.py fetches it before this hook
        moderators = Moderators(operators(self.application), self.settings.guild, self.settings.moderator_role)
        if moderators.role is not None and moderators.guild is None:
            log.warning("PULLQUOTE_MODERATOR_ROLE has no effect without PULLQUOTE_GUILD; see the README")
        await self.add_cog(Corpus(self, self.library, moderators))
        try:
            await self._sync_commands()
        except discord.HTTPException as error:
            if error.status not in _NOT_TAKEN:
                raise
            reason = " ".join(str(error).split())[:_LONGEST_REASON].rstrip(".")
            log.warning(
                "Discord refuses the commands: %s. Mentions and direct messages are answered all the same.", reason
            )

    @property
    def in_flight(self) -> InFlight:
        """What somebody in Discord waits for."""
        assert isinstance(self.tree, PullquoteTree)
        return self.tree.in_flight

    async def close(self) -> None:
        """Refuse new questions and let out the answers in flight; only then close the connection.

        discord.py removes listeners and commands first: whoever asked then would get silence, or a wrong reason.
        """
        self.library.close()
        await self.in_flight.close()
        await super().close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: there are no prefix commands, and the Ask cog listens to messages itself."""

    async def _sync_commands(self) -> None:
        """Register the commands only if they differ from what was registered last: Discord limits how often."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps([self.application_id, payload], sort_keys=True).encode()).hexdigest()
        note = self.settings.data / "commands.sha256"
        registered = {(command.name, command.type) for command in await self.tree.fetch_commands()}
        same_names = registered == {(command["name"], discord.AppCommandType(command["type"])) for command in payload}
        if same_names and _content(note) == digest.encode():
            return
        await self.tree.sync()
        try:
            make_folder(self.settings.data)
            write_private(note, digest.encode())
        except OSError as error:
            log.warning("%s cannot be written (%s): commands are registered at every start", note, error.strerror)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


# What Discord says to commands it does not take, and what servers like it say that have no commands.
_NOT_TAKEN = {400, 404, 405, 501}
_LONGEST_REASON = 500

_DISCORD = str(Settings.model_fields["discord_api_base"].default)


async def serve(bot: Pullquote, token: str) -> None:
    """Run the bot until it is told to stop (SIGINT, SIGTERM). Raises StartError where Discord refuses it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: there asyncio.run turns Ctrl+C into a cancellation, which closes the bot
            break
    async with bot:
        running = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if running.done():
            with _start_errors(bot):
                running.result()
        else:
            log.info("Stopping; answers in flight are finished first")
            await bot.close()
            # discord.py would go on trying to connect, and complain that it cannot.
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@contextmanager
def _start_errors(bot: Pullquote) -> Iterator[None]:
    """Discord's refusals as one sentence that says what to do."""
    try:
        yield
    except discord.LoginFailure as error:
        raise StartError("token-refused") from error
    except discord.PrivilegedIntentsRequired as error:
        raise StartError("intents-refused") from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise StartError("token-refused") from error
        raise StartError("connection-closed", close_code=error.code) from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise StartError("discord-unreachable", error=str(error)) from error
    except (KeyError, TypeError) as error:
        if bot.user is not None:
            raise
        raise StartError("not-discord") from error
