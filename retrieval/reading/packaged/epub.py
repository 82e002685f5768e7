"""An e-book (EPUB) → blocks: its chapters are web pages, read one after another in the order of the spine.

ebooklib, the package for this, is under the AGPL, which the project's licence does not go with.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree
from yarl import URL

from retrieval.characters import normalise
from retrieval.errors import Reason
from retrieval.reading.blocks import Block
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.html.charset import decode_page
from retrieval.reading.html.document import blocks_in
from retrieval.reading.html.main_part import main_part
from retrieval.reading.html.parsing import PageElement, parse_page
from retrieval.reading.packaged import metadata
from retrieval.reading.packaged.package import Package, PackageError
from retrieval.reading.parsed import Parsed

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
# What stands before and after a book's text, by the names that EPUB 2 (guide) and EPUB 3 (epub:type) give it.
_FURNITURE = frozenset("cover toc titlepage title-page copyright-page copyright landmarks loi lot index".split())


def parse_epub(raw: bytes) -> Parsed:
    """Read a book. Raises PackageError if it cannot be read or is locked, DecodingError, and PageTooDeepError."""
    package = Package(raw, Reason.of("not-epub"))
    if _CONTAINER not in package:
        raise PackageError("not-epub")
    root = next(_attributes(package.xml(_CONTAINER), "rootfile", "full-path"), "")
    if root not in package:
        raise PackageError("not-epub")
    book = package.xml(root)
    chapters = list(_chapters(book, posixpath.dirname(root)))
    if _ENCRYPTION in package:
        # Fonts are often locked in books that are not.
        locked = {_part("", address) for address in _attributes(package.xml(_ENCRYPTION), "CipherReference", "URI")}
        if not locked.isdisjoint(chapters):
            raise PackageError("package-locked")
    blocks = [block for chapter in chapters if chapter in package for block in _blocks(package.read(chapter))]
    return Parsed(blocks, _front(book))


def _front(book: etree._Element) -> FrontMatter:
    return FrontMatter(
        title=metadata.term(book, "title"),
        author=", ".join(metadata.terms(book, "creator")) or None,
        published=metadata.date_in(metadata.term(book, "date")),
        language=metadata.language(book),
    )


def _chapters(book: etree._Element, folder: str) -> Iterator[str]:
    """The names of the parts that hold the text, in its order."""
    items = {item.get("id"): item for item in _elements(book, "item") if item.get("media-type") in _PAGES}
    beside = {
        _part(folder, reference.get("href", ""))
        for reference in _elements(book, "reference")
        if reference.get("type", "") in _FURNITURE
    }
    for reference in _elements(book, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in item.get("properties", "").split():
            continue
        if (part := _part(folder, item.get("href", ""))) not in beside:
            yield part


def _part(folder: str, address: str) -> str:
    """The name of the part that an address leads to, as it stands in a file in this folder."""
    try:
        path = URL(address, encoded=True).path
    except ValueError:
        path = address
    return posixpath.normpath(posixpath.join(folder, path))


def _blocks(raw: bytes) -> list[Block]:
    page = parse_page(normalise(decode_page(raw).text))
    main = main_part(page)
    return [] if _is_furniture(main) else blocks_in(main)


def _is_furniture(element: PageElement) -> bool:
    """Whether the element, or the only element in it, is called a part beside the text."""
    while True:
        if not _FURNITURE.isdisjoint(element.attributes.get("epub:type", "").split()):
            return True
        inside = [child for child in element.children if not isinstance(child, str) or child.strip()]
        if len(inside) != 1 or not isinstance(inside[0], PageElement):
            return False
        element = inside[0]


def _attributes(tree: etree._Element, tag: str, name: str) -> Iterator[str]:
    return (value for element in _elements(tree, tag) if (value := element.get(name)) is not None)


def _elements(tree: etree._Element, tag: str) -> Iterator[etree._Element]:
    """All elements of a name, whatever their namespace."""
    return tree.iter(f"{{*}}{tag}")
