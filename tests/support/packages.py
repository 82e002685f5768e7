"""Documents that tests make: the least archive that is a word processor's document, or an e-book."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Parts = Mapping[str, str | bytes]

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def packed(parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts, in their order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def styled(text: str, style: str = "") -> str:
    """A paragraph in a style, by its id."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx_parts(body: str, properties: str = "", more: Parts | None = None, links: str = "") -> dict[str, str | bytes]:
    """The parts of a document with this body; `properties` are terms, `links` relationships of the main part."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "heading 2", "Quote", "Source Code", "toc 1", "List Bullet")
    )
    return {
        "[Content_Types].xml": f"{_HEAD}<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"{_HEAD}<Relationships xmlns='{_RELATIONSHIPS}'>"
        f"<Relationship Id='d' Type='{_OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"{_HEAD}<Relationships xmlns='{_RELATIONSHIPS}'>"
        f"<Relationship Id='s' Type='{_OFFICE}/styles' Target='styles.xml'/>"
        f"<Relationship Id='f' Type='{_OFFICE}/footnotes' Target='footnotes.xml'/>{links}</Relationships>",
        "word/styles.xml": f"{_HEAD}<w:styles {_W}>{styles}</w:styles>",
        "word/document.xml": f"{_HEAD}<w:document {_W} {_R}><w:body>{body}</w:body></w:document>",
        "docProps/core.xml": f"{_HEAD}<p xmlns:dc='http://purl.org/dc/elements/1.1/' "
        f"xmlns:dcterms='http://purl.org/dc/terms/'>{properties}</p>",
        **(more or {}),
    }


def docx(*paragraphs: str, properties: str = "") -> bytes:
    """A document of these paragraphs, each in WordprocessingML."""
    return packed(docx_parts("".join(paragraphs), properties))


def footnotes(text: str) -> str:
    """The part that holds a footnote, of the number 2."""
    return f'{_HEAD}<w:footnotes {_W}><w:footnote w:id="2">{styled(text)}</w:footnote></w:footnotes>'


def hyperlink(identifier: str, target: str) -> str:
    """A relationship that leads to an address."""
    return f"<Relationship Id='{identifier}' Type='{_OFFICE}/hyperlink' Target='{target}' TargetMode='External'/>"


def epub_parts(
    chapters: Mapping[str, str],
    metadata: str = "",
    properties: Mapping[str, str] | None = None,
    spine: Sequence[str] | None = None,
    guide: str = "",
) -> dict[str, str | bytes]:
    """The parts of a book of these chapters, whose bodies are given by their files; `spine` has items of its own."""
    items = "".join(
        f'<item id="{file}" href="{file}" media-type="application/xhtml+xml" '
        f'properties="{(properties or {}).get(file, "")}"/>'
        for file in chapters
    )
    order = "".join(spine if spine is not None else (f'<itemref idref="{file}"/>' for file in chapters))
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata><manifest>{items}</manifest>'
        f"<spine>{order}</spine><guide>{guide}</guide></package>",
        **{f"OEBPS/{file}": _page(body) for file, body in chapters.items()},
    }


def epub(chapters: Mapping[str, str], metadata: str = "") -> bytes:
    """A book of these chapters."""
    return packed(epub_parts(chapters, metadata))


def _page(body: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Page</title></head><body>{body}</body></html>'
    )
