"""A page's name as a document: what its address says, as a file may be called on any system."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from yarl import URL

from retrieval.characters import normalise
from retrieval.reading.media_types import MEDIA_TYPES, media_type_of

LONGEST = 120
"""The number of bytes that a name may have in UTF-8, and so of its characters, too."""
# What file systems, shells and web addresses give a meaning of their own. A dash stands for it.
_MEANINGFUL = re.compile(r"[\s\\/:*?\"'<>|&%#$;`!{}]+")
# How many digits of a digest keep names apart that were cut.
_DIGITS = 8


def file_name(url: URL, media_type: str) -> str:
    """The name of a page of one of MEDIA_TYPES, with an ending that says which; the same for the same address."""
    *parts, last = map(_plain, [url.host or "", *url.path.split("/")])
    query = _plain(url.query_string)
    parts = [part for part in (*parts, last) if part]
    name = "-".join(filter(None, ("/".join(parts), query)))
    ending = PurePosixPath(name).suffix
    if media_type_of(name) == media_type:
        name = name.removesuffix(ending)
    else:
        ending = MEDIA_TYPES[media_type].endings[0]
    return _cut(name, LONGEST - len(ending), url) + ending


def _plain(part: str) -> str:
    """A part of a name: printable, nothing in it but letters and harmless signs, not hidden, not "..", or nothing."""
    text = "".join(char for char in _MEANINGFUL.sub("-", normalise(part)) if char.isprintable())
    return text.strip(" .-~")


def _cut(name: str, room: int, url: URL) -> str:
    """The beginning of a name that has no more than `room` bytes."""
    raw = name.encode()
    if len(raw) <= room:
        return name
    digest = hashlib.sha256(str(url).encode()).hexdigest()[:_DIGITS]
    beginning = raw[: room - len(digest) - 1].decode(errors="ignore").rstrip(" .-/")
    return f"{beginning}-{digest}"
