"""Texts in the encoding that their server names, as they are read in the end."""

from __future__ import annotations

import codecs

import pytest

from pullquote.library.sources.pages.charset import in_utf8
from pullquote.library.sources.pages.page import fetch
from retrieval.reading.media_types import MEDIA_TYPES
from tests.support.sites import Canned, Site

RUSSIAN = "Пчёлы танцуют, чтобы показать дорогу к цветам."
GERMAN = "Bienen fliegen über die Häuser – „süß“."
JAPANESE = "蜂は花のありかを踊って伝える。"
MARK = codecs.BOM_UTF8


@pytest.mark.parametrize(
    ("text", "charset", "encoding"),
    [
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "KOI8-R", "koi8_r"),
        (RUSSIAN, "iso-8859-5", "iso8859_5"),
        (GERMAN, "ISO-8859-1", "cp1252"),
        (GERMAN, "us-ascii", "cp1252"),
        (JAPANESE, "Shift_JIS", "shift_jis"),
        (JAPANESE, "euc-jp", "euc_jp"),
        (JAPANESE, "iso-2022-jp", "iso2022_jp"),
        (GERMAN, "utf-16le", "utf-16-le"),
        (GERMAN, "UTF-16BE", "utf-16-be"),
    ],
)
def test_another_encoding_becomes_utf8(text: str, charset: str, encoding: str) -> None:
    assert in_utf8(text.encode(encoding), charset) == MARK + text.encode()


UNCHANGED = {
    "no charset": (RUSSIAN.encode("cp1251"), None),
    "UTF-8": (RUSSIAN.encode(), "utf-8"),
    "UTF-8 that is not": (RUSSIAN.encode("cp1251"), "utf-8"),
    "UTF-8 in truth": (RUSSIAN.encode(), "iso-8859-1"),
    "ASCII": (b"Bees fly.", "windows-1251"),
    "a byte order mark": (MARK + GERMAN.encode(), "windows-1251"),
    "a wide byte order mark": (GERMAN.encode("utf-16"), "windows-1251"),
    "a wide encoding that it is not": (b"\x00\xd8\x00", "utf-16le"),
    "a wide encoding that nobody knows": (RUSSIAN.encode("cp1251"), "utf-16-bees"),
    "an encoding that it is not": (RUSSIAN.encode("cp1251"), "shift_jis"),
    "an encoding that nobody knows": (RUSSIAN.encode("cp1251"), "bees"),
    "a name that is not ASCII": (RUSSIAN.encode("cp1251"), "\udcff"),
    "a name with a zero": (RUSSIAN.encode("cp1251"), "utf-16\0"),
    "no name": (RUSSIAN.encode("cp1251"), ""),
    "not an encoding of text": (RUSSIAN.encode("cp1251"), "base64"),
    "an encoding that hides text": (b"+ADw-p+AD4- \xff", "utf-7"),
}


@pytest.mark.parametrize(("raw", "charset"), UNCHANGED.values(), ids=UNCHANGED)
def test_what_stays_as_it_came(raw: bytes, charset: str | None) -> None:
    assert in_utf8(raw, charset) == raw


def read(media_type: str, raw: bytes) -> str:
    return "\n".join(block.text for block in MEDIA_TYPES[media_type].parse(raw).blocks)


@pytest.mark.parametrize(
    ("content_type", "page"),
    [
        ("text/html", "<p>{}</p>"),
        ("text/html", "<meta charset=utf-8><p>{}</p>"),
        ("text/html", "<meta charset=iso-8859-1><p>{}</p>"),
        ("application/xhtml+xml", '<?xml version="1.0" encoding="koi8-r"?><html><body><p>{}</p></body></html>'),
        ("text/plain", "{}"),
        ("text/markdown", "{}"),
    ],
)
async def test_a_header_is_believed_whatever_the_page_says(site: Site, content_type: str, page: str) -> None:
    body = page.format(RUSSIAN).encode("cp1251")
    site.pages["/"] = Canned(body, f"{content_type}; charset=windows-1251")
    fetched = await fetch(site.url(), site.rules)
    assert read(fetched.media_type, fetched.raw).strip() == RUSSIAN


async def test_without_a_header_the_page_is_believed(site: Site) -> None:
    site.pages["/"] = Canned(f"<meta charset=windows-1251><p>{RUSSIAN}</p>".encode("cp1251"))
    fetched = await fetch(site.url(), site.rules)
    assert read(fetched.media_type, fetched.raw) == RUSSIAN
