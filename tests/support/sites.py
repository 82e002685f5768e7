"""Web servers on this machine, and an internet whose names and addresses lead to them."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from pullquote.library.sources.pages.rules import Endpoint, FetchRules

HERE = "127.0.0.1"
SELF_SIGNED = Path(__file__).with_name("self_signed.pem")
"""A certificate of localhost that nobody trusts, with its key, which is no secret."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Canned:
    """An answer that is always the same."""

    body: bytes = b"<p>Bees fly.</p>"
    content_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": self.content_type, **self.headers}
        return web.Response(body=self.body, status=self.status, headers=headers)


def redirect(location: str, status: int = 302) -> Canned:
    return Canned(status=status, headers={"Location": location})


def wire(raw: bytes) -> Handler:
    """Answers with these bytes, whatever they are, and hangs up."""

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(raw)
        request.transport.close()
        return web.Response()

    return handler


class Site:
    """A web server on 127.0.0.1. What is not among its pages answers 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {"/": Canned()}
        self.requests: list[web.Request] = []
        self.port = 0

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, with their queries."""
        return [request.path_qs for request in self.requests]

    @property
    def rules(self) -> FetchRules:
        """Rules that let this server be fetched from."""
        return FetchRules(allowed=frozenset({Endpoint(HERE, self.port)}))

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HERE}:{self.port}{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        page = self.pages.get(request.path_qs)
        return web.Response(status=404) if page is None else await page(request)


@asynccontextmanager
async def serving(site: Site, *, encrypted: bool = False) -> AsyncIterator[Site]:
    """The site, at a port of its own."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH) if encrypted else None
    if context:
        context.load_cert_chain(SELF_SIGNED)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, HERE, 0, ssl_context=context).start()
        site.port = runner.addresses[0][1]
        yield site
    finally:
        await runner.cleanup()


class Internet:
    """What names and addresses lead to, in this test's event loop. Nothing leaves this machine."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {}
        """What each name resolves to, the first time, the second, and so on; the last answer stays."""
        self.servers: dict[tuple[str, int], int] = {}
        """The ports of this machine that stand for addresses and ports of the internet."""
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []

    async def getaddrinfo(self, host: str, port: int, **options: Any) -> list[Any]:
        self.resolved.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in addresses
        ]

    def lead(self, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have this loop ask for names and connect here."""
        connect = loop.sock_connect

        async def sock_connect(sock: socket.socket, address: tuple[str, int]) -> None:
            self.connected.append(address[:2])
            if address[:2] not in self.servers:
                raise ConnectionRefusedError
            await connect(sock, (HERE, self.servers[address[:2]]))

        monkeypatch.setattr(loop, "getaddrinfo", self.getaddrinfo)
        monkeypatch.setattr(loop, "sock_connect", sock_connect)
