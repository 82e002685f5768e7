"""Bytes of a known media type → an article, or the reason why nothing in them can be quoted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.article import Article
from retrieval.errors import ArticleError, Reason, UnfitError
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.lengths import Measure
from retrieval.reading.media_types import MEDIA_TYPES
from retrieval.reading.parsed import Parsed
from retrieval.reading.segmentation import segment


@dataclass(frozen=True, slots=True)
class Document:
    """What becomes an article: its file's name as it is shown, its media type (of MEDIA_TYPES), and its bytes."""

    file: str
    media_type: str
    raw: bytes


def read_article(document: Document, measure: Measure) -> Article:
    """Turn a document into an article. Raises ArticleError if nothing in it can be quoted."""
    try:
        parsed = MEDIA_TYPES[document.media_type].parse(document.raw)
    except UnfitError as error:
        raise ArticleError(document.file, error.reason) from error
    front = parsed.front
    title = front.title or _first_heading(parsed.blocks) or PurePosixPath(document.file).stem
    segmentation = segment(parsed.blocks, measure, title)
    if not segmentation.passages:
        raise ArticleError(document.file, _why_empty(document.raw, parsed))
    return Article(
        file=document.file,
        digest=digest(document.raw),
        title=title,
        url=front.url,
        author=front.author,
        published=front.published,
        language=front.language,
        text=segmentation.text,
        passages=segmentation.passages,
        notes=parsed.notes,
    )


def digest(raw: bytes) -> str:
    """What an unchanged document is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


def _first_heading(blocks: list[Block]) -> str | None:
    return next((block.text for block in blocks if block.kind is Kind.HEADING), None)


def _why_empty(raw: bytes, parsed: Parsed) -> Reason:
    if not raw.strip():
        return Reason.of("empty")
    if parsed.blocks:
        return Reason.of("headings-only")
    return Reason.of("front-matter-only") if parsed.has_front_matter else Reason.of("no-text")
