"""Documents as a source would hand them over."""

from __future__ import annotations

from retrieval.reading.articles import Document
from retrieval.reading.media_types import media_type_of


def document(file: str, content: str | bytes) -> Document:
    """The document that a source makes of a file with this name and content."""
    media_type = media_type_of(file)
    assert media_type is not None
    return Document(file, media_type, content.encode() if isinstance(content, str) else content)
