"""The real bot in the browser: who gets in, what can be done there, and what the guide tells to try."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import aiohttp
from yarl import URL

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from pullquote.web.page import STYLE
from pullquote.web.simulation import Simulation
from pullquote.web.tour import Tour
from tests.support.visits import Visit, needs_extra, visiting

pytestmark = needs_extra


async def links(address: str) -> dict[str, str]:
    """The channels in the list on the page, and where they are."""
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return {label: href for href, label in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', await response.text())}


async def test_the_page_is_on_this_machine_alone_at_an_address_that_nobody_can_guess(address: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}", address)
    async with aiohttp.ClientSession() as session:
        async with session.get(address) as response:
            page = await response.text()
            assert response.headers["Referrer-Policy"] == "no-referrer"
        async with session.get(f"{address}/style.css") as response:
            assert (response.content_type, await response.text()) == ("text/css", STYLE)
        url = URL(address)
        async with session.get(url.with_path("/app.js")) as response:  # is the same for everybody
            assert (response.status, response.content_type) == (200, "application/javascript")
        for other, status in ((url.with_path("/"), 404), (url.with_path("/else"), 404), (url / "else", 404)):
            async with session.get(other) as response:
                assert (response.status, "Pullquote" in await response.text()) == (status, False)
        async with session.get(address, headers={"Host": "example.org"}) as response:
            assert response.status == 403
        for method, path in (("POST", "/api/pages"), ("GET", "/api/state"), ("POST", "/api/action")):
            async with session.request(method, url.with_path(path), json={}) as response:
                assert response.status == 401
    assert "<title>Try Pullquote</title>" in page
    assert '<link rel="stylesheet" href="style.css">' in page


async def test_a_page_lists_all_channels_and_marks_its_own(address: str) -> None:
    found = await links(address)
    assert list(found) == ["# general", "# moderators", "questions › Asking in a forum"]
    for label, link in found.items():
        async with aiohttp.ClientSession() as session, session.get(link) as response:
            marked = re.findall(r"<a [^>]*aria-current=page>([^<]+)</a>", await response.text())
        assert marked == [label]


async def test_the_guide_speaks_first_and_names_commands_that_are_there(address: str, tour: Tour) -> None:
    found = await links(address)
    async with visiting(address) as visit:
        [first] = visit.snapshot["messages"].values()
        assert (first["author"]["name"], first["content"]) == ("guide", tour.for_everybody)
    async with visiting(found["# moderators"]) as visit:
        commands = await visit.commands()
    named = re.findall(r"`/([a-z ]+)`", tour.for_everybody + tour.for_moderators)
    assert len(named) > 5
    assert set(named) <= commands.keys()
    assert [line[:2] for line in tour.for_everybody.splitlines() if line[:1].isdigit()] == [
        "1.",
        "2.",
        "3.",
        "4.",
        "5.",
    ]


async def test_a_typed_mention_is_answered_in_a_channel_and_in_a_forum(address: str) -> None:
    found = await links(address)
    for place in ("# general", "questions › Asking in a forum"):
        async with visiting(found[place]) as visit:
            await visit.act("send_message", content="@pullquote When did the last keeper leave?")
            assert "The last keeper left in 1962" in said(visit)
        async with visiting(found[place]) as visit:  # it is there when the page is loaded anew, at its end
            assert visit.snapshot["targetId"] is None
            assert "The last keeper left in 1962" in said(visit)


async def test_member_and_moderator_may_do_what_they_may_in_discord(address: str) -> None:
    found = await links(address)
    async with visiting(address) as visit:
        assert visit.people == ["member", "moderator"]
        assert list(await visit.commands()) == ["ask"]
        await visit.slash("ask", question="What do most players choose?")
        assert "Most players choose a queen" in said(visit)
        await visit.become("moderator")
        assert "corpus add" in await visit.commands()
    async with visiting(found["# moderators"]) as visit:
        assert visit.people == ["moderator"]
        await visit.slash("corpus add")
        await visit.fill(title="Ferries", text="The ferry to the island leaves at noon on Sundays.")
        await visit.press("Add")
    async with visiting(address) as visit:
        await visit.slash("ask", question="When does the ferry leave on Sundays?")
        assert "The ferry to the island leaves at noon on Sundays." in said(visit)


async def test_time_goes_on_with_the_machines(settings: Settings, library: Library) -> None:
    env = Simulation(create_bot(settings, library))
    assert env.now() <= datetime.now(UTC)
    await env.start()
    try:
        for _ in range(2):
            before = datetime.now(UTC)
            async with env.turn():
                assert before <= env.now() <= datetime.now(UTC)
    finally:
        await env.shutdown()


def said(visit: Visit) -> str:
    """The last message that the visitor sees, without markup for bold text."""
    return visit.messages[-1].replace("**", "")
