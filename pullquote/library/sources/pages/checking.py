"""Whether an address may be fetched, as far as can be told without the network."""

from __future__ import annotations

import re

from yarl import URL

from pullquote.library.sources.pages.addresses import literal
from pullquote.library.sources.pages.rules import FetchRules
from retrieval.characters import one_line
from retrieval.errors import UnfitError

_SCHEMES = ("http", "https")
# Names as they travel, in ASCII: yarl has encoded those of other alphabets (IDNA 2008). RFC 1035 has the lengths.
_LABEL = re.compile(r"[a-z0-9_-]{1,63}")
_LONGEST_NAME = 254
# How many characters of an address people are shown.
_SHOWN = 200


def checked(address: str | URL, rules: FetchRules) -> URL:
    """The address in its one spelling, without its fragment. Raises UnfitError if it may not be fetched."""
    url = _parsed(address)
    if url.scheme not in _SCHEMES and "://" in str(address):
        raise UnfitError("page-scheme")
    if url.scheme not in _SCHEMES or not _is_host(url.raw_host or ""):
        raise UnfitError("page-not-an-address")
    if url.raw_user is not None or url.raw_password is not None:
        raise UnfitError("page-credentials")
    port = url.port or 0
    if not rules.knows_port(port):
        raise UnfitError("page-port", port=port, ports=tuple(map(str, sorted(rules.ports))))
    number = _literal(url.host or "")
    if number is None:
        return url
    if not rules.opens(number, port):
        raise UnfitError("page-private")
    return url.with_host(number)


def joined(url: URL, location: str | URL) -> URL:
    """Where a redirect leads. Raises UnfitError if that is not an address."""
    try:
        return url.join(URL(location))
    except ValueError as error:
        raise UnfitError("page-not-an-address") from error


def shown(address: str | URL) -> str:
    """An address as people are shown it: on one line, cut to its first characters, without a user name or password.

    The text is still somebody else's: a front end makes it inert.
    """
    try:
        url = URL(address)
        text = (url.with_user(None) if url.raw_user is not None else url).human_repr()
    except ValueError:
        text = str(address).rpartition("@")[2]
    text = "".join(char for char in one_line(text) if char.isprintable())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _parsed(address: str | URL) -> URL:
    try:
        return URL(address.strip() if isinstance(address, str) else address).with_fragment(None)
    except ValueError as error:
        raise UnfitError("page-not-an-address") from error


def _literal(host: str) -> str | None:
    try:
        number = literal(host)
    except ValueError as error:
        raise UnfitError("page-not-an-address") from error
    return None if number is None else str(number)


def _is_host(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    return ":" in host or (len(host) <= _LONGEST_NAME and all(map(_LABEL.fullmatch, labels)))
