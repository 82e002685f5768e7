"""Redirects, and what becomes of servers that do not answer as they should."""

from __future__ import annotations

import asyncio
import ssl

import aiohttp
import pytest
from yarl import URL

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.asking import Asker
from pullquote.library.sources.pages.page import fetch
from pullquote.library.sources.pages.rules import FetchRules
from pullquote.locales import for_members
from retrieval.errors import Reason, UnfitError
from tests.support.sites import SELF_SIGNED, Canned, Internet, Site, redirect, serving, wire
from tests.support.wording import unfitness


async def refused(url: str, rules: FetchRules) -> str:
    with pytest.raises(FetchError) as caught:
        await fetch(url, rules)
    return caught.value.reason.code


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(site: Site, status: int) -> None:
    site.pages["/"] = redirect("/bees?sort=name#top", status)
    site.pages["/bees?sort=name"] = Canned(b"<p>Bees dance.</p>")
    page = await fetch(site.url(), site.rules)
    assert (page.url, page.raw) == (site.url("/bees?sort=name"), b"<p>Bees dance.</p>")
    assert site.asked == ["/robots.txt", "/", "/bees?sort=name"]


@pytest.mark.parametrize("status", [300, 304, 305])
async def test_other_answers_that_name_an_address_lead_nowhere(site: Site, status: int) -> None:
    site.pages["/"] = redirect("/bees", status)
    assert await refused(site.url(), site.rules) == "page-not-given"


async def test_a_redirect_that_leads_nowhere_is_no_page(site: Site) -> None:
    site.pages["/"] = Canned(status=302)
    assert await refused(site.url(), site.rules) == "page-not-given"


async def test_five_redirects_are_followed(site: Site) -> None:
    site.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(5)} | {"/5": Canned()}
    assert (await fetch(site.url("/0"), site.rules)).url == site.url("/5")


async def test_six_redirects_are_not(site: Site) -> None:
    site.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(6)} | {"/6": Canned()}
    assert await refused(site.url("/0"), site.rules) == "page-redirects"
    assert site.asked == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5"]


async def test_a_circle_of_redirects_ends(site: Site) -> None:
    site.pages["/"] = redirect("/")
    assert await refused(site.url(), site.rules) == "page-redirects"


LEADS = {
    "ftp://example.org/": ("ftp://example.org/", "page-scheme"),
    "javascript:alert(1)": ("javascript:alert(1)", "page-not-an-address"),
    "http://[": ("http://[", "page-not-an-address"),
    "http://ada:secret@example.org/": ("http://example.org/", "page-credentials"),
    "http://8.8.8.8:22/": ("http://8.8.8.8:22/", "page-port"),
    "http://10.0.0.1/": ("http://10.0.0.1/", "page-private"),
    "http://inside.example/": ("http://inside.example/", "page-host-unknown"),
}


@pytest.mark.parametrize(("location", "expected"), LEADS.items(), ids=LEADS)
async def test_where_a_redirect_must_not_lead(
    site: Site, monkeypatch: pytest.MonkeyPatch, location: str, expected: tuple[str, str]
) -> None:
    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", Internet().getaddrinfo)
    site.pages["/"] = redirect(location)
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    fields = caught.value.reason.fields
    assert caught.value.reason.code == "page-redirected"
    assert isinstance(fields["reason"], Reason)
    assert (fields["to"], fields["reason"].code) == expected


async def test_a_refused_redirect_in_words(site: Site) -> None:
    site.pages["/"] = redirect("http://10.0.0.1/")
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert for_members(caught.value) == (
        f"{site.url()}: leads on to http://10.0.0.1/, which is not on the public internet; "
        "save the page and upload the file"
    )


class TestEncrypted:
    """A site with a certificate of its own."""

    async def test_a_certificate_that_nobody_trusts_is_refused(self) -> None:
        async with serving(Site(), encrypted=True) as site:
            assert await refused(site.url(scheme="https"), site.rules) == "page-tls"
            assert site.requests == []

    async def test_a_server_that_does_not_encrypt_is_refused(self, site: Site) -> None:
        assert await refused(site.url(scheme="https"), site.rules) == "page-tls"

    async def test_a_redirect_must_not_lead_out_of_encryption(self, site: Site) -> None:
        trusting = ssl.create_default_context(cafile=SELF_SIGNED)
        connector = aiohttp.TCPConnector(ssl=trusting)
        async with serving(Site(), encrypted=True) as safe, aiohttp.ClientSession(connector=connector) as session:
            safe.pages["/"] = redirect(safe.url("/bees", "https"))
            safe.pages["/bees"] = redirect(site.url())
            asker = Asker(session, FetchRules(allowed=site.rules.allowed | safe.rules.allowed))

            async def take(url: URL, response: aiohttp.ClientResponse) -> None:
                raise AssertionError(url)

            with pytest.raises(UnfitError) as caught:
                await asker.follow(safe.url(scheme="https"), "*/*", take)
        assert unfitness(caught.value) == (
            f"leads on to {site.url()}, which is not encrypted (http://), though what led there is (https://); "
            "save the page and upload the file"
        )
        assert (safe.asked, site.asked) == (["/", "/bees"], [])


async def test_a_name_that_nobody_knows(internet: Internet) -> None:
    assert await refused("http://bees.example/", FetchRules()) == "page-host-unknown"


async def test_a_server_that_nobody_runs() -> None:
    async with serving(Site()) as site:
        pass
    assert await refused(site.url(), site.rules) == "page-unreachable"


WIRE = {
    b"": "page-broken-off",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nBees": "page-broken-off",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nBees\r\n": "page-broken-off",
    b"HTTP/1.1 100 Continue\r\n\r\n": "page-broken-off",
    b"220 bees.example ESMTP\r\n": "page-garbled",
    b"\x00\xff\x00\xff\r\n\r\n": "page-garbled",
    b"HTTP/9.9 200 OK\r\n\r\n": "page-garbled",
    b"HTTP/1.1 abc OK\r\n\r\n": "page-garbled",
    b"HTTP/1.1 200 OK\r\nBees\r\n\r\n": "page-garbled",
    b"HTTP/1.1 200 OK\r\nContent-Length: bees\r\n\r\n": "page-garbled",
    b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n": "page-garbled",
    b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 1_000 + b"\r\n": "page-garbled",
    b"HTTP/1.1 200 OK\r\nContent-Type: bees\r\n\r\nBees": "page-kind",
    b"HTTP/1.1 200 OK\r\n\r\nBees": "page-kind",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n": "page-empty",
    b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe/\r\nContent-Length: 0\r\n\r\n": "page-redirected",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=\xff\r\nContent-Encoding: \xff\r\n\r\nBees": "page-packing",
}


@pytest.mark.parametrize(("raw", "code"), WIRE.items(), ids=[repr(raw)[2:60] for raw in WIRE])
async def test_whatever_a_server_sends_ends_in_a_sentence(site: Site, raw: bytes, code: str) -> None:
    site.pages["/bees"] = wire(raw)
    assert await refused(site.url("/bees"), site.rules) == code
