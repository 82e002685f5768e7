"""Bytes of a known media type → an article, or the reason why nothing in them can be quoted."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.article import Article
from retrieval.errors import ArticleError, Reason, UnfitError
from retrieval.language.detection import detected
from retrieval.language.languages import code_of
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.lengths import Measure
from retrieval.reading.media_types import MEDIA_TYPES
from retrieval.reading.parsed import Parsed
from retrieval.reading.segmentation import segment

MAX_BYTES = 10 * 1024 * 1024
"""The size of the largest document that is read."""
_FOLDER_PAGES = ("index", "_index", "readme")


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
    title = front.title or _first_heading(parsed.blocks) or _name(document.file)
    language = front.language if code_of(front.language) else detected(_prose(parsed.blocks))
    segmentation = segment(parsed.blocks, measure, title, language)
    if not segmentation.passages:
        raise ArticleError(document.file, _why_empty(document.raw, parsed))
    return Article(
        file=document.file,
        digest=digest(document.raw),
        title=title,
        url=front.url,
        author=front.author,
        published=front.published,
        language=language,
        text=segmentation.text,
        passages=segmentation.passages,
        notes=parsed.notes,
        tags=front.tags,
    )


def too_large(size: int) -> Reason:
    """What is said of a document of more than MAX_BYTES."""
    return Reason.of("too-large", megabytes=math.ceil(size / 1024 / 102.4) / 10, limit=MAX_BYTES // 1024 // 1024)


def digest(raw: bytes) -> str:
    """What an unchanged document is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(raw).hexdigest()


def _first_heading(blocks: list[Block]) -> str | None:
    headings = (block for block in blocks if block.kind is Kind.HEADING and block.level < LABEL_LEVEL)
    return next((heading.text for heading in headings), None)


def _name(file: str) -> str:
    """What the file is called; a file that stands for its folder has the folder's name."""
    path = PurePosixPath(file)
    return path.parent.name if path.stem.lower() in _FOLDER_PAGES and path.parent.name else path.stem


def _prose(blocks: list[Block]) -> str:
    """What tells the language of an article: program code is English everywhere."""
    return "\n".join(block.text for block in blocks if block.kind is not Kind.CODE)


def _why_empty(raw: bytes, parsed: Parsed) -> Reason:
    if not raw.strip():
        return Reason.of("empty")
    if any(block.text for block in parsed.blocks):
        return Reason.of("headings-only")
    return Reason.of("front-matter-only") if parsed.has_front_matter else Reason.of("no-text")
