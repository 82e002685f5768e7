"""The page as a browser shows it: asked, reloaded and left for another channel, by who can be there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from tests.pictures.browser import NoBrowserError, Page, chromium, installed
from tests.support.visits import needs_extra

pytestmark = needs_extra

# A promise that a condition has come true: the page is looked at whenever it changes.
_UNTIL = """new Promise((done) => {
    const look = () => { if (%s) { watch.disconnect(); done(); } };
    const watch = new MutationObserver(look);
    watch.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    look();
})"""
_SEND = """(() => {
    const message = document.getElementById("channel-composer-input");
    message.value = %s;
    message.dispatchEvent(new Event("input", {bubbles: true}));
    document.getElementById("send-message").click();
})()"""
_BECOME = """(() => {
    const viewer = document.getElementById("viewer-picker");
    viewer.value = [...viewer.options].find((option) => option.text === %s).value;
    viewer.dispatchEvent(new Event("change", {bubbles: true}));
})()"""
_PEOPLE = '[...document.getElementById("viewer-picker").options].map((option) => option.text)'
_TIMELINE = 'document.getElementById("channel-timeline").innerText'


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    try:
        installed()
    except NoBrowserError as error:
        pytest.skip(str(error))
    async with chromium(1200) as page:
        yield page


async def until(page: Page, condition: str) -> None:
    await page.evaluate(_UNTIL % condition)


async def settled(page: Page) -> None:
    """Wait until the page shows what the server has."""
    await until(page, 'document.getElementById("preview-app")?.getAttribute("aria-busy") === "false"')


async def test_a_newcomer_asks_comes_back_and_looks_around(address: str, page: Page) -> None:
    await page.go(address, before="")
    await until(page, f'{_TIMELINE}.includes("Five things to try.")')
    await settled(page)
    assert await page.evaluate("document.title") == "Try Pullquote"
    assert await page.evaluate(_PEOPLE) == ["member", "moderator"]

    await page.evaluate(_SEND % json.dumps("@Pullquote When did the last keeper leave?"))
    await until(page, f'{_TIMELINE}.includes("The last keeper left in 1962")')
    await page.go(address, before="")
    await until(page, f'{_TIMELINE}.includes("The last keeper left in 1962")')

    await settled(page)
    await page.evaluate(_BECOME % json.dumps("moderator"))
    await until(page, 'window.simcordPreview.ready && document.getElementById("viewer-picker").selectedIndex === 1')
    link = "[...document.querySelectorAll('nav a')].find((link) => link.innerText === '# moderators').href"
    await page.go(await page.evaluate(link), before="")
    await until(page, f'{_TIMELINE}.includes("You are a moderator here.")')
    assert await page.evaluate(_PEOPLE) == ["moderator"]
    assert await page.evaluate("document.querySelector('nav [aria-current]').innerText") == "# moderators"


async def test_nothing_for_those_who_test_bots_is_in_sight(address: str, page: Page) -> None:
    await page.go(address, before="")
    await until(page, f'{_TIMELINE}.includes("Five things to try.")')
    seen = "[...document.querySelectorAll('button, summary, a')].filter((each) => each.checkVisibility())"
    labels = await page.evaluate(f"{seen}.map((each) => each.getAttribute('aria-label') || each.innerText.trim())")
    assert [label for label in labels if "SimCord" in label or label in ("Capture", "Inspector", "More")] == []
    assert "# moderators" in labels
