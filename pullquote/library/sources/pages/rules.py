"""What may be fetched, and how much of it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from pullquote.library.sources.pages.addresses import is_public


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address, spelt as Python spells it, with a port."""

    address: str
    port: int


@dataclass(frozen=True, slots=True)
class FetchRules:
    """Which ports may be connected to, and the limits of a fetch."""

    ports: frozenset[int] = frozenset({80, 443})
    allowed: frozenset[Endpoint] = frozenset()
    """What may be connected to though it is not public. Tests alone set it, for their servers on this machine."""
    bytes: int = 10 * 1024 * 1024
    """How long the body of a page may be, unpacked."""
    robots_bytes: int = 500 * 1024
    """How much of a robots.txt is read; RFC 9309 asks for this much at least."""
    seconds: float = 20
    """How long all may take together: names, robots.txt, redirects, the page."""
    redirects: int = 5

    def knows_port(self, port: int) -> bool:
        """Whether there is any address to which this port may be connected."""
        return port in self.ports or any(port == endpoint.port for endpoint in self.allowed)

    def opens(self, address: str, port: int) -> bool:
        """Whether a connection to this address and port may be made."""
        if Endpoint(address, port) in self.allowed:
            return True
        try:
            return port in self.ports and is_public(ipaddress.ip_address(address))
        except ValueError:
            return False


RULES = FetchRules()
"""The rules for everybody."""
