"""Channels of the simulated Discord in the browser: SimCord's preview of each, behind an address nobody can guess."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from simcord.preview import Preview
from simcord.preview._server import PreviewServer

from pullquote.web.page import STYLE
from pullquote.web.simulation import Place, Simulation


class Window(Preview):
    """A channel in the browser, for as long as the simulated Discord goes on, beside windows of other channels.

    `dress` turns SimCord's page into ours. Raises simcord.SetupError if it cannot listen.
    """

    # A page that nobody has touched for ten minutes would end, and time passes here in leaps. A page that is left tells
    # so, unless its browser is killed: there is room for those.
    _PAGE_LEASE_SECONDS, _MAX_PAGES = math.inf, 1000

    def __init__(self, env: Simulation, place: Place, secret: str, dress: Callable[[str], str]) -> None:
        super().__init__(
            env,
            place.channel,
            place.people,
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-US",
            timezone="UTC",
            presentation_time=None,
            assets=None,
            port=0,
        )
        self.place = place
        self._simulation = env
        self._secret = secret
        self._server = _Door(self, secret, dress)

    @property
    def address(self) -> str:
        """Where the window is, on this machine: a secret, for who knows it may do here what anybody there may."""
        return f"{self._origin}/{self._secret}"

    async def __aenter__(self) -> Window:
        self.env._preview = None  # SimCord has one preview at a time
        await super().__aenter__()
        assert self._python is not None
        # A page that is loaded scrolls to its end, not to what was the last message when the window was opened.
        self._python.target_id = None
        return self

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with self._simulation.turn():
            self.env._preview = self  # SimCord tells the preview what became of its action
            return await super()._action(context_id, body)


class _Door(PreviewServer):
    """A window's server, on the loopback interface: its page has a secret path.

    What it answers to the page needs SimCord's own secret besides. It is in the page's fragment, which browsers keep
    to themselves. Scripts and fonts, the same for everybody, are open.
    """

    def __init__(self, preview: Window, secret: str, dress: Callable[[str], str]) -> None:
        super().__init__(preview)
        self._entrance, self._page, self._style = f"/{secret}", f"/{secret}/", f"/{secret}/style.css"
        self._dress = dress
        self._STATIC_FILES = {  # type: ignore[misc]  # of the class, with no other way to add a path
            **PreviewServer._STATIC_FILES,
            self._entrance: "index.html",
            self._page: "index.html",
            self._style: "preview.css",
        }

    async def _index(self, request: web.Request) -> web.Response:  # noqa: ARG002 - what is asked for is the only page
        raise web.HTTPNotFound

    async def _static(self, request: web.Request) -> web.Response:
        response: web.Response = await super()._static(request)  # which refuses requests for another host
        if request.path == self._entrance:
            raise web.HTTPSeeOther(f"{self._page}#{self.preview.capability}", headers=self._SECURITY_HEADERS)
        if request.path == self._page:
            response.text = self._dress(response.text or "")
        elif request.path == self._style:
            response.text = STYLE
        return response
