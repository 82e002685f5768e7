"""A web page's bytes → text, in UTF-8 or in the encoding that the page names."""

from __future__ import annotations

import codecs
import re

from retrieval.reading.decoding import Decoded, decode

# Where a page may name its encoding, in bytes from its start; browsers look at the first 1024.
_HEAD = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})""")
# Browsers read these names as the encoding of Windows, which has more signs.
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "euc_kr": "cp949", "gb2312": "gb18030"}


def decode_page(raw: bytes) -> Decoded:
    """The text of a page. Raises DecodingError. UTF-8 is preferred to what the page says: nothing looks like it."""
    encoding = _declared(raw)
    if encoding is None or is_utf8(raw):
        return decode(raw)
    try:
        return Decoded(raw.decode(encoding))
    except UnicodeError:  # the encoding that Python calls undefined decodes nothing
        return decode(raw)


def encoding_named(name: str) -> str | None:
    """What Python calls the encoding that browsers read under this name; None for UTF-8 and for what is unknown."""
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):  # a ValueError if the name is not ASCII
        return None
    if not codec._is_text_encoding or codec.name.startswith(("utf", "idna", "punycode", "unicode", "raw")):
        return None
    return _AS_WINDOWS.get(codec.name, codec.name)


def is_utf8(raw: bytes) -> bool:
    """Whether bytes are UTF-8, or rather, could hardly be anything else."""
    if b"\x1b" in raw:  # the escapes of iso-2022-jp are letters in UTF-8
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(raw: bytes) -> str | None:
    match = _DECLARED.search(raw[:_HEAD])
    return None if match is None else encoding_named(match[1].decode("ascii"))
