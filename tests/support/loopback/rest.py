"""The REST side of the loopback Discord: its routes, the faults it was told to show, the requests it got."""

from __future__ import annotations

import asyncio
import http
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from aiohttp import web

from . import payloads
from .connection import reset
from .interaction import UNKNOWN_CHANNEL, UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, LoopbackInteraction, RefusedError
from .world import BOT_ID, JSON

BASE = "/api/v10"

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class RecordedRequest:
    """One request, its path below the API base, and the status it got: None if its connection was reset."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    status: int | None


@dataclass
class Fault:
    """What to answer instead, and how many times still."""

    method: str
    path_pattern: str
    status: int | None
    times: int
    headers: Mapping[str, str]
    body: JSON | str | None

    def response(self) -> web.Response | None:
        """The answer; None means a reset connection."""
        if self.status is None:
            return None
        if isinstance(self.body, str):
            return web.Response(status=self.status, text=self.body, content_type="text/html", headers=self.headers)
        phrase = f"{self.status}: {http.HTTPStatus(self.status).phrase}"
        body = payloads.error(0, phrase) if self.body is None else self.body
        return answer(body, status=self.status, headers=self.headers)


def answer(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: discord.py takes a content type with a charset for plain text."""
    data = json.dumps(body).encode()
    return web.Response(body=data, status=status, headers=headers, content_type="application/json")


async def _body(request: web.Request) -> Any:
    """What was sent as JSON; beside files it is a field of a form."""
    if request.content_type == "application/json":
        return await request.json()
    if request.content_type == "multipart/form-data":
        return json.loads(str((await request.post())["payload_json"]))
    return None


