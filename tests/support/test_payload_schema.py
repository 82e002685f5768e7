"""The schema of Discord's bodies: the operation that a request means, and what is said of a body that doesn't fit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.payload_schema import schema_errors

CHANNEL = "/channels/5/messages"
CALLBACK = "/interactions/1/token/callback"
ORIGINAL = "/webhooks/1/token/messages/@original"
COMMANDS = "/applications/1/commands"
NO_OPERATION = "$: the schema has no operation here that takes a JSON body"


def answer(**message: Any) -> dict[str, Any]:
    return {"type": 4, "data": message}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (answer(content="x" * 2001), f"$.data.content: '{'x' * 119} … {'x' * 107}' is too long"),
        (answer(embeds=[{"url": "not a url"}]), "$.data.embeds[0].url: 'not a url' is not a 'uri'"),
        (answer(embeds=[{"timestamp": "today"}]), "$.data.embeds[0].timestamp: 'today' is not a 'date-time'"),
        (
            answer(embeds=[{"timestamp": "2026-01-31T12:00:00"}]),
            "$.data.embeds[0].timestamp: '2026-01-31T12:00:00' is not a 'date-time'",
        ),
        (
            answer(embeds=[{"fields": [{"name": "n"}]}]),
            "$.data.embeds[0].fields[0]: 'value' is a required property",
        ),
        (
            answer(components=[{"type": 1, "components": [{"type": 2, "style": 7}]}]),
            "$.data.components[0].components[0].style: 7 is not one of [1, 2, 3, 4, 5, 6]",
        ),
        (
            answer(components=[{"type": 17, "components": [{"type": 10, "content": ""}]}]),
            "$.data.components[0].components[0].content: '' should be non-empty",
        ),
        (
            {"type": 8, "data": {"choices": [{"name": "", "value": "v"}]}},
            "$.data.choices[0].name: '' should be non-empty",
        ),
        (answer(poll={"answers": 1}), "$.data.poll: {'answers': 1} is not valid under any of the given schemas"),
        ({"type": 99}, "$: {'type': 99} is not valid under any of the given schemas"),
    ],
)
def test_the_fault_is_named_with_its_path(body: dict[str, Any], said: str) -> None:
    assert schema_errors("POST", CALLBACK, body) == [said]


def test_every_fault_is_named() -> None:
    commands = [{"name": ""}, {"name": "ask", "options": [{"type": 3, "name": "o", "description": ""}]}]
    assert schema_errors("PUT", COMMANDS, commands) == [
        "$[0].name: '' should be non-empty",
        "$[1].options[0].description: '' should be non-empty",
    ]


@pytest.mark.parametrize("id", [0, 5, 2**63, "5"])
def test_ids_may_be_ints(id: int | str) -> None:
    body = {"message_reference": {"message_id": id}, "sticker_ids": [id], "allowed_mentions": {"users": [id]}}
    assert schema_errors("POST", CHANNEL, body) == []


@pytest.mark.parametrize(
    ("id", "said"),
    [
        (-5, "'-5' does not match '^(0|[1-9][0-9]*)$'"),
        (True, "True is not of type 'string'"),
        (5.0, "5.0 is not of type 'string'"),
    ],
)
def test_what_is_not_an_id(id: object, said: str) -> None:
    body = {"message_reference": {"message_id": id}}
    assert schema_errors("POST", CHANNEL, body) == [f"$.message_reference.message_id: {said}"]


def test_ints_are_not_taken_for_other_strings() -> None:
    assert schema_errors("POST", CHANNEL, {"content": 5}) == ["$.content: 5 is not of type 'string', 'null'"]


@pytest.mark.parametrize("path", [ORIGINAL, f"/api/v10{ORIGINAL}", "/webhooks/1/token/messages/6", f"{CHANNEL}/6"])
def test_the_operation_is_found(path: str) -> None:
    assert schema_errors("PATCH", path, {"embeds": [{"title": "x"}]}) == []
    assert schema_errors("PATCH", path, {"embeds": [{"title": 5}]}) == [
        "$.embeds[0].title: 5 is not of type 'string', 'null'"
    ]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/nowhere"), ("DELETE", ORIGINAL), ("POST", "/channels/5/typing"), ("POST", f"{CHANNEL}/8")],
)
def test_a_body_where_none_is_described(method: str, path: str) -> None:
    assert schema_errors(method, path, {}) == [NO_OPERATION]
