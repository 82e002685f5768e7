"""The gateway of the loopback Discord: one session at a time, and every way to lose its connection."""

from __future__ import annotations

import asyncio
import json

from aiohttp import WSMsgType, web

from . import payloads, world
from .connection import Close, Connection, Op, Session
from .world import JSON

PRIVILEGED_INTENTS = 1 << 1 | 1 << 8 | 1 << 15  # members, presences, message content


class LoopbackGateway:
    """The websocket side: counts IDENTIFY and RESUME, numbers dispatches, replays the missed dispatches.

    `token` may differ from the token that REST accepts; `refuse_with` is a close code that answers every IDENTIFY.
    """

    def __init__(self, token: str, heartbeat_interval: float, changed: asyncio.Condition) -> None:
        self.token = token
        self.heartbeat_interval = heartbeat_interval
        self.refuse_with: int | None = None
        self.allowed_intents = ~PRIVILEGED_INTENTS
        self.url = ""
        self.resume_url = ""
        self.paths: list[str] = []
        self.identifies: list[JSON] = []
        self.resumes: list[JSON] = []
        self.heartbeats = 0
        self.session: Session | None = None
        self._live: Connection | None = None
        self._open: set[Connection] = set()
        self._in_order = asyncio.Lock()
        self._changed = changed

    @property
    def connected(self) -> bool:
        """Whether the bot has identified or resumed on a connection that is still open."""
        return self._live is not None

    @property
    def intents(self) -> int:
        """The intents of the latest IDENTIFY."""
        return int(self.identifies[-1]["intents"]) if self.identifies else 0

    async def dispatch(self, event: str, data: JSON) -> None:
        """Send an event with the next sequence number; without a connection it waits for the RESUME."""
        if self.session is None:
            raise LookupError(f"{event} has no session to go to: the bot has not identified")
        async with self._in_order:
            payload = self.session.add(event, data)
            if self._live is not None:
                await self._live.send(payload)

    async def drop(self, code: int | None) -> None:
        """Close the connection with this code, or with None reset it without a close frame."""
        connection = self._detach()
        if code is None:
            connection.abort()
        else:
            await connection.close(code)

    def silence(self) -> None:
        """Let the connection go dead without closing: nothing more is read, acknowledged or sent on it.

        What is dispatched from now on reaches the bot by replay only, once it is back.
        """
        self._current().silence()

    async def reconnect(self) -> None:
        """Ask the bot to reconnect (opcode 7)."""
        await self._current().send({"op": Op.RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is invalid (opcode 9), and forget it unless it may be resumed."""
        connection = self._current()
        if not resumable:
            self.session = None
        await connection.send({"op": Op.INVALID_SESSION, "d": resumable})

    def abort_all(self) -> None:
        """Reset every connection."""
        for connection in self._open:
            connection.abort()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection from HELLO to its end."""
        websocket = web.WebSocketResponse(max_msg_size=4096)
        await websocket.prepare(request)
        connection = Connection(websocket, request)
        self._open.add(connection)
        self.paths.append(request.path)
        try:
            await self._converse(connection, request)
        finally:
            self._open.discard(connection)
            if self._live is connection:
                self._live = None
            await self._tell()
        return websocket

    async def _converse(self, connection: Connection, request: web.Request) -> None:
        if (request.query.get("v"), request.query.get("encoding")) != ("10", "json"):
            await connection.close(Close.INVALID_VERSION)
            return
        await connection.send({"op": Op.HELLO, "d": {"heartbeat_interval": self.heartbeat_interval * 1000}})
        async for message in connection.websocket:
            if message.type is WSMsgType.TEXT:
                await self._receive(connection, json.loads(message.data))
                await self._tell()

    async def _receive(self, connection: Connection, payload: JSON) -> None:
        op, data = payload["op"], payload["d"]
        if op == Op.HEARTBEAT:
            self.heartbeats += 1
            await connection.send({"op": Op.HEARTBEAT_ACK})
        elif op in (Op.IDENTIFY, Op.RESUME) and connection is self._live:
            await connection.close(Close.ALREADY_AUTHENTICATED)
        elif op == Op.IDENTIFY:
            await self._identify(connection, data)
        elif op == Op.RESUME:
            await self._resume(connection, data)
        elif connection is not self._live:
            await connection.close(Close.NOT_AUTHENTICATED)
        elif op not in (Op.PRESENCE, Op.REQUEST_MEMBERS):
            await connection.close(Close.UNKNOWN_OPCODE)

    async def _identify(self, connection: Connection, data: JSON) -> None:
        self.identifies.append(data)
        refusal = self.refuse_with or self._fault_of(data)
        if refusal is not None:
            await connection.close(refusal)
            return
        async with self._in_order:
            self._attach(connection)
            self.session = Session()
            ready = payloads.ready(self.session.id, self.resume_url, data["shard"])
            await connection.send(self.session.add("READY", ready))
            await connection.send(self.session.add("GUILD_CREATE", world.guild()))

    def _fault_of(self, data: JSON) -> int | None:
        if data["token"] != self.token:
            return Close.AUTHENTICATION_FAILED
        if data.get("shard") != [0, 1]:
            return Close.INVALID_SHARD
        return Close.DISALLOWED_INTENTS if data["intents"] & ~self.allowed_intents else None

    async def _resume(self, connection: Connection, data: JSON) -> None:
        self.resumes.append(data)
        if data["token"] != self.token:
            await connection.close(Close.AUTHENTICATION_FAILED)
        elif self.session is None or data["session_id"] != self.session.id:
            await connection.send({"op": Op.INVALID_SESSION, "d": False})
        elif data["seq"] > len(self.session.dispatches):
            await connection.close(Close.INVALID_SEQUENCE)
        else:
            await self._replay(connection, self.session, data["seq"])

    async def _replay(self, connection: Connection, session: Session, seen: int) -> None:
        async with self._in_order:
            self._attach(connection)
            for payload in session.dispatches[seen:]:
                await connection.send(payload)
            await connection.send(session.add("RESUMED", {}))

    def _attach(self, connection: Connection) -> None:
        if self._live is not None:
            self._live.abort()  # the bot has left it, though it may be too dead to say so
        self._live = connection

    def _current(self) -> Connection:
        if self._live is None:
            raise LookupError("the bot is not connected to the gateway")
        return self._live

    def _detach(self) -> Connection:
        connection = self._current()
        self._live = None
        return connection

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
