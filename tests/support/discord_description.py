"""The small schema of the bodies that Pullquote sends, made from Discord's OpenAPI description of its whole API.

`python -m tests.support.discord_description` says what `discord_bodies.json` and the description beside
the project differ in; with `--write` it makes the schema anew.
"""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("discord_bodies.json")
DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "discord-openapi.json"

# Of a webhook's message `{message_id}` may be `@original`: both have the same body.
OPERATIONS = (
    "POST /users/@me/channels",
    "POST /channels/{channel_id}/messages",
    "PATCH /channels/{channel_id}/messages/{message_id}",
    "POST /channels/{channel_id}/threads",
    "POST /interactions/{interaction_id}/{interaction_token}/callback",
    "POST /webhooks/{webhook_id}/{webhook_token}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
    "PUT /applications/{application_id}/commands",
    "PUT /applications/{application_id}/guilds/{guild_id}/commands",
)

# What the bot never sends. A body that holds any of it is at fault until its line goes and the schema is made anew.
NEVER_SENT = frozenset(
    f"#/components/schemas/{name}"
    for name in (
        "LaunchActivityInteractionCallbackRequest",
        "SocialLayerSKUPurchaseEligibilityInteractionCallbackRequest",
        "PollCreateRequest",
        "CustomClientThemeShareRequest",
        *(
            f"{kind}SelectComponentFor{surface}Request"
            for kind in ("Channel", "Mentionable", "Role", "User")
            for surface in ("Message", "Modal")
        ),
        "FileComponentForMessageRequest",
        "MediaGalleryComponentForMessageRequest",
        "SeparatorComponentForMessageRequest",
        "ThumbnailComponentForMessageRequest",
        "CheckboxComponentForModalRequest",
        "CheckboxGroupComponentForModalRequest",
        "FileUploadComponentForModalRequest",
        "RadioGroupComponentForModalRequest",
        *(f"ApplicationCommand{kind}Option" for kind in ("Mentionable", "Number", "User")),
    )
)

# The keywords that say which bodies fit. All others describe; `allOf` only names the list that an `enum` chooses from.
_FACTS = frozenset(
    "$ref additionalProperties anyOf const enum items maxItems maxLength maxProperties maximum minItems minLength "
    "minimum oneOf pattern properties required type uniqueItems".split()
)
_CHECKED_FORMATS = frozenset({"date-time", "snowflake", "uri"})


def small_schema(description: Mapping[str, Any]) -> dict[str, Any]:
    """The facts about the bodies of our operations: under `operations` by method and path, under `$defs` by name."""
    operations, named = {}, description["components"]["schemas"]
    for operation in OPERATIONS:
        method, path = operation.split()
        body = description["paths"][path][method.lower()]["requestBody"]
        operations[operation] = _facts(body["content"]["application/json"]["schema"])
    definitions: dict[str, Any] = {}
    missing = set(_references(operations))
    while missing:
        added = {name: _facts(named[name]) for name in missing}
        definitions |= added
        missing = set(_references(added)) - definitions.keys()
    return {"operations": operations, "$defs": dict(sorted(definitions.items()))}


def _facts(schema: Mapping[str, Any]) -> dict[str, Any]:
    facts = {key: _fact(key, value) for key, value in schema.items() if key in _FACTS}
    if schema.get("format") in _CHECKED_FORMATS:
        facts["format"] = schema["format"]
    values = [branch.get("const") for branch in facts.get("oneOf", [])]
    if values and None not in values:  # a list of values, each with its name
        facts["enum"] = values
        del facts["oneOf"]
    return facts


def _fact(key: str, value: Any) -> Any:
    if key == "$ref":
        return f"#/$defs/{value.rpartition('/')[2]}"
    if key == "properties":
        return {name: _facts(schema) for name, schema in value.items()}
    if key in ("anyOf", "oneOf"):
        return [_facts(branch) for branch in value if branch.get("$ref") not in NEVER_SENT]
    return _facts(value) if isinstance(value, Mapping) else value


def _references(schema: Any) -> Iterator[str]:
    """The names of the definitions that a schema refers to."""
    if isinstance(schema, Mapping):
        if isinstance(name := schema.get("$ref"), str):
            yield name.rpartition("/")[2]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)


def as_text(schema: Mapping[str, Any]) -> str:
    """JSON with a line for each operation and each definition, so that a change shows where it is."""
    blocks = (
        f"{json.dumps(key)}: {{\n"
        + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in part.items())
        + "\n}"
        for key, part in schema.items()
    )
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def differences() -> list[str]:
    """The lines that differ: `-` before what the project has, `+` before what the description says."""
    kept = SCHEMA.read_text(encoding="utf-8").splitlines()
    return list(difflib.unified_diff(kept, _described().splitlines(), n=0, lineterm=""))


def _described() -> str:
    return as_text(small_schema(json.loads(DESCRIPTION.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    if "--write" in sys.argv:
        SCHEMA.write_text(_described(), encoding="utf-8")
    sys.exit("\n".join(differences()) or None)
