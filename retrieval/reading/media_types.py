"""The kinds of files that can be read: a media type, the endings of its files, and its parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.reading.blocks import Block
from retrieval.reading.markdown.parsing import parse_markdown
from retrieval.reading.parsed import Parsed
from retrieval.reading.plaintext.parsing import parse_text_file
from retrieval.reading.texts import text_parser

MARKDOWN = "text/markdown"
PLAIN_TEXT = "text/plain"
HTML = "text/html"
RST = "text/x-rst"
ASCIIDOC = "text/asciidoc"
NOTEBOOK = "application/x-ipynb+json"


@dataclass(frozen=True, slots=True)
class MediaType:
    """The endings of files of a kind, in lower case, and the parser of their bytes."""

    endings: tuple[str, ...]
    parse: Callable[[bytes], Parsed]
    """Raises UnfitError if the bytes cannot be read as files of this kind."""


def _parse_html(raw: bytes) -> Parsed:
    # The parser takes long to load, and only the process that reads articles needs it.
    from retrieval.reading.html.document import parse_html

    return parse_html(raw)


def _parse_rst(text: str) -> list[Block]:
    from retrieval.reading.rst.document import parse_rst

    return parse_rst(text)


MEDIA_TYPES = {
    MARKDOWN: MediaType((".md", ".mdx", ".markdown"), text_parser(parse_markdown)),
    PLAIN_TEXT: MediaType((".txt",), parse_text_file),
    RST: MediaType((".rst", ".rest"), text_parser(_parse_rst)),
    HTML: MediaType((".html", ".htm", ".xhtml"), _parse_html),
}


def media_type_of(file: str) -> str | None:
    """The media type that a file's ending stands for; None if files like it cannot be read."""
    ending = PurePosixPath(file).suffix.lower()
    return next((name for name, media_type in MEDIA_TYPES.items() if ending in media_type.endings), None)


def endings() -> list[str]:
    """All endings of files that can be read."""
    return [ending for media_type in MEDIA_TYPES.values() for ending in media_type.endings]
