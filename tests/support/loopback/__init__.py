"""A small Discord of our own on 127.0.0.1, for what an in-process simulator cannot show: the wire itself.

async with LoopbackDiscord() as server:
    discord.http.Route.BASE = server.api_base
    ...  # the real bot, started with server.token
    interaction = await server.ask("Who wrote the mailout?")
    await server.wait_for("PATCH", interaction.original_path)
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self

from aiohttp import web

from . import events, payloads
from .events import Caller
from .gateway import LoopbackGateway
from .interaction import LoopbackInteraction
from .rest import BASE, LoopbackRest, RecordedRequest
from .world import CHANNEL_ID, GUILD_ID, JSON, MEMBER, PERMISSIONS

__all__ = ["Caller", "LoopbackDiscord", "LoopbackInteraction", "RecordedRequest"]

GUILD_MESSAGES = 1 << 9


class LoopbackDiscord:
    """A Discord with one bot, one member, one guild and one text channel, over real sockets.

    `heartbeat_interval` (seconds) is what HELLO asks for; `too_late` says whether every answer to an interaction
    comes after Discord's three seconds. Faults are set on `rest` and `gateway`.
    """

    def __init__(self, *, token: str = "loopback", heartbeat_interval: float = 41.25, too_late: bool = False) -> None:
        self.token: Final = token
        self.too_late: Final = too_late
        self._changed: Final = asyncio.Condition()
        self.gateway: Final = LoopbackGateway(token, heartbeat_interval, self._changed)
        self.rest: Final = LoopbackRest(token, lambda: self.gateway.url, self._changed)
        self._port = 0
        self._runner: web.AppRunner | None = None

    @property
    def api_base(self) -> str:
        """The base URL to give discord.py."""
        return f"http://127.0.0.1:{self._port}{BASE}"

    async def start(self) -> None:
        """Listen; after a stop, on the same port again and with the same session."""
        app = web.Application()
        app.add_routes([web.get(path, self.gateway.serve) for path in ("/gateway/", "/resume/")])
        app.add_subapp(BASE, self.rest.app())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway/"
        self.gateway.resume_url = f"ws://127.0.0.1:{self._port}/resume/"

    async def stop(self) -> None:
        """Reset every gateway connection and stop listening."""
        self.gateway.abort_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def ask(self, question: str, *, private: bool = False, guild: bool = True) -> LoopbackInteraction:
        """The member sends /ask, in the guild or a DM, once the bot has a session and has registered it."""
        caller = Caller(guild_id=GUILD_ID if guild else None)
        return await self.command(events.ask(question, private=private), caller)

    async def corpus(
        self, subcommand: str, *, guild_id: str = GUILD_ID, permissions: str = PERMISSIONS
    ) -> LoopbackInteraction:
        """The member sends /corpus, with these permissions in this guild, once the bot has registered it."""
        caller = Caller(permissions=permissions, guild_id=guild_id)
        return await self.command(events.subcommand("corpus", subcommand), caller)

    async def command(self, data: JSON, caller: Caller, kind: int = events.COMMAND) -> LoopbackInteraction:
        """Somebody sends a command, or types on it, once the bot has a session and has registered it."""
        await self.wait_until(lambda: self.gateway.session is not None and self.rest.command(data["name"]) is not None)
        command = self.rest.command(data["name"])
        assert command is not None
        return await self._interact(events.interaction(kind, {**data, "id": command["id"]}, caller))

    async def press(self, custom_id: str, caller: Caller, shown: JSON | None = None) -> LoopbackInteraction:
        """Somebody presses a button; `shown` is the message that it is said to be on, by default one that has it."""
        shown = shown or events.with_buttons(custom_id)
        return await self._interact(events.interaction(events.COMPONENT, events.button(custom_id), caller, shown))

    async def submit(
        self, custom_id: str, fields: Mapping[str, str], caller: Caller, shown: JSON | None = None
    ) -> LoopbackInteraction:
        """Somebody sends a form; `shown` is the message with the button that led to it, if one did."""
        return await self._interact(
            events.interaction(events.MODAL_SUBMIT, events.form(custom_id, fields), caller, shown)
        )

    async def _interact(self, event: JSON) -> LoopbackInteraction:
        interaction = LoopbackInteraction(event, too_late=self.too_late)
        self.rest.interactions[interaction.token] = interaction
        event |= {"id": interaction.id, "token": interaction.token}
        await self.gateway.dispatch("INTERACTION_CREATE", event)
        return interaction

    async def mention(
        self, text: str, *, channel_id: str = CHANNEL_ID, guild_id: str = GUILD_ID, author: JSON = MEMBER
    ) -> JSON:
        """Somebody mentions the bot in a channel, once it has a session; returns the message."""
        return await self._write(payloads.mention(text, channel_id=channel_id, guild_id=guild_id, author=author))

    async def chatter(
        self, content: str = "", *, channel_id: str = CHANNEL_ID, guild_id: str = GUILD_ID, roles: Sequence[str] = ()
    ) -> JSON:
        """The member writes to somebody else, or to roles, once the bot has a session; returns the message."""
        return await self._write(
            payloads.chatter(channel_id=channel_id, guild_id=guild_id, content=content, roles=roles)
        )

    async def _write(self, event: JSON) -> JSON:
        await self.wait_until(lambda: self.gateway.session is not None)
        if not self.gateway.intents & GUILD_MESSAGES:
            raise LookupError("the bot did not ask for guild messages, so Discord sends it none")
        await self.gateway.dispatch("MESSAGE_CREATE", event)
        return event

    async def wait_for(self, method: str, path_pattern: str, *, count: int = 1) -> RecordedRequest:
        """The `count`-th such request since the start, waited for."""
        await self.wait_until(lambda: len(self.rest.sent(method, path_pattern)) >= count)
        return self.rest.sent(method, path_pattern)[count - 1]

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until what the server saw makes the condition true."""
        async with self._changed:
            await self._changed.wait_for(condition)
