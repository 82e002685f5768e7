"""Each of Discord's limits with a body that just keeps it, and a body that breaks it and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.made_bodies import (
    NO_PINGS,
    SMILE,
    Json,
    Limit,
    buttons,
    container_of,
    embed,
    embeds_of,
    field,
    fields,
    layout,
    link,
    one_button,
    sections_of,
    shown,
)
from tests.support.payload_limits import (
    choice_violations,
    command_violations,
    message_violations,
)
from tests.support.payload_schema import schema_errors

LIMITS = [
    Limit("content", 2000, lambda n: {"content": "x" * n}),
    Limit("content", 2000, lambda n: {"content": SMILE * (n // 2) + "x" * (n % 2)}),
    Limit("embeds", 10, lambda n: {"embeds": [{"title": "x"}] * n}, "embeds"),
    Limit("embeds", 6000, embeds_of),
    Limit("embeds[0].title", 256, lambda n: embed(title="x" * n)),
    Limit("embeds[0].description", 4096, lambda n: embed(description="x" * n)),
    Limit("embeds[0].footer.text", 2048, lambda n: embed(footer={"text": "x" * n})),
    Limit("embeds[0].author.name", 256, lambda n: embed(author={"name": "x" * n})),
    Limit("embeds[0].fields", 25, lambda n: fields(*[field()] * n), "fields"),
    Limit("embeds[0].fields[0].name", 256, lambda n: fields(field(name="x" * n))),
    Limit("embeds[0].fields[0].value", 1024, lambda n: fields(field(value="x" * n))),
    Limit("embeds[0].url", 2048, lambda n: embed(title="x", url=link(n))),
    Limit("components", 5, lambda n: buttons(*"abcdef"[:n]), "action rows"),
    Limit("components", 40, container_of, "components"),
    Limit("components", 40, sections_of, "components"),
    Limit(
        "components",
        4000,
        lambda n: layout(shown("x" * 2000), shown("x" * (n - 2000))),
        "displayed characters",
    ),
    Limit("components[0].components[0].custom_id", 100, lambda n: buttons("x" * n)),
    Limit("components[0].components[0].label", 80, lambda n: one_button(label="x" * n, custom_id="a")),
    Limit("components[0].components[0].url", 512, lambda n: one_button(url=link(n))),
]


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_message_at_the_limit_passes(limit: Limit) -> None:
    assert list(message_violations(NO_PINGS | limit.body(limit.most), edit=False)) == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_message_at_the_limit_fits_the_schema(limit: Limit) -> None:
    assert schema_errors("POST", "/channels/5/messages", limit.body(limit.most)) == []


@pytest.mark.parametrize("limit", LIMITS, ids=str)
def test_message_beyond_the_limit_is_named(limit: Limit) -> None:
    assert list(message_violations(NO_PINGS | limit.body(limit.most + 1), edit=False)) == [limit.said]


def choice(name: str = "a", value: str = "b") -> Json:
    return {"name": name, "value": value}


@pytest.mark.parametrize(
    "limit",
    [
        Limit("choices", 25, lambda n: [choice()] * n, "choices"),
        Limit("choices[0].name", 100, lambda n: [choice(name="x" * n)]),
        Limit("choices[0].value", 100, lambda n: [choice(value="x" * n)]),
    ],
    ids=str,
)
def test_choices(limit: Limit) -> None:
    assert list(choice_violations("choices", limit.body(limit.most))) == []
    assert list(choice_violations("choices", limit.body(limit.most + 1))) == [limit.said]


def command(*options: Json, **parts: Any) -> Json:
    return {"name": "ask", "description": "Ask", "type": 1, "options": list(options), **parts}


def option(*choices: Json, **parts: Any) -> Json:
    return {"type": 3, "name": "o", "description": "d", "choices": list(choices), **parts}


def command_of(length: int) -> Json:
    """A command of `length` characters, 7911 to 8010."""
    long = choice("x" * 100, "x" * 100)
    return command(option(*[long] * 25), option(*[long] * 14, choice("x" * 100, "x" * (length - 7910))))


def subcommand(**parts: Any) -> Json:
    return {"type": 1, "name": "s", "description": "d", "options": [option(**parts)]}


COMMANDS = [
    Limit("commands[0].name", 32, lambda n: [command(name="x" * n)]),
    Limit("commands[0].name", 32, lambda n: [command(name_localizations={"de": "x" * n, "fr": "x"})]),
    Limit("commands[0].description", 100, lambda n: [command(description="x" * n)]),
    Limit("commands[0].description", 100, lambda n: [command(description_localizations={"de": "x" * n})]),
    Limit("commands[0].options", 25, lambda n: [command(*[option()] * n)], "options"),
    Limit("commands[0].options[0].choices", 25, lambda n: [command(option(*[choice()] * n))], "choices"),
    Limit("commands[0].options[0].options[0].name", 32, lambda n: [command(subcommand(name="x" * n))]),
    Limit(
        "commands[0].options[0].options[0].description",
        100,
        lambda n: [command(subcommand(description="x" * n))],
    ),
    Limit("commands[0]", 8000, lambda n: [command_of(n)], "characters in all"),
    Limit("commands", 100, lambda n: [command()] * n, "commands of type 1"),
    Limit("commands", 100, lambda n: [{"name": "ask"}] * n, "commands of type 1"),
    Limit("commands", 5, lambda n: [{"name": "Find", "type": 2}] * n, "commands of type 2"),
    Limit("commands", 5, lambda n: [{"name": "Find", "type": 3}] * n, "commands of type 3"),
]


@pytest.mark.parametrize("limit", COMMANDS, ids=str)
def test_commands(limit: Limit) -> None:
    assert list(command_violations(limit.body(limit.most))) == []
    assert list(command_violations(limit.body(limit.most + 1))) == [limit.said]


@pytest.mark.parametrize("limit", COMMANDS, ids=str)
def test_commands_at_the_limit_fit_the_schema(limit: Limit) -> None:
    assert schema_errors("PUT", "/applications/1/commands", limit.body(limit.most)) == []
