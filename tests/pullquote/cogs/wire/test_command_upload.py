"""The upload of the commands: Discord limits how often, and may take none, which mentions do not need."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import REPLIES, connected

pytestmark = pytest.mark.usefixtures("silent_log")

LIMIT = {"code": 30034, "message": "Max number of daily application command creates has been reached (200)"}
TOO_LONG = {
    "code": 50035,
    "message": "Invalid Form Body",
    "errors": {
        "0": {"description": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be 1 to 100 long."}]}}
    },
}


@pytest.mark.parametrize(
    ("method", "status", "body", "said"),
    [
        ("PUT", 400, LIMIT, LIMIT["message"]),
        ("PUT", 400, TOO_LONG, "description: Must be 1 to 100 long"),
        ("PUT", 404, None, "404: Not Found"),
        ("GET", 404, None, "404: Not Found"),
        ("GET", 404, "<html>\nNo such page</html>", "404 Not Found (error code: 0): <html> No such page</html>"),
        ("GET", 405, None, "405: Method Not Allowed"),
        ("GET", 501, None, "501: Not Implemented"),
        ("GET", 200, "<html>No such page</html>", "the answer is not a list of commands"),
        ("GET", 200, {"not": "a list"}, "the answer is not a list of commands"),
        ("PUT", 200, {"not": "a list"}, "the answer is not a list of commands"),
    ],
)
async def test_a_bot_whose_commands_are_refused_answers_mentions(
    server: LoopbackDiscord,
    settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    method: str,
    status: int,
    body: dict[str, object] | str | None,
    said: str,
) -> None:
    server.rest.fail_next(method, "/applications/*/commands", status, body=body)
    async with connected(server, settings, library):
        await server.mention("What do most players choose?")
        reply = await server.wait_for("POST", REPLIES)
    assert reply.body["embeds"][0]["description"] == "> **Most players choose a queen.**\n— chess · paragraph 2"
    [warning] = [record.getMessage() for record in caplog.records if record.name == "pullquote.cogs.command_upload"]
    assert warning.startswith("Discord refuses the commands: ")
    assert warning.endswith(f"{said}. Mentions and direct messages are answered all the same.")
    assert "\n" not in warning
    assert not (settings.data / "commands.sha256").exists()


async def registrations(server: LoopbackDiscord, settings: Settings, library: Library) -> int:
    """Start the bot once more; how many times it has registered its commands since the first start."""
    async with connected(server, settings, library):
        return len(server.rest.sent("PUT", "/applications/*/commands"))


async def test_commands_are_registered_only_when_they_changed(
    server: LoopbackDiscord, settings: Settings, library: Library
) -> None:
    assert await registrations(server, settings, library) == 1
    assert {command["name"] for command in server.rest.commands} == {
        "ask",
        "corpus",
        "Find the passage",
        "Add to corpus",
    }
    assert await registrations(server, settings, library) == 1
    server.rest.commands.pop()
    assert await registrations(server, settings, library) == 2


def damage(note: Path) -> None:
    note.write_bytes(b"\xff\xfe")


def turn_into_folder(note: Path) -> None:
    note.unlink()
    note.mkdir()


@pytest.mark.parametrize("spoil", [Path.unlink, damage, turn_into_folder])
async def test_without_a_readable_note_commands_are_registered_again(
    server: LoopbackDiscord, settings: Settings, library: Library, spoil: Callable[[Path], None]
) -> None:
    assert await registrations(server, settings, library) == 1
    note = settings.data / "commands.sha256"
    assert os.name == "nt" or oct(note.stat().st_mode & 0o777) == "0o600"
    spoil(note)
    assert await registrations(server, settings, library) == 2
