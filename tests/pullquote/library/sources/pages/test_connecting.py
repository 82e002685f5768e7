"""What is connected to is what was checked: names that change their mind, and whatever gets past the first check."""

from __future__ import annotations

from importlib.metadata import version

import aiohttp
import pytest

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.connecting import NotPublicError, open_session
from pullquote.library.sources.pages.page import fetch
from pullquote.library.sources.pages.rules import RULES
from tests.support.sites import HERE, Canned, Internet, Site, redirect

PUBLIC, OTHER = "8.8.8.8", "9.9.9.9"


@pytest.fixture
def public(site: Site, internet: Internet) -> Site:
    """The site as a public one: bees.example."""
    internet.names["bees.example"] = [[PUBLIC]]
    internet.servers[PUBLIC, 80] = site.port
    return site


async def test_a_name_is_resolved_and_its_address_connected_to(public: Site, internet: Internet) -> None:
    page = await fetch("http://bees.example/")
    assert (page.url, page.raw) == ("http://bees.example/", b"<p>Bees fly.</p>")
    assert set(internet.connected) == {(PUBLIC, 80)}
    assert [request.host for request in public.requests] == ["bees.example", "bees.example"]


async def test_the_address_of_a_host_is_connected_to_without_a_name(public: Site, internet: Internet) -> None:
    await fetch("http://0x08080808/")
    assert (set(internet.connected), internet.resolved) == ({(PUBLIC, 80)}, [])


@pytest.mark.parametrize("private", [HERE, "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
class TestPrivateAddressesOfNames:
    """A name whose owner has it lead into the network that the bot runs in."""

    async def test_a_name_that_has_no_other_is_refused(self, internet: Internet, private: str) -> None:
        internet.names["bees.example"] = [[private]]
        with pytest.raises(FetchError) as caught:
            await fetch("http://bees.example/")
        assert (caught.value.reason.code, internet.connected) == ("page-private", [])

    async def test_of_many_the_public_ones_are_tried(self, public: Site, internet: Internet, private: str) -> None:
        internet.names["bees.example"] = [[private, OTHER, PUBLIC, private]]
        await fetch("http://bees.example/")
        assert set(internet.connected) == {(OTHER, 80), (PUBLIC, 80)}

    async def test_a_name_that_changes_its_mind_is_refused(
        self, public: Site, internet: Internet, private: str
    ) -> None:
        internet.names["bees.example"] = [[PUBLIC], [private]]
        public.pages["/robots.txt"] = Canned(headers={"Connection": "close"})
        with pytest.raises(FetchError) as caught:
            await fetch("http://bees.example/")
        assert caught.value.reason.code == "page-private"
        assert (public.asked, internet.connected) == (["/robots.txt"], [(PUBLIC, 80)])

    async def test_a_name_is_checked_again_where_a_redirect_leads_back(
        self, public: Site, internet: Internet, private: str
    ) -> None:
        internet.names["bees.example"] = [[PUBLIC], [PUBLIC], [private]]
        public.pages["/robots.txt"] = Canned(headers={"Connection": "close"})
        public.pages["/"] = Canned(status=302, headers={"Location": "/bees", "Connection": "close"})
        with pytest.raises(FetchError) as caught:
            await fetch("http://bees.example/")
        assert str(caught.value.reason.fields["reason"]) == "Reason(code='page-private', fields={})"
        assert internet.connected == [(PUBLIC, 80)] * 2


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:443/",
        "http://2130706433/",
        "http://[::1]/",
        "//169.254.169.254/latest/meta-data/",
        "http://inside.example/",
    ],
)
async def test_a_redirect_into_the_private_network_is_not_followed(
    public: Site, internet: Internet, location: str
) -> None:
    internet.names["inside.example"] = [["10.0.0.1"]]
    public.pages["/"] = redirect(location)
    with pytest.raises(FetchError) as caught:
        await fetch("http://bees.example/")
    assert caught.value.reason.code == "page-redirected"
    assert str(caught.value.reason.fields["reason"]) == "Reason(code='page-private', fields={})"
    assert set(internet.connected) == {(PUBLIC, 80)}


async def test_a_robots_txt_in_the_private_network_is_not_read(public: Site, internet: Internet) -> None:
    public.pages["/robots.txt"] = redirect("http://127.0.0.1/robots.txt")
    with pytest.raises(FetchError) as caught:
        await fetch("http://bees.example/")
    assert caught.value.reason.code == "page-robots-unreachable"
    assert set(internet.connected) == {(PUBLIC, 80)}


async def test_an_address_that_nobody_checked_is_not_connected_to(site: Site) -> None:
    async with open_session(RULES) as session:
        with pytest.raises(aiohttp.ClientConnectorError) as caught:
            await session.get(site.url())
    assert isinstance(caught.value.os_error, NotPublicError)
    assert site.requests == []


async def test_a_name_without_any_address_is_refused(internet: Internet) -> None:
    internet.names["bees.example"] = [[]]
    with pytest.raises(FetchError) as caught:
        await fetch("http://bees.example/")
    assert caught.value.reason.code == "page-private"


async def test_proxies_and_passwords_of_the_environment_are_not_used(
    public: Site, internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", public.url())
    await fetch("http://bees.example/")
    assert public.asked == ["/robots.txt", "/"]
    assert set(internet.connected) == {(PUBLIC, 80)}


async def test_who_asks_is_said_honestly_and_no_cookie_is_kept(site: Site) -> None:
    site.pages["/"] = Canned(status=302, headers={"Location": "/bees", "Set-Cookie": "a=b"})
    site.pages["/bees"] = Canned()
    await fetch(site.url(), site.rules)
    assert site.asked == ["/robots.txt", "/", "/bees"]
    agents = {request.headers["User-Agent"] for request in site.requests}
    assert agents == {f"Pullquote/{version('pullquote')} (a Discord bot; it fetches pages that moderators name)"}
    for header in ("Cookie", "Authorization", "Referer"):
        assert not any(header in request.headers for request in site.requests)
    assert site.requests[-1].headers["Accept"].startswith("text/html, application/xhtml+xml, text/markdown;q=0.9, ")