class LoopbackRest:
    """Answers as Discord does unless told to fail; knows the registered commands and the interactions."""

    def __init__(self, token: str, gateway_url: Callable[[], str], changed: asyncio.Condition) -> None:
        self.token = token
        self.requests: list[RecordedRequest] = []
        self.commands: list[JSON] = []
        self.interactions: dict[str, LoopbackInteraction] = {}
        self.channels: dict[str, JSON] = {}
        self.application = payloads.application()
        self._faults: list[Fault] = []
        self._gateway_url: Final = gateway_url
        self._changed: Final = changed

    def app(self) -> web.Application:
        """The routes, to be mounted at `BASE`."""
        app = web.Application(middlewares=[self._treat])
        app.add_routes(self._routes())
        return app

    def fail_next(
        self,
        method: str,
        path_pattern: str,
        status: int | None,
        *,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
        body: JSON | str | None = None,
    ) -> None:
        """Answer the next such requests with this status, or with None reset their connection.

        `path_pattern` is a shell pattern for the path below the API base; a str body goes out as HTML.
        """
        self._faults.append(Fault(method, path_pattern, status, times, headers or {}, body))

    def limit_next(
        self, method: str, path_pattern: str, retry_after: float, *, times: int = 1, everywhere: bool = False
    ) -> None:
        """Answer the next such requests with Discord's own 429: come back in `retry_after` seconds."""
        headers, body = payloads.rate_limited(retry_after, everywhere=everywhere)
        self.fail_next(method, path_pattern, 429, times=times, headers=headers, body=body)

    def sent(self, method: str, path_pattern: str) -> list[RecordedRequest]:
        """The requests so far that match, in the order they were answered."""
        return [r for r in self.requests if r.method == method and fnmatchcase(r.path, path_pattern)]

    def command(self, name: str) -> JSON | None:
        """The registered command of this name."""
        return next((command for command in self.commands if command["name"] == name), None)

    def _routes(self) -> list[web.RouteDef]:
        message = f"/webhooks/{BOT_ID}/{{token}}/messages/{{message}}"
        return [
            web.get("/users/@me", self._get_me),
            web.get("/oauth2/applications/@me", self._get_application),
            web.get("/gateway/bot", self._get_gateway),
            web.get(f"/applications/{BOT_ID}/commands", self._get_commands),
            web.put(f"/applications/{BOT_ID}/commands", self._put_commands),
            web.post("/interactions/{id}/{token}/callback", self._post_callback),
            web.post(f"/webhooks/{BOT_ID}/{{token}}", self._post_followup),
            web.get(message, self._get_message),
            web.patch(message, self._patch_message),
            web.delete(message, self._delete_message),
            web.get("/channels/{channel}", self._get_channel),
            web.post("/channels/{channel}/messages", self._post_message),
            web.post("/channels/{channel}/typing", self._post_typing),
            web.route("*", "/{unknown:.*}", self._unknown),
        ]

    @web.middleware
    async def _treat(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        body = await _body(request)
        response = await self._response(request, path, handler)
        status = None if response is None else response.status
        headers = request.headers.copy()
        recorded = RecordedRequest(request.method, path, dict(request.query), headers, body, status)
        self.requests.append(recorded)
        async with self._changed:
            self._changed.notify_all()
        if response is not None:
            return response
        assert request.transport is not None
        reset(request.transport)
        return web.Response()

    async def _response(self, request: web.Request, path: str, handler: _Handler) -> web.StreamResponse | None:
        fault = self._next_fault(request.method, path)
        if fault is not None:
            return fault.response()
        by_token_in_path = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token_in_path and request.headers.get("Authorization") != f"Bot {self.token}":
            return answer(payloads.error(0, "401: Unauthorized"), status=401)
        try:
            return await handler(request)
        except RefusedError as refusal:
            return answer(refusal.body, status=refusal.status)

    def _next_fault(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            if fault.times and fault.method == method and fnmatchcase(path, fault.path_pattern):
                fault.times -= 1
                return fault
        return None

    async def _unknown(self, request: web.Request) -> web.Response:
        return answer(payloads.error(0, "404: Not Found"), status=404)

    async def _get_me(self, request: web.Request) -> web.Response:
        return answer(payloads.me())

    async def _get_application(self, request: web.Request) -> web.Response:
        return answer(self.application)

    async def _get_gateway(self, request: web.Request) -> web.Response:
        return answer(payloads.gateway_bot(self._gateway_url()))

    async def _get_commands(self, request: web.Request) -> web.Response:
        return answer(self.commands)

    async def _put_commands(self, request: web.Request) -> web.Response:
        self.commands = [payloads.command(body) for body in await request.json()]
        return answer(self.commands)

    async def _post_callback(self, request: web.Request) -> web.Response:
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None or interaction.id != request.match_info["id"]:
            raise RefusedError(*UNKNOWN_INTERACTION)
        made = interaction.answer(await _body(request))
        return answer(made) if request.query.get("with_response") else web.Response(status=204)

    async def _post_followup(self, request: web.Request) -> web.Response:
        made = self._interaction(request).follow_up(await _body(request))
        return answer(made) if request.query.get("wait") else web.Response(status=204)

    async def _get_message(self, request: web.Request) -> web.Response:
        return answer(self._interaction(request).find(request.match_info["message"]))

    async def _patch_message(self, request: web.Request) -> web.Response:
        return answer(self._interaction(request).edit(request.match_info["message"], await _body(request)))

    async def _delete_message(self, request: web.Request) -> web.Response:
        self._interaction(request).delete(request.match_info["message"])
        return web.Response(status=204)

    async def _get_channel(self, request: web.Request) -> web.Response:
        channel = self.channels.get(request.match_info["channel"])
        if channel is None:
            raise RefusedError(*UNKNOWN_CHANNEL)
        return answer(channel)

    async def _post_message(self, request: web.Request) -> web.Response:
        return answer(payloads.posted(await request.json(), request.match_info["channel"]))

    async def _post_typing(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    def _interaction(self, request: web.Request) -> LoopbackInteraction:
        interaction = self.interactions.get(request.match_info["token"])
        if interaction is None:
            raise RefusedError(*UNKNOWN_WEBHOOK)
        return interaction
