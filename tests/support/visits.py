"""A visit to the page of `bot.py try`: what its scripts ask of the server, in SimCord's own terms."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from yarl import URL

from pullquote.commands.trying import missing

needs_extra = pytest.mark.skipif(
    bool(missing()), reason=f"packages of the extra `try` are not installed: {', '.join(missing())}"
)


class Visit:
    """Somebody on the page of a channel."""

    def __init__(self, session: aiohttp.ClientSession, page: URL) -> None:
        self._session = session
        self._page = page
        self._numbers = itertools.count(1)
        self.snapshot: dict[str, Any] = {}

    async def request(self, method: str, path: str, body: object = None) -> Any:
        """What the server answers, as JSON."""
        headers = {"X-Simcord-Capability": self._page.raw_fragment}
        if self.snapshot:
            headers["X-Simcord-Context"] = self.snapshot["context"]["id"]
        address = self._page.with_fragment(None).with_path(path)
        async with self._session.request(method, address, headers=headers, json=body) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def act(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Do something that is possible here, and see what became of it. Returns the receipt."""
        number = next(self._numbers)
        envelope = {
            "protocol_version": 3,
            "sequence": number,
            "request_id": f"request {number}",
            "generation": self.snapshot["context"]["generation"],
            "bot_generation": self.snapshot["botGeneration"],
            "published_revision": self.snapshot["publishedRevision"],
        }
        receipt: dict[str, Any] = await self.request("POST", "/api/action", {**envelope, "kind": kind, **fields})
        assert not receipt["rejected"], receipt["diagnostics"]
        self.snapshot = await self.request("GET", "/api/state")
        return receipt

    async def commands(self) -> dict[str, dict[str, Any]]:
        """The slash commands that are offered, by their names."""
        catalogue = await self.request("GET", "/api/commands")
        return {entry["invocation"]: entry for entry in catalogue["entries"]}

    async def slash(self, name: str, **options: str) -> dict[str, Any]:
        entry = (await self.commands())[name]
        command = {key: entry[name] for key, name in (("command_id", "commandId"), ("path", "path"))}
        return await self.act("run_command", **command, schema_fingerprint=entry["schemaFingerprint"], options=options)

    async def become(self, name: str) -> None:
        """Switch to somebody else who can be in the channel."""
        await self.act(
            "viewer", viewer_id=next(each["id"] for each in self.snapshot["viewers"] if each["name"] == name)
        )

    async def fill(self, **values: str) -> None:
        """Send the form that is open."""
        await self.act("modal_submit", modal_handle=self.snapshot["modal"]["handle"], values=values)

    async def press(self, label: str) -> None:
        """Press a button of the last message."""
        target = self.snapshot["timeline"][-1]
        rows = self.snapshot["messages"][target]["components"]
        keys = {button["label"]: button["control_key"] for row in rows for button in row["components"]}
        await self.act("click", target_id=target, control_key=keys[label])

    @property
    def people(self) -> list[str]:
        return [each["name"] for each in self.snapshot["viewers"]]

    @property
    def messages(self) -> list[str]:
        """All that is known of each message, oldest first, as text."""
        return [str(self.snapshot["messages"][identity]) for identity in self.snapshot["timeline"]]


@asynccontextmanager
async def visiting(address: str) -> AsyncIterator[Visit]:
    """A visit to the channel at this address."""
    async with aiohttp.ClientSession() as session:
        async with session.get(address, allow_redirects=False) as response:
            assert response.status == 303
            page = URL(address).join(URL(response.headers["Location"]))
        visit = Visit(session, page)
        visit.snapshot = await visit.request("POST", "/api/pages", {})
        yield visit
