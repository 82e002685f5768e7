"""The check that every request body of the bot has to pass: the schema of Discord's bodies, and its limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any, Protocol

from tests.support.payload_limits import choice_violations, command_violations, component_violations, message_violations
from tests.support.payload_schema import schema_errors, segments


class Callback(IntEnum):
    """The first responses to an interaction that carry something to check; a deferral or a pong doesn't."""

    NEW_MESSAGE = 4
    CHANGED_MESSAGE = 7
    AUTOCOMPLETION = 8
    MODAL = 9


class Request(Protocol):
    """A recorded request, as SimCord and the loopback server keep them."""

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def json(self) -> Any: ...


def violations(method: str, path: str, body: Any) -> list[str]:
    """Which of Discord's limits a JSON body breaks, each as `path in the message: what is wrong`."""
    match (method, *segments(path)):
        case ("POST", "interactions", _, _, "callback"):
            return list(_callback_violations(body))
        case ("POST", "channels", _, "messages") | ("POST", "webhooks", _, _):
            return list(message_violations(body, edit=False))
        case ("PATCH", "channels", _, "messages", _) | ("PATCH", "webhooks", _, _, "messages", _):
            return list(message_violations(body, edit=True))
        case ("PUT", "applications", *_, "commands"):
            return list(command_violations(body))
        case ("POST", "applications", *_, "commands") | ("PATCH", "applications", *_, "commands", _):
            return list(command_violations([body]))
    return []


def _callback_violations(body: Any) -> Iterator[str]:
    data = body.get("data") or {}
    match body.get("type"):
        case Callback.NEW_MESSAGE:
            yield from message_violations(data, edit=False)
        case Callback.CHANGED_MESSAGE:
            yield from message_violations(data, edit=True)
        case Callback.AUTOCOMPLETION:
            yield from choice_violations("choices", data.get("choices"))
        case Callback.MODAL:
            yield from component_violations(data)


def assert_sound(requests: Iterable[Request]) -> int:
    """How many of the requests had a body; raises AssertionError with every fault of every body."""
    checked = [request for request in requests if request.json is not None]
    faults = [fault for request in checked for fault in _faults(request)]
    assert not faults, "\n".join(faults)
    return len(checked)


def _faults(request: Request) -> list[str]:
    method, path, body = request.method, request.path, request.json
    return [f"{method} {path}: {fault}" for fault in schema_errors(method, path, body) + violations(method, path, body)]
