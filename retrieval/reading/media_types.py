"""The kinds of files that can be read: a media type, the endings of its files, and its parser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.lazy import parse_docx, parse_epub, parse_html, parse_pdf, parse_rst
from retrieval.reading.markdown.parsing import parse_markdown
from retrieval.reading.notebook import parse_notebook
from retrieval.reading.parsed import Parsed
from retrieval.reading.plaintext.parsing import parse_text_file
from retrieval.reading.texts import text_parser

MARKDOWN = "text/markdown"
PLAIN_TEXT = "text/plain"
HTML = "text/html"
RST = "text/x-rst"
ASCIIDOC = "text/asciidoc"
NOTEBOOK = "application/x-ipynb+json"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EPUB = "application/epub+zip"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class MediaType:
    """The endings of files of a kind, in lower case, and the parser of their bytes."""

    endings: tuple[str, ...]
    parse: Callable[[bytes], Parsed]
    """Raises UnfitError if the bytes cannot be read as files of this kind."""


MEDIA_TYPES = {
    MARKDOWN: MediaType((".md", ".mdx", ".markdown"), text_parser(parse_markdown)),
    PLAIN_TEXT: MediaType((".txt",), parse_text_file),
    RST: MediaType((".rst", ".rest"), text_parser(parse_rst)),
    ASCIIDOC: MediaType((".adoc", ".asciidoc", ".asc"), text_parser(parse_asciidoc)),
    HTML: MediaType((".html", ".htm", ".xhtml"), parse_html),
    NOTEBOOK: MediaType((".ipynb",), parse_notebook),
    DOCX: MediaType((".docx",), parse_docx),
    EPUB: MediaType((".epub",), parse_epub),
    PDF: MediaType((".pdf",), parse_pdf),
}


def media_type_of(file: str) -> str | None:
    """The media type that a file's ending stands for; None if files like it cannot be read."""
    ending = PurePosixPath(file).suffix.lower()
    return next((name for name, media_type in MEDIA_TYPES.items() if ending in media_type.endings), None)


def endings() -> list[str]:
    """All endings of files that can be read."""
    return [ending for media_type in MEDIA_TYPES.values() for ending in media_type.endings]
