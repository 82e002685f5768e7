"""A page, fetched; and each answer that is not a page, in words."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.page import Page, fetch
from pullquote.library.sources.pages.rules import FetchRules
from pullquote.locales import for_members, for_operators
from retrieval.reading.media_types import DOCX, HTML, PLAIN_TEXT
from tests.support.sites import Canned, Internet, Site


async def test_a_page(site: Site) -> None:
    site.pages["/docs/bees?sort=name"] = Canned(b"<p>Bees fly.</p>", "TEXT/HTML; charset=utf-8")
    page = await fetch(f"  {site.url('/docs/bees?sort=name')}#top ", site.rules)
    assert page == Page(
        site.url("/docs/bees?sort=name"), HTML, b"<p>Bees fly.</p>", "127.0.0.1/docs/bees-sort=name.html"
    )


async def test_a_document(site: Site) -> None:
    raw = b"PK\x03\x04 not read here \xff"
    site.pages["/bees.docx"] = Canned(raw, "application/octet-stream; charset=windows-1251")
    page = await fetch(site.url("/bees.docx"), site.rules)
    assert page == Page(site.url("/bees.docx"), DOCX, raw, "127.0.0.1/bees.docx")


async def test_a_file_of_text(site: Site) -> None:
    site.pages["/bees"] = Canned(b"Bees fly.", "text/plain")
    page = await fetch(site.url("/bees"), site.rules)
    assert page == Page(site.url("/bees"), PLAIN_TEXT, b"Bees fly.", "127.0.0.1/bees.txt")


SAID = {
    "404": (Canned(status=404), "does not exist, its server says (404); check the address"),
    "410": (Canned(status=410), "does not exist, its server says (410); check the address"),
    "401": (
        Canned(status=401),
        "is not open to everybody, or not to programs (401); save the page and upload the file",
    ),
    "403": (
        Canned(status=403),
        "is not open to everybody, or not to programs (403); save the page and upload the file",
    ),
    "429": (
        Canned(status=429),
        "was asked for too often, its server says (429); try again later, or save the page and upload the file",
    ),
    "400": (
        Canned(status=400),
        "was not given out by its server (400); check the address, or save the page and upload the file",
    ),
    "451": (
        Canned(status=451),
        "was not given out by its server (451); check the address, or save the page and upload the file",
    ),
    "500": (
        Canned(status=500),
        "cannot be had just now, for its server is out of order (500); "
        "try again later, or save the page and upload the file",
    ),
    "503": (
        Canned(status=503),
        "cannot be had just now, for its server is out of order (503); "
        "try again later, or save the page and upload the file",
    ),
    "204": (Canned(b"", status=204), "is empty; check the address, or save the page and upload the file"),
    "nothing": (Canned(b""), "is empty; check the address, or save the page and upload the file"),
    "blanks": (Canned(b" \n\t\r\n"), "is empty; check the address, or save the page and upload the file"),
    "a picture": (
        Canned(b"\x89PNG", "image/png"),
        "is of a kind that I do not read (image/png); save it as a web page (.html), as .docx or as plain text (.txt), "
        "and upload that file",
    ),
}


@pytest.mark.parametrize(("answer", "sentence"), SAID.values(), ids=SAID)
async def test_what_is_not_a_page_is_said(site: Site, answer: Canned, sentence: str) -> None:
    site.pages["/bees"] = answer
    with pytest.raises(FetchError) as caught:
        await fetch(site.url("/bees"), site.rules)
    assert for_members(caught.value) == for_operators(caught.value) == f"{site.url('/bees')}: {sentence}"
    assert caught.value.page == site.url("/bees")


@pytest.mark.parametrize(
    ("addresses", "sentence"),
    [
        ([], "cannot be found, for there is no server of that name; check how the address is spelt"),
        (["10.0.0.1"], "is not on the public internet; save the page and upload the file"),
        (
            ["8.8.8.8"],
            "cannot be reached, for its server does not answer; "
            "check the address, try again later, or save the page and upload the file",
        ),
    ],
)
async def test_nobody_reads_what_a_name_resolves_to(internet: Internet, addresses: list[str], sentence: str) -> None:
    if addresses:
        internet.names["bees.example"] = [addresses]
    with pytest.raises(FetchError) as caught:
        await fetch(
            "http://bees.example/",
        )
    assert for_members(caught.value) == f"http://bees.example/: {sentence}"


async def test_an_address_with_a_password_is_shown_without_it() -> None:
    with pytest.raises(FetchError) as caught:
        await fetch("https://ada:secret@example.org/bees")
    assert for_members(caught.value) == (
        "https://example.org/bees: has a user name or a password in it; "
        "leave them out, or save the page and upload the file"
    )


async def test_many_pages_at_once(site: Site) -> None:
    site.pages |= {f"/{number}": Canned(str(number).encode(), "text/plain") for number in range(10)}
    pages = await asyncio.gather(*(fetch(site.url(f"/{number}"), site.rules) for number in range(10)))
    assert [page.raw for page in pages] == [str(number).encode() for number in range(10)]


class TestSlow:
    """Servers that take their time. A limit that nothing can keep makes these independent of the machine."""

    SECONDS = 0.05

    @pytest.mark.parametrize("path", ["/robots.txt", "/"])
    async def test_a_server_that_does_not_answer(self, site: Site, path: str) -> None:
        never = asyncio.Event()

        async def waiting(request: web.Request) -> web.StreamResponse:
            await never.wait()
            return web.Response()

        site.pages[path] = waiting
        rules = FetchRules(allowed=site.rules.allowed, seconds=self.SECONDS)
        with pytest.raises(FetchError) as caught:
            await fetch(site.url(), rules)
        assert caught.value.reason.code == "page-slow"
        never.set()

    async def test_a_server_that_sends_drop_by_drop(self, site: Site) -> None:
        never = asyncio.Event()

        async def dripping(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"Content-Type": "text/html"})
            await response.prepare(request)
            await response.write(b"<p>Bees")
            await never.wait()
            return response

        site.pages["/"] = dripping
        rules = FetchRules(allowed=site.rules.allowed, seconds=self.SECONDS)
        with pytest.raises(FetchError) as caught:
            await fetch(site.url(), rules)
        assert caught.value.reason.code == "page-slow"
        never.set()

    async def test_a_name_that_takes_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def waiting(*_: object, **__: object) -> None:
            await asyncio.Event().wait()

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", waiting)
        with pytest.raises(FetchError) as caught:
            await fetch("http://bees.example/", FetchRules(seconds=self.SECONDS))
        assert for_members(caught.value) == (
            "http://bees.example/: takes more than 0.05 s to fetch; "
            "try again later, or save the page and upload the file"
        )
