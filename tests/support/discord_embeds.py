"""What an embed may be: within Discord's limits, and without any meaning that the bot did not give it."""

from __future__ import annotations

import re

import discord

from tests.support.discord_markdown import BOLD, LINK, TEXT, rendered
from tests.support.payload_limits import message_violations

BOTS_OWN = {TEXT, BOLD, LINK, "list", "quote", "struck out", "mention"}
_MENTION = re.compile(r"<@&?\d+>|<#\d+>|<t:\d+:[fR]>")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def check_embed(embed: discord.Embed) -> None:
    """Raises AssertionError unless an embed keeps Discord's limits and shows other people's text as mere text."""
    sent = embed.to_dict()
    assert list(message_violations({"embeds": [sent]}, edit=False)) == []
    for field in embed.fields:
        assert field.name
        assert field.value
        assert {span.kind for span in rendered(field.name)} == {TEXT}
    assert {span.kind for span in rendered(embed.title or "")} <= {TEXT}
    for text in (embed.description or "", *(field.value or "" for field in embed.fields)):
        spans = rendered(text)
        assert {span.kind for span in spans} <= BOTS_OWN, text
        assert all(_MENTION.fullmatch(span.text) for span in spans if span.kind == "mention")


def turning(embed: discord.Embed) -> list[str]:
    """The marks in an embed that turn the direction of what stands behind them."""
    return _TURNS.findall(str(embed.to_dict()))
