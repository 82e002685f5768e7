"""Tags and who may ask what has them, as moderators read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from pullquote.cogs.messages.markup import fitted, line
from pullquote.cogs.messages.reports import COLOUR
from pullquote.library.records import Asker, AskerKind, Scope
from pullquote.locales.english import counted
from retrieval.tags import LONGEST_TAG

_ROOM = 4000
_NO_SCOPES = (
    "Everybody may ask all articles. Give some a tag with /corpus tag, and say with /corpus scope allow "
    "who may ask what has it."
)
_RULES = (
    "In a channel everybody reads the answer: there only channels and categories count. Roles count for /ask with "
    "private: True. An article with several tags is for those who may ask all of them."
)


def mention(asker: Asker) -> str:
    """A channel, a category or a role as Discord shows it. In an embed it pings nobody."""
    return f"<#{asker.id}>" if asker.kind is AskerKind.CHANNEL else f"<@&{asker.id}>"


def tags_text(tags: Sequence[str], limit: int) -> str:
    """Tags one behind the other, of at most so many characters."""
    return f"tags: {line(', '.join(tags), limit)}"


def scope_embed(scope: Scope, articles: int) -> discord.Embed:
    """Who may ask what has a tag, which so many articles have."""
    embed = discord.Embed(title="Who may ask this tag", colour=COLOUR, description=_line(scope, articles))
    embed.set_footer(text=_RULES)
    return embed


def scopes_embed(scopes: Sequence[Scope], articles: Mapping[str, int]) -> discord.Embed:
    """Who may ask what, with the number of articles that have each tag."""
    lines = [f"- {_line(scope, articles.get(scope.tag, 0))}" for scope in scopes]
    embed = discord.Embed(title="Who may ask what", colour=COLOUR, description=fitted(lines or [_NO_SCOPES], _ROOM))
    embed.set_footer(text=_RULES)
    return embed


def _line(scope: Scope, articles: int) -> str:
    allowed = ", ".join(map(mention, scope.askers)) or "nobody"
    return f"**{line(scope.tag, LONGEST_TAG)}** ({counted(articles, 'article')}): {allowed}"
