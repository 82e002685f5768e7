"""A word processor's document (DOCX) → blocks, by way of HTML, which mammoth makes of it.

What is shown as deleted, comments, images, headers and footers are left out.
"""

from __future__ import annotations

from io import BytesIO

import mammoth
from lxml import etree

from retrieval.characters import normalise
from retrieval.errors import Reason
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.html.document import blocks_in
from retrieval.reading.html.parsing import PageTooDeepError, parse_page
from retrieval.reading.packaged import metadata
from retrieval.reading.packaged.package import Package, PackageError
from retrieval.reading.parsed import Parsed

_MAIN = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_CREATED = "{http://purl.org/dc/terms/}created"
# Styles that mammoth does not know by itself: titles, code, quotations; tables of contents are left out.
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Block Text'] => blockquote:fresh
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
p[style-name^='toc '] => !
"""


def parse_docx(raw: bytes) -> Parsed:
    """Read a document. Raises PackageError if it cannot be read, and PageTooDeepError."""
    package = Package(raw, Reason.of("not-docx"))
    if _MAIN not in package:
        raise PackageError("not-docx")
    # mammoth gets no more of the archive than has been looked at.
    texts = package.copy(name for name in package.names() if name.endswith((".xml", ".rels")))
    page = parse_page(normalise(_converted(texts)))
    return Parsed(blocks_in(page), _front(package.xml(_PROPERTIES) if _PROPERTIES in package else None))


def _converted(document: BytesIO) -> str:
    try:
        html: str = mammoth.convert_to_html(document, style_map=_STYLES, convert_image=_NO_IMAGE).value
    except MemoryError:
        raise
    except RecursionError as error:
        raise PageTooDeepError("too-deep") from error
    except Exception as error:  # whatever mammoth meets in a damaged document
        raise PackageError("package-damaged") from error
    return html


def _front(properties: etree._Element | None) -> FrontMatter:
    created = None if properties is None else properties.findtext(_CREATED)
    return FrontMatter(
        title=metadata.term(properties, "title"),
        author=metadata.term(properties, "creator"),
        published=metadata.date_in(created),
        language=metadata.language(properties),
    )


def _no_image(_image: object) -> dict[str, str]:
    return {}


_NO_IMAGE = mammoth.images.img_element(_no_image)
