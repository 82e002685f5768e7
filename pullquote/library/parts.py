"""The parts of corpora that only some may ask, kept as long as their corpora are in force."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from retrieval.encoding.encoder import Encoder
from retrieval.errors import CorpusError
from retrieval.search.corpus import Corpus
from retrieval.search.part import part_of

MOST_PARTS = 16
"""How many parts of a corpus are kept: those that were asked last."""

_WHOLE: tuple[frozenset[str], str | None] = frozenset(), None


@dataclass(slots=True)
class _OfCorpus:
    """The parts of one corpus, in the order in which they were asked last.

    They go by the tags that they are without, and by the digest of the article that they are alone, or None.
    """

    tags: frozenset[str]
    """All tags of its articles."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    """Held by the thread that makes a part: others wait for it instead of making it, too."""
    known: dict[tuple[frozenset[str], str | None], Corpus | None] = field(default_factory=dict)
    """None where no article is left."""


class Parts:
    """Corpora without the articles of some tags, or with a single article, for any thread."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._parts: WeakKeyDictionary[Corpus, _OfCorpus] = WeakKeyDictionary()

    def of(self, corpus: Corpus, withheld: frozenset[str], article: str | None = None) -> Corpus:
        """A corpus without the articles that have one of these tags; with `article` that of this digest alone.

        Raises CorpusError if no article is left.
        """
        parts = self._of_corpus(corpus)
        key = withheld & parts.tags, article
        if key == _WHOLE:
            return corpus
        with parts.lock:
            part = parts.known.pop(key) if key in parts.known else self._made(corpus, *key)
            parts.known[key] = part
            if len(parts.known) > MOST_PARTS:
                parts.known.pop(next(iter(parts.known)))
        if part is None:
            raise CorpusError("guild-without-articles")
        return part

    def is_ready(self, corpus: Corpus, withheld: frozenset[str], article: str | None = None) -> bool:
        """Whether `of` need not make anything."""
        parts = self._of_corpus(corpus)
        key = withheld & parts.tags, article
        return key == _WHOLE or key in parts.known

    def memory(self, corpus: Corpus) -> int:
        """About how many bytes the parts of a corpus take in memory."""
        return sum(part.memory for part in list(self._of_corpus(corpus).known.values()) if part is not None)

    def _of_corpus(self, corpus: Corpus) -> _OfCorpus:
        with self._lock:
            if (parts := self._parts.get(corpus)) is None:
                # Nothing of what is kept here may hold the corpus, which would then be held for ever.
                parts = _OfCorpus(frozenset(tag for article in corpus.articles for tag in article.tags))
                self._parts[corpus] = parts
            return parts

    def _made(self, corpus: Corpus, withheld: frozenset[str], alone: str | None) -> Corpus | None:
        kept = [
            number
            for number, article in enumerate(corpus.articles)
            if withheld.isdisjoint(article.tags) and alone in (None, article.digest)
        ]
        return part_of(corpus, kept, self._encoder) if kept else None
