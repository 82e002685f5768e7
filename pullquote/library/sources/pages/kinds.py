"""What kind of document a page is, by what its server says and by the ending of its address."""

from __future__ import annotations

from retrieval.characters import one_line
from retrieval.errors import UnfitError
from retrieval.reading.media_types import ASCIIDOC, HTML, MARKDOWN, MEDIA_TYPES, PLAIN_TEXT, RST, media_type_of

_ALIASES = {
    "application/xhtml+xml": HTML,
    "text/prs.fallenstein.rst": RST,
    "text/x-asciidoc": ASCIIDOC,
    "text/x-markdown": MARKDOWN,
}
# What servers say of files that they do not know: the ending tells more.
_VAGUE = (
    PLAIN_TEXT,
    "application/json",
    "application/octet-stream",
    "application/x-zip-compressed",
    "application/xml",
    "application/zip",
    "binary/octet-stream",
    "text/xml",
)
_SHOWN = 80
_PAGES = (HTML, "application/xhtml+xml")
ACCEPT = ", ".join((*_PAGES, *(f"{other};q=0.9" for other in MEDIA_TYPES if other != HTML), "*/*;q=0.1"))
"""The header that asks for what can be read, for web pages first. What is left are files of vague types."""


def media_type_from(content_type: str, path: str) -> str:
    """Which of MEDIA_TYPES a page is of. Raises UnfitError if it is of none.

    `content_type` is the header's, in lower case and without parameters; application/octet-stream if there is none.
    """
    media_type = _ALIASES.get(content_type, content_type)
    if media_type in _VAGUE:
        media_type = media_type_of(path) or media_type
    if media_type not in MEDIA_TYPES:
        raise UnfitError("page-kind", kind=one_line(media_type)[:_SHOWN])
    return media_type
