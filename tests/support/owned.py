"""What guilds own, as a test writes it by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from pullquote.library.composition import Holdings
from retrieval.article import Article
from retrieval.errors import PullquoteError


@dataclass
class Owned:
    """GuildArticles that a test writes by hand."""

    own: dict[int, list[Article]] = field(default_factory=dict)
    alone: set[int] = field(default_factory=set)
    error: PullquoteError | None = None

    def holdings(self, guild: int) -> Holdings:
        if self.error is not None:
            raise self.error
        return Holdings(guild not in self.alone, {each.file: each.digest for each in self.own.get(guild, [])})

    def articles(self, guild: int) -> tuple[Article, ...]:
        return tuple(self.own.get(guild, []))
