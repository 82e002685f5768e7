"""Discord's limits on messages and commands, above all the limits that its OpenAPI description leaves out.

Discord doesn't say how it counts characters. We count UTF-16 code units, never fewer than code points: a text
within these limits is within Discord's, whichever it counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.support.payload_links import attached_files, field_link_violations, text_link_violations

Json = Mapping[str, Any]

COMPONENTS_V2 = 1 << 15
ACTION_ROW = 1
EMBED_TEXTS = {"title": 256, "description": 4096, "footer.text": 2048, "author.name": 256}
FIELD_TEXTS = {"name": 256, "value": 1024}
EVERY_EMBED = 6000
EVERY_TEXT_DISPLAY = 4000
# Slash commands, and the context menus of users and of messages, of which discord.py 2.7 takes five each.
COMMANDS = {1: 100, 2: 5, 3: 5}
WHOLE_COMMAND = 8000

_MENTIONS = {
    "everyone": re.compile(r"@(everyone|here)"),
    "users": re.compile(r"<@!?(\d+)>"),
    "roles": re.compile(r"<@&(\d+)>"),
}


def units(text: object) -> int:
    """Length of a text in UTF-16 code units; 0 for a value that is not a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(text, str) else 0


def message_violations(message: Json, *, edit: bool) -> Iterator[str]:
    """What Discord would refuse in a new message, or in the changes to one (`edit`)."""
    yield from _over("content", units(message.get("content")), 2000)
    yield from _embed_violations(message)
    yield from component_violations(message)
    yield from _layout_violations(message)
    yield from _emptiness(message, edit=edit)
    yield from _pings(message)
    yield from _link_violations(message)


def _over(where: str, count: int, limit: int, what: str = "characters") -> Iterator[str]:
    if count > limit:
        yield f"{where}: {count} {what}, at most {limit}"


def _each(where: str, items: Iterable[Json] | None) -> Iterator[tuple[str, Json]]:
    """The objects of a list that may be null, each with its path."""
    for number, item in enumerate(items or []):
        yield f"{where}[{number}]", item


def _at(item: Json, path: str) -> Any:
    """What lies at a dotted path, or None."""
    for key in path.split("."):
        item = item.get(key) or {}
    return item or None


def _embed_violations(message: Json) -> Iterator[str]:
    embeds = message.get("embeds") or []
    yield from _over("embeds", len(embeds), 10, "embeds")
    yield from _over("embeds", sum(map(_embed_length, embeds)), EVERY_EMBED)
    for where, embed in _each("embeds", embeds):
        for path, limit in EMBED_TEXTS.items():
            yield from _over(f"{where}.{path}", units(_at(embed, path)), limit)
        yield from _over(f"{where}.fields", len(embed.get("fields") or []), 25, "fields")
        for path, field in _each(f"{where}.fields", embed.get("fields")):
            for key, limit in FIELD_TEXTS.items():
                yield from _over(f"{path}.{key}", units(field.get(key)), limit)


def _embed_length(embed: Json) -> int:
    fields = [field.get(key) for field in embed.get("fields") or [] for key in FIELD_TEXTS]
    return sum(map(units, [_at(embed, path) for path in EMBED_TEXTS] + fields))


def component_violations(message: Json) -> Iterator[str]:
    """What Discord would refuse in the components of a message or a modal."""
    components = list(_nested("components", message.get("components")))
    for where, component in components:
        yield from _over(f"{where}.custom_id", units(component.get("custom_id")), 100)
        yield from _over(f"{where}.label", units(component.get("label")), 80)
    ids = Counter(component["custom_id"] for _, component in components if component.get("custom_id"))
    yield from (f"components: custom_id {name!r} {count} times" for name, count in ids.items() if count > 1)


def _nested(where: str, components: Iterable[Json] | None) -> Iterator[tuple[str, Json]]:
    for path, component in _each(where, components):
        yield path, component
        for key in ("accessory", "component"):
            if component.get(key):
                yield f"{path}.{key}", component[key]
        yield from _nested(f"{path}.components", component.get("components"))


