"""Bodies for the tests of Discord's limits: with a given number of something, or keeping or breaking a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.payload_limits import (
    COMPONENTS_V2,
)

Json = dict[str, Any]

NO_PINGS: Json = {"allowed_mentions": {"parse": []}}
WEB = "https://example.org/"
SMILE = "\N{SLIGHTLY SMILING FACE}"


@dataclass(frozen=True)
class Limit:
    """A limit on the number of something; `body` makes a body with a given number."""

    where: str
    most: int
    body: Callable[[int], Any]
    what: str = "characters"

    @property
    def said(self) -> str:
        return f"{self.where}: {self.most + 1} {self.what}, at most {self.most}"

    def __str__(self) -> str:
        return f"{self.where} {self.what}"


@dataclass(frozen=True)
class Rule:
    """A message that keeps the rule, a message that breaks it, and the sentence on the breach."""

    name: str
    kept: Json
    broken: Json
    said: str

    def __str__(self) -> str:
        return self.name


def link(length: int) -> str:
    return WEB.ljust(length, "x")


def embed(**parts: Any) -> Json:
    return {"embeds": [parts]}


def field(name: str = "name", value: str = "value") -> Json:
    return {"name": name, "value": value}


def fields(*items: Json) -> Json:
    return embed(fields=list(items))


def embeds_of(length: int) -> Json:
    """Two embeds with `length` characters in all, 3000 at least."""
    first_embed = {
        "title": "ti",
        "description": "x" * 2976,
        "footer": {"text": "foot"},
        "author": {"name": "author"},
    }
    second_embed = {"description": "x" * (length - 3000), "fields": [field("name", "value!!!")]}
    return {"embeds": [first_embed, second_embed]}


def button(**parts: Any) -> Json:
    return {"type": 2, "style": 5 if "url" in parts else 1, "label": "l", **parts}


def buttons(*custom_ids: str) -> Json:
    """A message of action rows with a button each."""
    return {"components": [{"type": 1, "components": [button(custom_id=custom_id)]} for custom_id in custom_ids]}


def one_button(**parts: Any) -> Json:
    return {"components": [{"type": 1, "components": [button(**parts)]}]}


def shown(text: str = "x") -> Json:
    return {"type": 10, "content": text}


def layout(*components: Json, **parts: Any) -> Json:
    return {"flags": COMPONENTS_V2, "components": list(components), **parts}


def container_of(count: int) -> Json:
    """A layout of `count` components, the container counted."""
    return layout({"type": 17, "components": [shown()] * (count - 1)})


def sections_of(count: int) -> Json:
    """A layout of `count` components, of which 30 are in sections of a text and a button each."""
    section = {"type": 9, "components": [shown()], "accessory": button(url=WEB)}
    return layout(*[section] * 10, *[shown()] * (count - 30))
