"""Every link of a message: http or https, well formed, and short enough."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from tests.support.payload_schema import FORMATS

BUTTON_LINK = 512
LINK = 2048
BUTTON = 2

# Only a backslash before the opening bracket disarms a masked link: on `\](` renderers of markdown differ.
_MASKED = re.compile(r"(?<!\\)(?:\\\\)*\[[^\[]*?\]\((<[^<>\n]*>|(?:\([^()\n]*\)|[^)\n])*)\)")
_ANGLED = re.compile(r"(?<!\\)(?:\\\\)*<([^\s:<>]+:/[^\s<>]+)>")
_BARE = re.compile(r"https?://[^\s<>\"`|\\^{}]*[^\s<>\"`|\\^{}.,:;'()\]*_~!?/]/?", re.IGNORECASE)


def field_link_violations(where: str, node: object, attached: frozenset[str]) -> Iterator[str]:
    """Bad links in the fields of embeds or components; media may also name one of the message's own files."""
    if isinstance(node, Mapping):
        limit = BUTTON_LINK if node.get("type") == BUTTON else LINK
        for key, value in node.items():
            if key in ("url", "icon_url") and isinstance(value, str):
                problem = None if value in attached else _problem(value, limit)
                yield from [f"{where}.{key}: {problem}"] if problem else []
            else:
                yield from field_link_violations(f"{where}.{key}", value, attached)
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from field_link_violations(f"{where}[{number}]", item, attached)


def attached_files(message: Mapping[str, Any]) -> frozenset[str]:
    """The `attachment://` addresses of the files that come with a message."""
    return frozenset(f"attachment://{file.get('filename')}" for file in message.get("attachments") or [])


def text_link_violations(where: str, text: str) -> Iterator[str]:
    """Bad links in a text that Discord shows with markdown: masked, in angle brackets, or bare."""
    for link in _text_links(text):
        # In text Discord's clients take characters beyond ASCII as browsers do; in fields they want a URI.
        problem = _problem(quote(link, safe=string.printable, errors="replace"), LINK)
        if problem:
            yield f"{where}: link {link[:80]!r}: {problem}"


def _text_links(text: str) -> list[str]:
    links = []
    for pattern in (_MASKED, _ANGLED):
        links += [match[1].strip().strip("<>") for match in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    links += [match[0] for match in _BARE.finditer(text)]
    return list(filter(None, links))  # `[text]()` is not a link


def _problem(url: str, limit: int) -> str | None:
    """What is wrong with a link, if anything; `limit` in characters, which are all ASCII in a sound link."""
    if len(url) > limit:
        return f"{len(url)} characters, at most {limit}"
    if url.partition(":")[0].lower() not in ("http", "https"):
        return "neither http nor https"
    return None if _is_well_formed(url) else "not a well-formed URL"


def _is_well_formed(url: str) -> bool:
    # The format's pattern lets a line break at the end pass.
    if url != url.strip() or not FORMATS.conforms(url, "uri"):
        return False
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port beyond 65535
        return False
