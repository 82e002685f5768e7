"""What guilds own, as a test writes it by hand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pullquote.library.composition import Holdings
from retrieval.article import Article
from retrieval.errors import PullquoteError
from tests.support.fake_encoder import article
from tests.support.libraries import FILES

ONE, TWO = 111_111_111_111_111_111, 222_222_222_222_222_222
SHARED = sorted(FILES)
PLENTY = 1 << 30


def made(file: str, text: str, digest: str) -> Article:
    return replace(article(text, file), digest=digest)


DEER = made("deer.md", "Deer doze.", "1")
EELS = made("eels.md", "Eels eat.", "2")
OTHER_BEES = made("bees.txt", "Bees buzz.", "3")


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
