"""The small schema says what Discord's own description says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.discord_description import DESCRIPTION, NEVER_SENT, OPERATIONS, as_text, differences, small_schema


def described(body: dict[str, Any], **definitions: Any) -> dict[str, Any]:
    """A description in which every operation of ours takes this body."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        method, path = operation.split()
        takes = {"requestBody": {"content": {"application/json": {"schema": body}}}}
        paths.setdefault(path, {})[method.lower()] = takes
    return {"paths": paths, "components": {"schemas": definitions}}


def in_each_operation(facts: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(OPERATIONS, facts)


@pytest.mark.skipif(not DESCRIPTION.is_file(), reason="Discord's description of its API is not beside the project")
def test_the_schema_is_that_of_the_description() -> None:
    assert differences() == []


def test_only_facts_are_kept() -> None:
    body = {
        "type": "object",
        "title": "A title",
        "description": "Some words.",
        "required": ["title"],
        "properties": {
            "title": {"type": "string", "maxLength": 5, "description": "Words.", "x-other": 1, "format": "int32"},
            "url": {"type": ["string", "null"], "format": "uri"},
        },
    }
    facts = {
        "type": "object",
        "required": ["title"],
        "properties": {
            "title": {"type": "string", "maxLength": 5},
            "url": {"type": ["string", "null"], "format": "uri"},
        },
    }
    assert small_schema(described(body)) == {"operations": in_each_operation(facts), "$defs": {}}


def test_a_list_of_named_values_is_an_enum() -> None:
    colours = {"type": "integer", "oneOf": [{"title": "RED", "const": 0}, {"title": "BLUE", "const": 1}]}
    red = {"type": "integer", "enum": [0], "allOf": [{"$ref": "#/components/schemas/Colour"}]}
    schema = small_schema(described({"items": colours, "properties": {"type": red}}, Colour=colours))
    facts = {"items": {"type": "integer", "enum": [0, 1]}, "properties": {"type": {"type": "integer", "enum": [0]}}}
    assert schema == {"operations": in_each_operation(facts), "$defs": {}}


def test_definitions_are_followed_and_kept_once() -> None:
    inner, outer = {"$ref": "#/components/schemas/Inner"}, {"$ref": "#/components/schemas/Outer"}
    description = described(outer, Outer={"items": inner}, Inner={"items": outer}, Other={"type": "string"})
    assert small_schema(description) == {
        "operations": in_each_operation({"$ref": "#/$defs/Outer"}),
        "$defs": {"Inner": {"items": {"$ref": "#/$defs/Outer"}}, "Outer": {"items": {"$ref": "#/$defs/Inner"}}},
    }


def test_what_is_never_sent_is_left_out() -> None:
    body = {"oneOf": [{"type": "null"}, *({"$ref": name} for name in sorted(NEVER_SENT))]}
    assert small_schema(described(body)) == {
        "operations": in_each_operation({"oneOf": [{"type": "null"}]}),
        "$defs": {},
    }


def test_each_definition_has_a_line() -> None:
    schema = {"operations": {"POST /a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"type": "null"}, "B": {"enum": [1]}}}
    assert as_text(schema).splitlines() == [
        "{",
        '"operations": {',
        '"POST /a": {"$ref": "#/$defs/A"}',
        "},",
        '"$defs": {',
        '"A": {"type": "null"},',
        '"B": {"enum": [1]}',
        "}",
        "}",
    ]
