"""The corpora of guilds: a guild asks the operator's articles, which all guilds share, together with its own.

What a guild owns is told by its state (see GuildArticles); a corpus is derived from it and kept on a shelf of the
guild's own. It is loaded when the guild first asks, and leaves the memory again when others need the room.
"""

from __future__ import annotations

import logging
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pullquote.library.building import Builder
from pullquote.library.composition import Composition, Holdings, composed
from pullquote.library.library import Library
from pullquote.library.parts import Parts
from pullquote.library.progress import ProgressLog
from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.errors import CorpusError, PullquoteError
from retrieval.progress import Progress
from retrieval.search.corpus import Corpus

log = logging.getLogger(__name__)


class GuildArticles(Protocol):
    """What each guild owns, by the state. All methods raise PullquoteError if the state cannot be read."""

    def holdings(self, guild: int) -> Holdings:
        """Whether the guild asks the operator's articles, too, and the digests of its own by their files' names."""
        ...

    def articles(self, guild: int) -> tuple[Article, ...]:
        """The guild's own articles. Their `digest` changes with whatever of them changes."""
        ...


@dataclass(slots=True)
class _Held:
    """What the memory holds of one guild."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    """Held by the thread that loads or builds the guild's corpus."""
    entering: threading.Lock = field(default_factory=threading.Lock)
    """Held by whoever asks and finds that something has changed, so that others who ask wait for what it finds."""
    corpus: Corpus | None = None
    """The guild's corpus in force; None for a guild that asks the shared corpus as it is."""
    composition: Composition | None = None
    """What `corpus` should be made of, as far as is known; None if the guild has not asked yet."""
    shared: Corpus | None = None
    """The shared corpus that `composition` goes by."""


