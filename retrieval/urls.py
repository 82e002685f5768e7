"""Which web addresses can safely be linked to."""

from __future__ import annotations

import re

from yarl import URL

_UNSAFE_IN_URL = re.compile(r"[\s<>\"\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9._~:-]+")
LONGEST_URL = 512
"""The number of characters that an address may have."""


def is_web_url(url: str) -> bool:
    """Whether this is an http or https address that can safely be linked to."""
    if _UNSAFE_IN_URL.search(url) or len(url) > LONGEST_URL:
        return False
    try:
        parsed = URL(url)
        host = parsed.raw_host or ""
    except ValueError:  # the port is not a number, or the host is not a name in any language
        return False
    return parsed.scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and bool(parsed.port)
