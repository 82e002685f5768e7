"""Files that are not text, or not prose, though their names say so: what they are, by their first bytes or their shape.

A text that is taken for something else is worse than a file that is not recognised, so every sign here is one that no
article has.
"""

from __future__ import annotations

import csv
import json
from itertools import islice

from retrieval.errors import UnfitError

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_BOOK = b"mimetypeapplication/epub+zip"
_DOCX = (b"[Content_Types].xml", b"word/")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_OLD_DOCUMENTS = (b"{\\rtf1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_PAGE_BEGINS = (b"<!doctype html", b"<html", b"<?xml")
_PAGE_HOLDS = (b"<head", b"<body")
_PAGE_ENDS = b"</html>"
# How many bytes are looked at, where an end suffices.
_END = 1000
# How many bytes are looked at, where a beginning suffices.
_BEGINNING = 64 * 1024
_DELIMITERS = ",;\t"
_FEWEST_ROWS = 5
_FEWEST_COLUMNS = 3
_LONGEST_HEAD = 40
_ROWS = 200


def refuse_disguised(raw: bytes) -> None:
    """Raises UnfitError if the bytes of a text file are a PDF, a document, an e-book, a web page or data."""
    if raw.startswith(_PDF):
        raise UnfitError("is-pdf")
    if raw.startswith(_ZIP):
        raise _of_archive(raw[:_BEGINNING])
    if raw.startswith(_OLD_DOCUMENTS):
        raise UnfitError("is-document")
    if _is_web_page(raw):
        raise UnfitError("is-web-page")
    if _is_notebook(raw):
        raise UnfitError("is-notebook")
    if _is_data(raw[:_BEGINNING]):
        raise UnfitError("is-data")


def _of_archive(beginning: bytes) -> UnfitError:
    """What a ZIP archive is: its files stand in it with their names."""
    if _BOOK in beginning:
        return UnfitError("is-book")
    if any(sign in beginning for sign in _DOCX):
        return UnfitError("is-docx")
    if _OPEN_DOCUMENT in beginning:
        return UnfitError("is-document")
    return UnfitError("is-archive")


def _is_web_page(raw: bytes) -> bool:
    """Whether this is a whole page: Markdown may begin with HTML, but has neither head nor body."""
    begins, ends = raw[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().lower(), raw[-_END:].lower()
    return begins.startswith(_PAGE_BEGINS) and any(sign in begins for sign in _PAGE_HOLDS) and _PAGE_ENDS in ends


def _is_notebook(raw: bytes) -> bool:
    """Whether all of the file is a Jupyter notebook's JSON."""
    if not (raw.lstrip()[:1] == b"{" and b'"nbformat"' in raw and b'"cells"' in raw):
        return False
    try:
        notebook = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(notebook.get("cells"), list)


def _is_data(beginning: bytes) -> bool:
    """Whether all lines are rows of equally many fields under distinct headings, as in CSV.

    In prose a blank follows a comma, and a list or table in Markdown begins its lines with a sign.
    """
    text = beginning.decode("utf-8-sig", errors="replace")
    lines = text.splitlines()
    if len(beginning) == _BEGINNING:
        del lines[-1:]  # the rest of it is not here
    return any(_are_rows(lines, delimiter) for delimiter in _DELIMITERS if delimiter in lines[0]) if lines else False


def _are_rows(lines: list[str], delimiter: str) -> bool:
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter, strict=True), _ROWS) if row]
    except csv.Error:
        return False
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < _FEWEST_COLUMNS or {len(row) for row in rows} != {len(rows[0])}:
        return False
    heads = rows[0]
    named = all(len(head) <= _LONGEST_HEAD and any(map(str.isalpha, head)) for head in heads)
    return named and len(set(heads)) == len(heads) and not any(field[:1].isspace() for row in rows for field in row)
