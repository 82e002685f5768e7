"""Chromium without a window: pages loaded, styled and photographed through its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# What is loaded is our own, so that Chromium needs no sandbox, which it lacks where the user is root.
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--hide-scrollbars")
_ADDRESS = b"DevTools listening on "
# Pixels of a picture for each pixel of the page: sharp on the screens of today, and not twice as large.
_SCALE = 1.5
# More than a picture is high, so that nothing has to be scrolled to.
_HEIGHT = 2400


class NoBrowserError(Exception):
    """Chromium is not installed."""


class Page:
    """A page in Chromium."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._session: dict[str, str] = {}

    async def open(self, width: int) -> None:
        """Open the page itself, `width` pixels wide."""
        target = await self.call("Target.createTarget", url="about:blank")
        session = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = {"sessionId": session["sessionId"]}
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=_HEIGHT, deviceScaleFactor=_SCALE, mobile=False
        )
        await self.call("Page.enable")
        await self.call("Page.setBypassCSP", enabled=True)

    async def call(self, method: str, **params: object) -> Any:
        """What a method of the protocol gives back. Raises RuntimeError with what Chromium says if it fails."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params, **self._session})
        while (answer := await self._socket.receive_json()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    async def go(self, address: str, before: str) -> None:
        """Load a page anew, in which a script runs before its own."""
        script = await self.call("Page.addScriptToEvaluateOnNewDocument", source=before)
        await self.call("Page.navigate", url="about:blank")  # from there, as a new fragment alone loads nothing
        await self.call("Page.navigate", url=address)
        await self.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script["identifier"])

    async def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript, once it is there if it is a promise."""
        answer = await self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    async def photograph(self, box: dict[str, float]) -> bytes:
        """The PNG of a part of the page: `x`, `y`, `width` and `height`, in pixels of the page."""
        answer = await self.call("Page.captureScreenshot", format="png", clip={**box, "scale": 1})
        return base64.b64decode(answer["data"])


def installed() -> str:
    """The path of Chromium. Raises NoBrowserError."""
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowserError("Pictures are made by Chromium, which is not installed: sudo apt install chromium")


@asynccontextmanager
async def chromium(width: int) -> AsyncIterator[Page]:
    """A page `width` pixels wide, in a Chromium of its own. Raises NoBrowserError."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            installed(), *_FLAGS, f"--user-data-dir={profile}", stderr=asyncio.subprocess.PIPE
        )
        try:
            address = await _address(process)
            async with aiohttp.ClientSession() as session, session.ws_connect(address, max_msg_size=0) as socket:
                page = Page(socket)
                await page.open(width)
                yield page
        finally:
            process.terminate()
            await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    """Where Chromium listens, which it prints when it has started."""
    assert process.stderr is not None
    async for line in process.stderr:
        if line.startswith(_ADDRESS):
            return line.removeprefix(_ADDRESS).decode().strip()
    raise RuntimeError("Chromium ended before it listened")
