"""The JSON that the loopback Discord answers and dispatches."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from .world import (
    BOT,
    BOT_ID,
    BOT_ROLE_ID,
    CHANNEL_ID,
    GUILD_ID,
    JSON,
    MEMBER,
    TEAM_ID,
    membership,
    snowflake,
    user,
)

EPHEMERAL, LOADING = 1 << 6, 1 << 7
_EMPTY_MESSAGE: JSON = {"content": "", "embeds": [], "components": [], "flags": 0}


def me() -> JSON:
    """GET /users/@me."""
    return {**BOT, "mfa_enabled": False, "locale": "en-US"}


def application() -> JSON:
    """GET /oauth2/applications/@me."""
    return {
        "id": BOT_ID,
        "name": "Pullquote",
        "description": "",
        "type": None,
        "icon": None,
        "owner": MEMBER,
        "team": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
    }


def team(owner_id: str, *members: tuple[str, int, str]) -> JSON:
    """A team for the application: its owner, and each member's id, state (1 invited, 2 accepted) and role."""
    return {
        "id": TEAM_ID,
        "name": "Keepers",
        "icon": None,
        "owner_user_id": owner_id,
        "members": [
            {
                "user": user(user_id, "somebody"),
                "team_id": TEAM_ID,
                "membership_state": state,
                "role": role,
                "permissions": ["*"],
            }
            for user_id, state, role in members
        ],
    }


def gateway_bot(url: str) -> JSON:
    """GET /gateway/bot: one shard, no limit near."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": url, "shards": 1, "session_start_limit": limit}


def command(body: JSON) -> JSON:
    """A registered command, from what the bot sent to register it."""
    defaults = {"type": 1, "description": "", "default_member_permissions": None}
    return {**defaults, **body, "id": snowflake(), "application_id": BOT_ID, "version": snowflake()}


def ready(session_id: str, resume_url: str, shard: list[int]) -> JSON:
    """READY, with the guild still to come."""
    return {
        "v": 10,
        "user": me(),
        "guilds": [{"id": GUILD_ID, "unavailable": True}],
        "session_id": session_id,
        "resume_gateway_url": resume_url,
        "shard": shard,
        "application": {"id": BOT_ID, "flags": 0},
    }


def now() -> str:
    """The time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def written(body: Mapping[str, Any]) -> JSON:
    """The parts of a message that a request sets; a null empties its part."""
    parts = {
        part: empty if body[part] is None else body[part] for part, empty in _EMPTY_MESSAGE.items() if part in body
    }
    files = (
        {"attachments": [attached(file["filename"]) for file in body["attachments"]]} if "attachments" in body else {}
    )
    return {**parts, **files}


def attached(name: str) -> JSON:
    """An attachment, whose content is nowhere to be had."""
    url = f"https://cdn.invalid/{name}"
    return {"id": snowflake(), "filename": name, "size": 1, "url": url, "proxy_url": url, "ephemeral": True}


def message(author: JSON, body: Mapping[str, Any], *, channel_id: str = CHANNEL_ID, **extra: Any) -> JSON:
    """A message as Discord stores and returns it, from the body that posted it."""
    return {
        **_EMPTY_MESSAGE,
        "id": snowflake(),
        "type": 0,
        "channel_id": channel_id,
        "author": author,
        "attachments": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "timestamp": now(),
        "edited_timestamp": None,
        **written(body),
        **extra,
    }


def posted(body: JSON, channel_id: str) -> JSON:
    """What POST /channels/{id}/messages returns; a reply keeps its reference, its ids as strings."""
    reference = body.get("message_reference")
    if reference is None:
        return message(BOT, body, channel_id=channel_id)
    ids = {key: str(reference[key]) for key in ("message_id", "channel_id", "guild_id") if key in reference}
    return message(BOT, body, channel_id=channel_id) | {"type": 19, "message_reference": {"type": 0, **ids}}


def mention(text: str, *, channel_id: str, guild_id: str, author: JSON = MEMBER) -> JSON:
    """MESSAGE_CREATE: somebody mentions the bot, so the content comes without the privileged intent."""
    return message(
        author,
        {"content": f"<@{BOT_ID}> {text}"},
        channel_id=channel_id,
        guild_id=guild_id,
        member=membership(),
        mentions=[{**BOT, "member": membership(BOT_ROLE_ID)}],
    )


def chatter(*, channel_id: str, guild_id: str, content: str = "", roles: Sequence[str] = ()) -> JSON:
    """MESSAGE_CREATE: the member writes to somebody else, or to roles, so the content is kept from the bot."""
    event = message(MEMBER, {"content": content}, channel_id=channel_id, guild_id=guild_id, member=membership())
    return {**event, "mention_roles": list(roles)}


def error(code: int, text: str) -> JSON:
    """The body of every refused request."""
    return {"message": text, "code": code}


def rate_limited(retry_after: float, *, everywhere: bool) -> tuple[dict[str, str], JSON]:
    """The headers and the body of a 429; seconds. Without Via discord.py takes it for a ban and gives up."""
    headers = {"Via": "1.1 google", "Retry-After": str(math.ceil(retry_after))}
    if everywhere:
        headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    else:
        headers |= {
            "X-RateLimit-Bucket": "loopback",
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(time.time() + retry_after),
            "X-RateLimit-Reset-After": str(retry_after),
            "X-RateLimit-Scope": "user",
        }
    text = "You are being rate limited."
    return headers, {"message": text, "code": 0, "retry_after": retry_after, "global": everywhere}
