"""A web server on this machine, and an internet that does not leave it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.sites import Internet, Site, serving


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving(Site()) as site:
        yield site


@pytest.fixture
async def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    internet = Internet()
    internet.lead(asyncio.get_running_loop(), monkeypatch)
    return internet
