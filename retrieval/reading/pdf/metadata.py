"""What a PDF says of itself: title, author, date, language, and its outline."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from retrieval.characters import one_line
from retrieval.language.languages import code_of
from retrieval.reading.frontmatter import FrontMatter, day_of
from retrieval.reading.pdf.shape import title_key
from retrieval.reading.plaintext.contents import names_contents

# Titles and authors that programs write by themselves.
_NO_TITLE = re.compile(
    r"microsoft word|untitled|document ?\d|unknown|none$"
    r"|[\w -]{1,200}\.(?:docx?|rtf|tex|dvi|indd|pdf|odt|html?|pptx?|qxd|ps)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(r"(?:unknown|user|admin(?:istrator)?|root|owner|author|none|anonymous|\W*)$", re.IGNORECASE)
_DATE = re.compile(r"D:((?:19[89]|20)\d\d)(\d\d)(\d\d)")
_DEEPEST_OUTLINE = 6
_MOST_TITLES = 10_000
_LONGEST_LANGUAGE = 100
_LONGEST_TITLE = 300


def front_of(document: pypdfium2.PdfDocument) -> FrontMatter:
    """Title, author, the day it was made, and language, where the PDF says them and a person may have written them."""
    said = {name: one_line(value) for name, value in document.get_metadata_dict().items()}
    title, author = said.get("Title", ""), said.get("Author", "")
    return FrontMatter(
        title=None
        if not title or len(title) > _LONGEST_TITLE or _NO_TITLE.match(title) or names_contents(title)
        else title,
        author=None if not author or len(author) > _LONGEST_TITLE or _NO_AUTHOR.match(author) else author,
        published=day_of(_DATE.match(said.get("CreationDate", ""))),
        language=_language(document),
    )


def outline_of(document: pypdfium2.PdfDocument) -> Mapping[str, int]:
    """The titles of the outline, as keys, and their levels from 1."""
    entries = document.get_toc(max_depth=_DEEPEST_OUTLINE)
    levels = {
        title_key(one_line(entry.get_title())): entry.level + 1
        for entry, _ in zip(entries, range(_MOST_TITLES), strict=False)
    }
    levels.pop("", None)
    return levels


def _language(document: pypdfium2.PdfDocument) -> str | None:
    buffer = (ctypes.c_ushort * _LONGEST_LANGUAGE)()
    pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, _LONGEST_LANGUAGE * 2)
    language = bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0].strip()
    return language if code_of(language) else None
