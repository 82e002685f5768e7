"""One websocket to the bot, and the session that outlives it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import socket
import struct
import zlib
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from aiohttp import web

from .world import JSON


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Gateway close codes."""

    UNKNOWN_OPCODE = 4001
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_SHARD = 4010
    INVALID_VERSION = 4012
    DISALLOWED_INTENTS = 4014


@dataclass
class Session:
    """What outlives a connection: every dispatch so far, the n-th with sequence number n."""

    id: str = field(default_factory=lambda: secrets.token_hex(16))
    dispatches: list[JSON] = field(default_factory=list)

    def add(self, event: str, data: JSON) -> JSON:
        """Number a dispatch and keep it for replay."""
        payload = {"op": Op.DISPATCH, "t": event, "s": len(self.dispatches) + 1, "d": data}
        self.dispatches.append(payload)
        return payload


class Connection:
    """One websocket to the bot, compressed when the bot asked for zlib-stream."""

    def __init__(self, websocket: web.WebSocketResponse, request: web.Request) -> None:
        assert request.transport is not None
        self.websocket: Final = websocket
        self._transport: Final = request.transport
        self._zlib = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._silent = False

    async def send(self, payload: JSON) -> None:
        """Send a payload; a payload to a connection that is gone is lost, as on any network."""
        if self._silent or self.websocket.closed:
            return
        text = json.dumps(payload)
        with contextlib.suppress(ConnectionError):
            if self._zlib is None:
                await self.websocket.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.websocket.send_bytes(data)

    def silence(self) -> None:
        """Neither read nor write from now on."""
        self._silent = True
        self._transport.pause_reading()

    async def close(self, code: int) -> None:
        """Close with a close frame."""
        await self.websocket.close(code=code)

    def abort(self) -> None:
        """Reset the TCP connection, with no close frame."""
        reset(self._transport)


def reset(transport: asyncio.Transport) -> None:
    """End a TCP connection with RST: lingering for no time turns the close into a reset."""
    sock = transport.get_extra_info("socket")
    if sock is not None and not transport.is_closing():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
