"""Text in the encoding that a server names → UTF-8 with a byte order mark, which all readers of text go by."""

from __future__ import annotations

import codecs

from retrieval.reading.html.charset import encoding_named, is_utf8

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_WIDE = ("utf-16", "utf-32")


def in_utf8(raw: bytes, charset: str | None) -> bytes:
    """The text in UTF-8 if the header of its answer names another encoding that fits; else as it came.

    A byte order mark and text that is UTF-8 outdo the header, as they outdo what a page says of itself: see
    retrieval/reading/html/charset.py. Many servers name one encoding for whatever they send.
    """
    if charset is None or raw.startswith(_MARKS):
        return raw
    wide = next((name for name in _WIDE if charset.lower().startswith(name)), None)
    encoding = charset if wide else encoding_named(charset)
    if encoding is None or (wide is None and is_utf8(raw)):
        return raw
    try:
        return codecs.BOM_UTF8 + raw.decode(encoding).encode()
    except (LookupError, ValueError):
        return raw
