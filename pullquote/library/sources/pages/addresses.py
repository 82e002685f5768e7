"""Which addresses of the internet protocol belong to the public internet."""

from __future__ import annotations

import ipaddress
import re
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What Python calls global, though it leads to machines nearby, to the cloud that the bot runs in, or wherever an IPv4
# address inside of it says. IANA's registries of special-purpose addresses (IPv4, IPv6) have all but the Azure address.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # Azure's platform, from within a machine there
            "192.0.0.0/24",  # protocol assignments; Oracle's cloud has its metadata there
            "192.88.99.0/24",  # relays of 6to4
            "2001::/23",  # protocol assignments, Teredo and benchmarks among them
            "2002::/16",  # 6to4
            "3fff::/20",  # documentation
        ),
    )
)
# All that is assigned to the public internet so far. Outside lie IPv4 in IPv6 (mapped, compatible, translated), NAT64,
# local and site-local addresses, multicast, and what is reserved.
_UNICAST = ipaddress.ip_network("2000::/3")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


def is_public(address: Address) -> bool:
    """Whether a machine anywhere on the internet is reached by this address, the same one from everywhere."""
    if not address.is_global or address.is_multicast or any(address in network for network in _SPECIAL):
        return False
    return address.version == 4 or (address.scope_id is None and address in _UNICAST)


def literal(host: str) -> Address | None:
    """The address that a host is the spelling of, in any way that connecting would understand; None for a name.

    "0x7f.1" and "2130706433" are 127.0.0.1. Raises ValueError for a number that is not an address: no name ends in one
    (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    """
    if ":" in host:
        return ipaddress.ip_address(host)
    numbers = host.removesuffix(".")
    if not _NUMBER.fullmatch(numbers.rpartition(".")[2]):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(numbers))
    except OSError as error:
        raise ValueError(host) from error