def _layout_violations(message: Json) -> Iterator[str]:
    components = [component for _, component in _nested("components", message.get("components"))]
    if not (message.get("flags") or 0) & COMPONENTS_V2:
        rows = message.get("components") or []
        yield from _over("components", len(rows), 5, "action rows")
        if any(row.get("type") != ACTION_ROW for row in rows):
            yield "components: other than action rows, without the flag of Components V2"
        return
    yield from _over("components", len(components), 40, "components")
    shown = sum(units(component.get("content")) for component in components)
    yield from _over("components", shown, EVERY_TEXT_DISPLAY, "displayed characters")
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if message.get(key):
            yield f"{key}: not together with Components V2"


def _emptiness(message: Json, *, edit: bool) -> Iterator[str]:
    """Nothing to show. Since an edit keeps what it doesn't name, it has to empty both text and embeds.

    An edit that names nothing is faulted too: it would leave a deferred answer empty.
    """
    parts = ("embeds", "components", "attachments", "poll", "sticker_ids")
    if (message.get("content") or "").strip() or any(message.get(key) for key in parts):
        return
    if not edit:
        yield "message: empty"
    elif {"content", "embeds"} <= message.keys() or message.keys().isdisjoint({"content", "flags", *parts}):
        yield "message: the edit leaves nothing to show"


def _texts(message: Json) -> Iterator[tuple[str, str]]:
    """The texts whose mentions ping, each with its path."""
    if message.get("content"):
        yield "content", message["content"]
    for where, component in _nested("components", message.get("components")):
        if component.get("content"):
            yield f"{where}.content", component["content"]


def _pings(message: Json) -> Iterator[str]:
    """Mentions that may ping: all of them where no `parse` says which kinds do."""
    allowed = message.get("allowed_mentions") or {}
    parsed = allowed.get("parse")
    for where, text in _texts(message):
        for kind, pattern in _MENTIONS.items():
            named = {str(snowflake) for snowflake in allowed.get(kind) or []}
            for mention in pattern.finditer(text):
                if parsed is None or kind in parsed or mention[1] in named:
                    yield f"{where}: {mention[0]} may ping"


def _link_violations(message: Json) -> Iterator[str]:
    for key in ("embeds", "components"):
        yield from field_link_violations(key, message.get(key), attached_files(message))
    texts = list(_texts(message))
    for where, embed in _each("embeds", message.get("embeds")):
        texts.append((f"{where}.description", embed.get("description") or ""))
        fields = _each(f"{where}.fields", embed.get("fields"))
        texts += [(f"{path}.value", field.get("value") or "") for path, field in fields]
    for where, text in texts:
        yield from text_link_violations(where, text)


def choice_violations(where: str, choices: list[Json] | None) -> Iterator[str]:
    """What Discord would refuse in the choices of an option, or of an autocompletion."""
    yield from _over(where, len(choices or []), 25, "choices")
    for path, choice in _each(where, choices):
        for key in ("name", "value"):
            yield from _over(f"{path}.{key}", units(choice.get(key)), 100)


def command_violations(commands: list[Json]) -> Iterator[str]:
    """What Discord would refuse in the definitions of an application's commands."""
    counts = Counter(command.get("type") or 1 for command in commands)
    for kind, limit in COMMANDS.items():
        yield from _over("commands", counts[kind], limit, f"commands of type {kind}")
    for where, command in _each("commands", commands):
        yield from _definition_violations(where, command)
        yield from _over(where, _command_length(command), WHOLE_COMMAND, "characters in all")


def _definition_violations(where: str, definition: Json) -> Iterator[str]:
    """Of a command, or of a group, a subcommand or an option in it."""
    yield from _over(f"{where}.name", _longest(definition, "name"), 32)
    yield from _over(f"{where}.description", _longest(definition, "description"), 100)
    yield from _over(f"{where}.options", len(definition.get("options") or []), 25, "options")
    yield from choice_violations(f"{where}.choices", definition.get("choices"))
    for path, option in _each(f"{where}.options", definition.get("options")):
        yield from _definition_violations(path, option)


def _command_length(definition: Json) -> int:
    inner = [*(definition.get("options") or []), *(definition.get("choices") or [])]
    own = _longest(definition, "name") + _longest(definition, "description") + units(definition.get("value"))
    return own + sum(map(_command_length, inner))


def _longest(definition: Json, key: str) -> int:
    """Of a name or description and its localisations Discord counts the longest."""
    localised = definition.get(f"{key}_localizations") or {}
    return max(map(units, [definition.get(key), *localised.values()]))
