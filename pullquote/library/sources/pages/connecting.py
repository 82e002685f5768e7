"""Connections to nothing but what the rules allow: the address that was checked is the one connected to."""

from __future__ import annotations

import socket
from importlib.metadata import version

import aiohttp
from aiohttp.abc import ResolveResult

from pullquote.library.sources.pages.rules import FetchRules

AGENT = "Pullquote"
"""What robots.txt knows this program by."""
_USER_AGENT = f"{AGENT}/{version('pullquote')} (a Discord bot; it fetches pages that moderators name)"


class NotPublicError(OSError):
    """The rules do not allow a connection. It passes through aiohttp as all failures to connect do."""


class CheckedResolver(aiohttp.ThreadedResolver):
    """Asks the system for the addresses of a name and gives aiohttp those to which it may connect."""

    def __init__(self, rules: FetchRules) -> None:
        super().__init__()
        self._rules = rules

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses that may be connected to. Raises OSError: NotPublicError if the name has others only."""
        results = await super().resolve(host, port, family)
        allowed = [result for result in results if self._rules.opens(result["host"], port)]
        if not allowed:
            raise NotPublicError
        return allowed


def open_session(rules: FetchRules) -> aiohttp.ClientSession:
    """A session without cookies, proxies, passwords from files or unpacking."""

    def checked_socket(target: aiohttp.AddrInfoType) -> socket.socket:
        # aiohttp asks no resolver for a host that is an address. This sees whatever is connected to.
        family, kind, protocol, _, (address, port, *_) = target
        if not rules.opens(address, port):
            raise NotPublicError
        return socket.socket(family, kind, protocol)

    connector = aiohttp.TCPConnector(
        resolver=CheckedResolver(rules), use_dns_cache=False, socket_factory=checked_socket
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,  # see bodies.py
        timeout=aiohttp.ClientTimeout(total=None),  # all has one limit, in page.py
        headers={"User-Agent": _USER_AGENT, "Accept-Encoding": "gzip"},
    )