class Guilds:
    """The corpora of all guilds. Every method may be called from any thread, and works on the disk."""

    def __init__(self, shared: Library, own: GuildArticles, shelves: Path, memory: int) -> None:
        """`shelves` holds a folder for each guild; `memory` is how many bytes guilds' own corpora may take."""
        self.shared = shared
        self._own = own
        self._shelves = shelves
        self._memory = memory
        self._lock = threading.Lock()
        self._held: dict[int, _Held] = {}
        self._building: set[int] = set()
        self._closed = False
        self._parts = Parts(shared.encoder)
        # One corpus is built at a time: the encoder uses all cores.
        self._background = ThreadPoolExecutor(1, "build")

    def part(self, corpus: Corpus, withheld: frozenset[str], article: str | None = None) -> Corpus:
        """A corpus in force without the articles of some tags, or of it one article alone, by its digest.

        Raises CorpusError if that leaves nothing to ask.
        """
        return self._parts.of(corpus, withheld, article)

    def is_ready(self, guild: int | None, withheld: frozenset[str], article: str | None = None) -> bool:
        """Whether `corpus` and `part` need neither load nor make anything."""
        held = None if guild is None else self._held.get(guild)
        if guild is not None and (held is None or held.shared is not self.shared.corpus):
            return False
        corpus = held.corpus if held is not None else None
        return self._parts.is_ready(corpus or self.shared.corpus, withheld, article)

    def corpus(self, guild: int | None) -> Corpus:
        """The corpus in force for a guild, or for direct messages, which ask what all guilds share.

        A corpus that is out of date is built anew in the background, and the old corpus answers meanwhile. Raises
        CorpusError if the guild has no corpus yet, or nothing to ask.
        """
        if guild is None:
            return self.shared.corpus
        held = self._touched(guild)
        if held.shared is not self.shared.corpus:
            self._enter(guild, held)
        return self._in_force(held)

    def update(self, guild: int, progress: Progress | None = None) -> None:
        """Put what the state says of a guild into force. Raises CorpusError, and whatever `progress` raises.

        Until then, and after an error, the old corpus answers.
        """
        held = self._touched(guild)
        with held.lock:
            try:
                self._build(guild, held, progress)
            except BaseException:
                held.shared = None  # whoever asks next has it tried again
                raise
        self._make_room(guild)

    def mended(self, guild: int | None, corpus: Corpus) -> Corpus:
        """A corpus in place of a corpus whose words' vectors somebody damaged on the disk. Raises what `corpus` raises.

        The guild's corpus may have been let go meanwhile, or its articles changed.
        """
        if guild is None:
            return self.shared.mended(corpus)
        held = self._touched(guild)
        with held.lock:
            if held.shared is None:
                self._bring_in(guild, held)
            if held.corpus is corpus or (held.corpus is None and self._is_own(held, corpus)):
                held.corpus = self._builder(guild).rebuild(self.shared.encoder, corpus)
            mended = self._in_force(held)
        self._make_room(guild)
        return self.shared.mended(corpus) if mended is self.shared.corpus else mended

    def forget(self, guild: int) -> None:
        """Remove the corpus of a guild that has left for good."""
        with self._lock:
            self._held.pop(guild, None)
        shutil.rmtree(self._shelf(guild), ignore_errors=True)

    def loaded(self) -> frozenset[int]:
        """The guilds whose own corpora are in memory."""
        with self._lock:
            return frozenset(guild for guild, held in self._held.items() if held.corpus is not None)

    def settle(self) -> None:
        """Wait until nothing is being built in the background."""
        self._background.submit(lambda: None).result()

    def close(self) -> None:
        """Start no more builds in the background. Builds under way give up once the shared library is closed."""
        with self._lock:
            self._closed = True
        self._background.shutdown(wait=False, cancel_futures=True)

    def _in_force(self, held: _Held) -> Corpus:
        """What a guild asks. Raises CorpusError."""
        if held.corpus is not None:
            return held.corpus
        if held.composition is not None and held.composition.is_empty:
            raise CorpusError("guild-without-articles")
        if held.composition is None or not held.composition.shares:
            raise CorpusError("guild-corpus-in-the-making")
        return self.shared.corpus

    def _is_own(self, held: _Held, corpus: Corpus) -> bool:
        """Whether a corpus is what the guild should ask, and not the shared corpus."""
        wanted = held.composition
        return wanted is not None and not wanted.is_shared_alone and wanted.is_of(corpus)

    def _enter(self, guild: int, held: _Held) -> None:
        """Bring a guild's corpus in, unless somebody has just done that, or is building it."""
        with held.entering:
            if held.shared is self.shared.corpus or not held.lock.acquire(blocking=False):
                return
            try:
                self._bring_in(guild, held)
            finally:
                held.lock.release()
        self._make_room(guild)

    def _bring_in(self, guild: int, held: _Held) -> None:
        """Load what the guild's shelf has; what it lacks is built in the background."""
        shared = self.shared.corpus
        try:
            held.composition = self._composition(guild, shared)
        except PullquoteError as error:
            if held.corpus is None:
                raise
            log.warning("Guild %s asks its corpus of before: %s", guild, for_operators(error))
            return
        held.shared = shared
        if held.composition.is_shared_alone or held.composition.is_empty:
            held.corpus = None
            return
        if held.corpus is None:
            held.corpus = self._builder(guild).load(self.shared.encoder)
        if held.corpus is None or not held.composition.is_of(held.corpus):
            self._build_later(guild)

    def _build_later(self, guild: int) -> None:
        with self._lock:
            if guild not in self._building and not self._closed:
                self._building.add(guild)
                self._background.submit(self._build_in_background, guild)

    def _build_in_background(self, guild: int) -> None:
        with self._lock:
            self._building.discard(guild)
        try:
            self.update(guild, ProgressLog())
        except Exception:
            log.exception("The corpus of guild %s could not be built; the guild asks what it asked before", guild)

    def _build(self, guild: int, held: _Held, progress: Progress | None) -> None:
        shared = self.shared.corpus
        composition = self._composition(guild, shared)
        if composition.is_shared_alone or composition.is_empty:
            held.corpus = None
        else:
            builder = self._builder(guild)
            previous = held.corpus or builder.load(self.shared.encoder)
            if previous is None or not composition.is_of(previous):
                articles = composed(shared.articles if composition.shares else (), self._own.articles(guild))
                built = builder.build(self.shared.encoder, articles, previous or shared, self.shared.watched(progress))
                previous = builder.save(built.corpus)
            held.corpus = previous
        held.composition, held.shared = composition, shared

    def _composition(self, guild: int, shared: Corpus) -> Composition:
        return Composition.of(shared.articles, self._own.holdings(guild))

    def _touched(self, guild: int) -> _Held:
        """What is held of a guild, which is now the guild that asked last."""
        with self._lock:
            held = self._held.pop(guild, None) or _Held()
            self._held[guild] = held
            return held

    def _make_room(self, guild: int) -> None:
        """Let go the corpora of the guilds that asked longest ago, until the rest fits; never that of this guild."""
        with self._lock:
            room = self._memory
            for other, held in reversed(list(self._held.items())):
                if held.corpus is not None:
                    room -= held.corpus.memory + self._parts.memory(held.corpus)
                    if room < 0 and other != guild:
                        del self._held[other]

    def _builder(self, guild: int) -> Builder:
        return Builder(self._shelf(guild))

    def _shelf(self, guild: int) -> Path:
        return self._shelves / str(guild)
