"""Bodies: packed, damaged, cut off, and larger than they should be."""

from __future__ import annotations

import gzip
import zlib

import pytest
from aiohttp import web

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.page import fetch
from pullquote.library.sources.pages.rules import FetchRules
from pullquote.locales import for_members
from tests.support.sites import Canned, Site

TEXT = b"<p>" + b"Bees fly. " * 1_000
PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "GZIP": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
}


def packed(raw: bytes, coding: str) -> Canned:
    return Canned(raw, headers={"Content-Encoding": coding})


@pytest.mark.parametrize(("coding", "raw"), PACKED.items(), ids=PACKED)
async def test_a_packed_page_is_unpacked(site: Site, coding: str, raw: bytes) -> None:
    site.pages["/"] = packed(raw, coding)
    assert (await fetch(site.url(), site.rules)).raw == TEXT
    assert site.requests[-1].headers["Accept-Encoding"] == "gzip"


GZIP = gzip.compress(TEXT)
DAMAGED = {
    "not packed at all": packed(TEXT, "gzip"),
    "damaged": packed(GZIP[:20] + b"\x00\x00" + GZIP[22:], "gzip"),
    "a wrong checksum": packed(GZIP[:-8] + bytes(8), "gzip"),
    "cut off": packed(GZIP[:-12], "gzip"),
    "cut off in its header": packed(GZIP[:5], "gzip"),
    "without anything": packed(b"", "gzip"),
    "two streams": packed(GZIP + GZIP, "gzip"),
    "something after it": packed(GZIP + b"bees", "gzip"),
    "deflate, cut off": packed(zlib.compress(TEXT)[:-8], "deflate"),
    "packed twice": packed(gzip.compress(GZIP), "gzip, gzip"),
    "Brotli, which nobody asked for": packed(TEXT, "br"),
    "of no known name": packed(TEXT, "bees"),
}


@pytest.mark.parametrize("answer", DAMAGED.values(), ids=DAMAGED)
async def test_a_page_that_cannot_be_unpacked_is_refused(site: Site, answer: Canned) -> None:
    site.pages["/"] = answer
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == "page-packing"


async def test_a_stream_that_goes_on_after_its_end_is_refused(site: Site) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
        await response.prepare(request)
        while True:  # until nobody listens any more
            await response.write(GZIP)

    site.pages["/"] = answer
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == "page-packing"


BOMBS = {
    "gzip": gzip.compress(bytes(50_000_000)),
    "deflate": zlib.compress(bytes(50_000_000)),
    "identity": bytes(10_485_761),
}


@pytest.mark.parametrize(("coding", "bomb"), BOMBS.items(), ids=BOMBS)
async def test_a_bomb_is_not_unpacked(site: Site, coding: str, bomb: bytes) -> None:
    site.pages["/"] = packed(bomb, coding)
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert for_members(caught.value) == (
        f"{site.url()}: is larger than 10 MB; save the part that you need and upload that file"
    )


async def test_an_endless_page_is_left(site: Site) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:  # until nobody listens any more
            await response.write(TEXT)

    site.pages["/"] = answer
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == "page-large"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "identity"])
async def test_the_limit_is_exact(site: Site, coding: str) -> None:
    site.pages["/"] = packed(PACKED.get(coding, TEXT), coding)
    allowed = site.rules.allowed
    page = await fetch(site.url(), FetchRules(allowed=allowed, bytes=len(TEXT)))
    assert page.raw == TEXT
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), FetchRules(allowed=allowed, bytes=len(TEXT) - 1))
    assert caught.value.reason.code == "page-large"
