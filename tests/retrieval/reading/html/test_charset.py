"""The encodings that pages name, rightly or wrongly."""

from __future__ import annotations

import pytest

from retrieval.errors import Reason
from retrieval.reading.decoding import Decoded
from retrieval.reading.html.charset import decode_page


@pytest.mark.parametrize(
    ("named", "encoding"),
    [("windows-1251", "cp1251"), ("EUC-KR", "cp949"), ("gb2312", "gb18030"), ("iso-2022-jp", "iso2022_jp")],
)
def test_the_encoding_that_a_page_names(named: str, encoding: str) -> None:
    said = {"cp1251": "Паром ушёл", "cp949": "배가 떠났다", "gb18030": "渡船开走了", "iso2022_jp": "渡し船"}[encoding]
    page = f'<meta charset="{named}"><p>{said}'
    assert decode_page(page.encode(encoding)) == Decoded(page)


def test_utf8_is_preferred() -> None:
    page = "<meta charset=windows-1251><p>Café"
    assert decode_page(page.encode()) == Decoded(page)


@pytest.mark.parametrize("named", ["utf-8", "unheard-of", "base64", "shift_jis", "undefined"])
def test_an_encoding_that_a_page_is_not_in(named: str) -> None:
    page = f"<meta charset={named}><p>The café was closed"
    raw = page.encode("cp1252")
    note = Reason.of("guessed-encoding", byte=0xE9, position=raw.index(0xE9), encoding="cp1252")
    assert decode_page(raw) == Decoded(page, note)
