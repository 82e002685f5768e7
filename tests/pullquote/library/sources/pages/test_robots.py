"""robots.txt: who is asked, what it forbids, and what is made of one that cannot be read."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from pullquote.library.errors import FetchError
from pullquote.library.sources.pages.page import fetch
from pullquote.library.sources.pages.robots import parsed
from tests.support.sites import Canned, Handler, Internet, Site, redirect, wire

FORBIDDEN = b"User-agent: *\nDisallow: /"
RULES = {
    "": True,
    "Bees fly.": True,
    "<!doctype html><p>Not here.</p>": True,
    "User-agent: *\nDisallow:": True,
    "User-agent: *\nDisallow: /": False,
    "\ufeffUser-agent: *\nDisallow: /": False,
    "user-agent: *\r\ndisallow: /bees\r\n": False,
    "USER-AGENT : *\nDISALLOW : /bees": False,
    "User-agent: * # everybody\nDisallow: /bees # all of them": False,
    "User agent *\nDisallow /bees": False,
    "User-agent: *\nDisallow: /honey": True,
    "User-agent: *\nDisallow: /bees/dance.html?": False,
    "User-agent: *\nDisallow: /*.html": False,
    "User-agent: *\nDisallow: /*.html$": True,
    "User-agent: *\nDisallow: /bees\nAllow: /bees/dance": True,
    "User-agent: *\nDisallow: /bees/dance\nAllow: /bees": False,
    "User-agent: *\nDisallow: /be%65s": False,
    "User-agent: Pullquote\nDisallow: /": False,
    "User-agent: PULLQUOTE/0.1.0\nDisallow: /": False,
    "User-agent: pullquote*\nDisallow: /": False,
    "User-agent: Pullquotes\nDisallow: /": True,
    "User-agent: p\nDisallow: /": True,
    "User-agent: Beebot\nDisallow: /": True,
    "User-agent: Beebot\nUser-agent: Pullquote\nDisallow: /": False,
    "User-agent: Beebot\nDisallow: /\nUser-agent: Pullquote\nAllow: /": True,
    "User-agent: *\nDisallow: /\n\nUser-agent: Pullquote\nDisallow: /honey": True,
    "User-agent: Pullquote\nDisallow: /honey\n\nUser-agent: *\nDisallow: /": True,
    "User-agent: Pullquote\nDisallow: /honey\n\nUser-agent: Pullquote\nDisallow: /bees": False,
    "User-agent:\nDisallow: /": True,
    "Disallow: /": True,
}


@pytest.mark.parametrize(("text", "permitted"), RULES.items(), ids=map(repr, RULES))
async def test_what_robots_txt_says_is_obeyed(site: Site, text: str, *, permitted: bool) -> None:
    site.pages |= {"/robots.txt": Canned(text.encode(), "text/plain"), "/bees/dance.html?x=1": Canned()}
    url = site.url("/bees/dance.html?x=1")
    if permitted:
        assert (await fetch(url, site.rules)).url == url
    else:
        with pytest.raises(FetchError) as caught:
            await fetch(url, site.rules)
        assert caught.value.reason.code == "page-robots"
        assert site.asked == ["/robots.txt"]


ANSWERS: dict[str, tuple[Handler, str | None]] = {
    "404": (Canned(FORBIDDEN, status=404), None),
    "401": (Canned(FORBIDDEN, status=401), None),
    "403": (Canned(FORBIDDEN, status=403), None),
    "410": (Canned(FORBIDDEN, status=410), None),
    "429": (Canned(FORBIDDEN, status=429), None),
    "204": (Canned(b"", status=204), None),
    "of another type": (Canned(FORBIDDEN, "image/png"), "page-robots"),
    "packed": (Canned(gzip.compress(FORBIDDEN), headers={"Content-Encoding": "gzip"}), "page-robots"),
    "not text": (Canned(b"\xff\xfe\x00" + b"\n" + FORBIDDEN), "page-robots"),
    "500": (Canned(status=500), "page-robots-unreachable"),
    "503": (Canned(status=503), "page-robots-unreachable"),
    "304": (Canned(status=304), "page-robots-unreachable"),
    "damaged": (Canned(FORBIDDEN, headers={"Content-Encoding": "gzip"}), "page-robots-unreachable"),
    "broken off": (wire(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser"), "page-robots-unreachable"),
    "not HTTP": (wire(b"bees\r\n\r\n"), "page-robots-unreachable"),
    "a circle": (redirect("/robots.txt"), "page-robots-unreachable"),
    "led to a port that is not open": (redirect("http://8.8.8.8:22/"), "page-robots-unreachable"),
    "led elsewhere": (redirect("/rules"), "page-robots"),
    "led to where there is none": (redirect("/none"), None),
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_what_a_site_answers_to_the_question_for_robots_txt(site: Site, answer: str) -> None:
    handler, code = ANSWERS[answer]
    site.pages |= {"/robots.txt": handler, "/rules": Canned(FORBIDDEN)}
    if code is None:
        await fetch(site.url(), site.rules)
        return
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == code
    assert "/" not in site.asked


async def test_each_site_on_the_way_is_asked_once(site: Site, internet: Internet) -> None:
    internet.names |= {"bees.example": [["8.8.8.8"]], "honey.example": [["9.9.9.9"]]}
    internet.servers |= {("8.8.8.8", 80): site.port, ("9.9.9.9", 80): site.port}
    site.pages |= {"/": redirect("/bees"), "/bees": redirect("http://honey.example/honey"), "/honey": Canned()}
    assert (await fetch("http://bees.example/")).url == "http://honey.example/honey"
    assert [(request.host, request.path) for request in site.requests] == [
        ("bees.example", "/robots.txt"),
        ("bees.example", "/"),
        ("bees.example", "/bees"),
        ("honey.example", "/robots.txt"),
        ("honey.example", "/honey"),
    ]


async def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(site: Site) -> None:
    site.pages |= {"/robots.txt": Canned(b"User-agent: *\nDisallow: /bees"), "/": redirect("/bees"), "/bees": Canned()}
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == "page-redirected"
    assert site.asked == ["/robots.txt", "/"]


_FILLING = b"# " + b"-" * (512_000 - 2 - len(FORBIDDEN) - 1) + b"\n"
LONG = {
    "rules before the limit": (FORBIDDEN + b"\n" + _FILLING * 2, "page-robots"),
    "rules that end at the limit": (_FILLING + FORBIDDEN, "page-robots"),
    "rules that the limit cuts": (b"#" + _FILLING + FORBIDDEN + b"honey", None),
    "rules behind the limit": (_FILLING * 2 + FORBIDDEN, None),
}


@pytest.mark.parametrize("text", LONG)
async def test_what_is_longer_is_read_as_far_as_the_limit(site: Site, text: str) -> None:
    raw, code = LONG[text]
    site.pages["/robots.txt"] = Canned(raw, "text/plain")
    if code is None:
        await fetch(site.url(), site.rules)
        return
    with pytest.raises(FetchError) as caught:
        await fetch(site.url(), site.rules)
    assert caught.value.reason.code == code


def test_many_agents_with_many_rules_are_read_in_linear_time() -> None:
    # Protego alone would make 300 million rules of this.
    agents = "".join(f"User-agent: bee{number}\n" for number in range(15_000))
    rules = parsed(agents + "User-agent: *\n" + "Disallow: /honey$\n" * 20_000)
    assert (rules.can_fetch("http://h/honey", "Pullquote"), rules.can_fetch("http://h/bees", "Pullquote")) == (
        False,
        True,
    )


AGENTS = st.sampled_from(["*", "Pullquote", "Beebot", "Beebot/2", "bee*", ""])
PATHS = st.sampled_from(["/", "/a", "/a/b", "/*b", "/a$", "/c", ""])
LINES = st.one_of(
    st.builds("User-agent: {}".format, AGENTS),
    st.builds("Disallow: {}".format, PATHS),
    st.builds("Allow: {}".format, PATHS),
    st.sampled_from(["", "# bees", "Sitemap: http://h/map", "Crawl-delay: 5", "Request-rate: 1/s", "bees"]),
)


@given(st.lists(LINES).map("\n".join), st.sampled_from(["/", "/a", "/a/b", "/c?d"]))
def test_other_agents_in_one_change_nothing(text: str, path: str) -> None:
    url = f"http://h{path}"
    assert parsed(text).can_fetch(url, "Pullquote") == Protego.parse(text).can_fetch(url, "Pullquote")


@given(st.text())
def test_whatever_is_in_it_is_read(text: str) -> None:
    parsed(text).can_fetch("http://h/a", "Pullquote")
