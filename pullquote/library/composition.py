"""What a guild's corpus is made of: the shared articles, if the guild asks them, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePosixPath

from retrieval.article import Article
from retrieval.search.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a guild has at one point in time: whether it asks the shared articles, too, and its own by their names."""

    shares: bool
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Composition:
    """The articles of a corpus by what they are known by: their files' names and their digests."""

    shares: bool
    """Whether the guild asks the shared articles."""
    shared: frozenset[tuple[str, str]]
    own: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, shared: Iterable[Article], holdings: Holdings) -> Composition:
        """The composition of a guild's own articles and, if the guild asks them, of the shared articles."""
        own = holdings.digests
        known = {article.file: article.digest for article in shared} if holdings.shares else {}
        names = apart(known, own)
        told = frozenset((names[file], digest) for file, digest in own.items())
        return cls(holdings.shares, frozenset(known.items()), told)

    @property
    def is_shared_alone(self) -> bool:
        """Whether the shared corpus serves the guild as it is."""
        return self.shares and not self.own

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return not (self.shared or self.own)

    def is_of(self, corpus: Corpus) -> bool:
        """Whether a corpus is made of these articles."""
        return self.shared | self.own == {(article.file, article.digest) for article in corpus.articles}


@dataclass(frozen=True, slots=True)
class ArticleName:
    """What an article is called where it is from: in the folder if it is `shared`, or among a guild's own."""

    shared: bool
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the articles of a guild's corpus are called where they are from. The corpus may tell them apart."""

    shared: frozenset[str]
    own: Mapping[str, str]
    """The names of the guild's own articles, by what the corpus calls them."""

    @classmethod
    def of(cls, shared: Iterable[str], own: Iterable[str]) -> Names:
        """The names of a corpus of shared articles and of a guild's own, both by where they are from."""
        taken = frozenset(shared)
        return cls(taken, {told: name for name, told in apart(taken, own).items()})

    def origin(self, file: str) -> ArticleName:
        """What an article is called where it is from, by what the corpus calls it.

        An article that is in the corpus no longer was the guild's own.
        """
        return ArticleName(True, file) if file in self.shared else ArticleName(False, self.own.get(file, file))


def composed(shared: Sequence[Article], own: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of a guild's corpus, in the order of their names: no two have the same."""
    names = apart({article.file for article in shared}, [article.file for article in own])
    renamed = [replace(article, file=names[article.file]) for article in own]
    return tuple(sorted((*shared, *renamed), key=lambda article: article.file))


def apart(taken: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Each name as it is told from the names taken: "faq.md" is "faq (2).md" where there is a "faq.md"."""
    names, taken = list(names), {*taken}
    used = {*taken, *names}
    told: dict[str, str] = {}
    for name in names:
        told[name] = next(choice for choice in _choices(name) if choice not in used) if name in taken else name
        used.add(told[name])
    return told


def _choices(name: str) -> Iterator[str]:
    path = PurePosixPath(name)
    return (str(path.with_name(f"{path.stem} ({number}){path.suffix}")) for number in count(2))
