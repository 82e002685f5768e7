"""What the tests of the page share: the bot, shown meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from pullquote.web import showing
from pullquote.web.tour import Tour


@pytest.fixture
def tour() -> Tour:
    return Tour.of(("When did the last keeper leave?", "What do most players choose?"))


@pytest.fixture
async def address(
    settings: Settings, library: Library, tour: Tour, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """Where the bot is shown meanwhile."""
    stop, ready = asyncio.Event(), asyncio.get_running_loop().create_future()
    monkeypatch.setattr(showing, "stop_signal", lambda: stop)
    shown = asyncio.create_task(showing.show(create_bot(settings, library), tour, ready.set_result))
    await asyncio.wait({shown, ready}, return_when=asyncio.FIRST_COMPLETED)
    if shown.done():
        shown.result()
    yield ready.result()
    stop.set()
    await shown
