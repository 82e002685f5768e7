"""INTERACTION_CREATE of every kind, without the id and token that the server gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .payloads import EPHEMERAL, message
from .world import (
    BOT,
    BOT_ID,
    CHANNEL_ID,
    DM_ID,
    GUILD_ID,
    JSON,
    MEMBER_ID,
    PERMISSIONS,
    membership,
    text_channel,
    user,
)

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
"""The kinds of interactions."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who does something and where: permissions and roles are those in the guild; without a guild it is a DM.

    Whoever has left the guild has no membership in it.
    """

    user_id: str = MEMBER_ID
    permissions: str = PERMISSIONS
    roles: tuple[str, ...] = ()
    guild_id: str | None = GUILD_ID
    has_left: bool = False

    @property
    def user(self) -> JSON:
        """The user as every payload embeds it."""
        return user(self.user_id, "member")


def ask(question: str, *, private: bool) -> JSON:
    """What is said in /ask, as `data`."""
    options: list[JSON] = [{"name": "question", "type": 3, "value": question}]
    if private:
        options.append({"name": "private", "type": 5, "value": True})
    return command("ask", options)


def command(name: str, options: Sequence[JSON]) -> JSON:
    """A command with its options, as `data`."""
    return {"name": name, "type": 1, "options": list(options)}


def subcommand(group: str, name: str, options: Sequence[JSON] = (), **resolved: Mapping[str, JSON]) -> JSON:
    """A subcommand with its options, as `data`: of a group in the group if `name` has two words.

    `resolved` is what options name by their ids: `attachments`, `channels` or `roles`.
    """
    inner: JSON = {"name": name.split()[-1], "type": 1, "options": list(options)}
    if " " in name:
        inner = {"name": name.split()[0], "type": 2, "options": [inner]}
    return {"name": group, "type": 1, "options": [inner]} | ({"resolved": resolved} if resolved else {})


def on_message(name: str, text: str) -> JSON:
    """A command on a message with this text, as `data`."""
    target = message(user(MEMBER_ID, "member"), {"content": text})
    return {"name": name, "type": 3, "target_id": target["id"], "resolved": {"messages": {target["id"]: target}}}


def button(custom_id: str) -> JSON:
    """A press of a button, as `data`."""
    return {"custom_id": custom_id, "component_type": 2}


def form(custom_id: str, fields: Mapping[str, str]) -> JSON:
    """A form that was filled in, as `data`."""
    rows = [{"type": 1, "components": [{"type": 4, "custom_id": key, "value": fields[key]}]} for key in fields]
    return {"custom_id": custom_id, "components": rows, "resolved": {}}


def with_buttons(*custom_ids: str, question: str | None = None) -> JSON:
    """A private message of the bot with these buttons, under an answer to a question if there is one."""
    buttons = [{"type": 2, "style": 2, "label": "Press", "custom_id": custom_id} for custom_id in custom_ids]
    rows = [{"type": 1, "components": buttons}] if buttons else []
    embeds = [{"title": question, "description": "> Words."}] if question else []
    return message(BOT, {"flags": EPHEMERAL, "components": rows, "embeds": embeds})


def interaction(kind: int, data: JSON, caller: Caller, shown: JSON | None = None) -> JSON:
    """What a caller does; `shown` is the message with the button that was pressed, or whose form was sent."""
    return {
        "application_id": BOT_ID,
        "type": kind,
        "version": 1,
        "data": data,
        "locale": "en-US",
        "app_permissions": PERMISSIONS,
        "attachment_size_limit": 10 * 1024 * 1024,
        "entitlements": [],
        **({} if shown is None else {"message": shown}),
        **(_in_dm(caller) if caller.guild_id is None else _in_guild(caller, caller.guild_id)),
    }


def _in_guild(caller: Caller, guild_id: str) -> JSON:
    member = {"user": caller.user, **membership(*caller.roles), "permissions": caller.permissions}
    return {
        "context": 0,
        "guild_id": guild_id,
        "guild": {"id": guild_id, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "channel_id": CHANNEL_ID,
        "channel": {**text_channel(), "guild_id": guild_id, "permissions": caller.permissions},
        **({"user": caller.user} if caller.has_left else {"member": member}),
        "authorizing_integration_owners": {"0": guild_id},
    }


def _in_dm(caller: Caller) -> JSON:
    return {
        "context": 1,
        "channel_id": DM_ID,
        "channel": {"id": DM_ID, "type": 1, "last_message_id": None, "flags": 0, "recipients": [caller.user]},
        "user": caller.user,
        "authorizing_integration_owners": {"0": "0"},
    }
