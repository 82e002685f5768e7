"""Who and what there is in the loopback Discord: one bot, one member, one guild with one text channel."""

from __future__ import annotations

import itertools
import time
from typing import Any

JSON = dict[str, Any]

GUILD_ID = "1100000000000000001"
BOT_ID = "1100000000000000002"  # also the application's id, as for every bot made since 2016
MEMBER_ID = "1100000000000000003"
CHANNEL_ID = "1100000000000000004"
DM_ID = "1100000000000000005"
BOT_ROLE_ID = "1100000000000000006"
TEAM_ID = "1100000000000000007"
OTHER_ID = "1100000000000000008"
KEEPERS_ID = "1100000000000000009"

# View channel, send messages, embed links, read message history, use application commands, send messages in threads.
PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 16 | 1 << 31 | 1 << 38)

_DISCORD_EPOCH_MS = 1_420_070_400_000
_serial = itertools.count()


def snowflake() -> str:
    """A new id that carries the time, as discord.py reads the age of a message or an interaction from it."""
    return str((int(time.time() * 1000) - _DISCORD_EPOCH_MS) << 22 | next(_serial) & 0x3FFFFF)


def user(user_id: str, username: str, *, bot: bool = False) -> JSON:
    """A user as every payload embeds it."""
    return {
        "id": user_id,
        "username": username,
        "global_name": None,
        "discriminator": "0",
        "avatar": None,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
        "bot": bot,
    }


BOT = user(BOT_ID, "pullquote", bot=True)
MEMBER = user(MEMBER_ID, "member")


def membership(*roles: str) -> JSON:
    """A guild member without the user in it, as messages carry it."""
    return {
        "roles": list(roles),
        "nick": None,
        "avatar": None,
        "banner": None,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "communication_disabled_until": None,
        "pending": False,
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def role(role_id: str, name: str) -> JSON:
    """A role with the permissions that everyone has here."""
    return {
        "id": role_id,
        "name": name,
        "permissions": PERMISSIONS,
        "position": int(role_id != GUILD_ID),
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role_id == BOT_ROLE_ID,
        **({"tags": {"bot_id": BOT_ID}} if role_id == BOT_ROLE_ID else {}),
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def text_channel() -> JSON:
    """The guild's one text channel."""
    return {
        "id": CHANNEL_ID,
        "guild_id": GUILD_ID,
        "type": 0,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
        "topic": None,
        "nsfw": False,
        "parent_id": None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def denied(*permissions: int) -> JSON:
    """A channel's overwrite that takes these permissions (bits) from the bot."""
    return {"id": BOT_ID, "type": 1, "allow": "0", "deny": str(sum(1 << bit for bit in permissions))}


def thread(parent_id: str) -> JSON:
    """What a public thread has that a text channel does not."""
    return {
        "type": 11,
        "name": "A thread",
        "parent_id": parent_id,
        "owner_id": MEMBER_ID,
        "message_count": 1,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2024-01-01T00:00:00+00:00",
            "locked": False,
        },
    }


def guild() -> JSON:
    """GUILD_CREATE."""
    return {
        "id": GUILD_ID,
        "name": "Loopback",
        "owner_id": MEMBER_ID,
        "unavailable": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "large": False,
        "member_count": 2,
        "preferred_locale": "en-US",
        "roles": [role(GUILD_ID, "@everyone"), role(BOT_ROLE_ID, "pullquote"), role(KEEPERS_ID, "Keepers")],
        "channels": [text_channel()],
        "members": [{"user": BOT, **membership(BOT_ROLE_ID)}],
        "features": [],
        "emojis": [],
        "stickers": [],
        "threads": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
