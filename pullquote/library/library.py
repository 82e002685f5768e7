"""The corpus in force and how it is replaced: read the source, build beside it, save, swap a reference."""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from pullquote.library.building import Builder, shelf_name
from pullquote.library.errors import NoArticlesError, ReloadCancelledError, ReloadInProgressError
from pullquote.library.problems import Problem, Remark
from pullquote.library.reading import read_source
from pullquote.library.reload import Changes, Reload
from pullquote.library.remembering import RememberingReader
from pullquote.library.sources.folder import FolderSource
from pullquote.library.sources.source import ArticleSource
from retrieval.encoding.encoder import Encoder
from retrieval.errors import CorpusError, Reason
from retrieval.progress import Progress, Step
from retrieval.reading.reader import ArticleReader
from retrieval.search.corpus import Corpus


@dataclass(frozen=True, slots=True)
class _Started:
    """Who started the reload that is running, and when."""

    by: str
    at: dt.datetime


class Library:
    """Serves the articles of one source. `corpus` is the corpus in force: take it once per question."""

    def __init__(self, source: ArticleSource, shelf: Path, encoder: Encoder, corpus: Corpus | None = None) -> None:
        self.source = source
        self.shelf = shelf
        self.encoder = encoder
        self._corpus = corpus
        self._builder = Builder(shelf)
        self._problems: tuple[Problem, ...] = ()
        self.remarks: tuple[Remark, ...] = ()
        """What is good to know of the source as it was last read."""
        self._lock = threading.Lock()
        self._running: _Started | None = None
        self._replacing = threading.Lock()
        """Held by the thread that may put another corpus in force."""
        self._closing = threading.Event()
        self._reader: ArticleReader = RememberingReader(encoder.measure, shelf / "refused.json")

    @classmethod
    def open(cls, folder: Path, data: Path, encoder: Encoder, progress: Progress | None = None) -> Library:
        """The library of a folder, opened as `of` does it.

        `data` is the folder for files derived from articles; each corpus folder has its own shelf in it.
        """
        return cls.of(FolderSource(folder), data / shelf_name(folder), encoder, progress)

    @classmethod
    def of(cls, source: ArticleSource, shelf: Path, encoder: Encoder, progress: Progress | None = None) -> Library:
        """Load the corpus saved on a shelf and bring it up to date. Raises CorpusError if nothing can be read."""
        library = cls(source, shelf, encoder)
        with library._replacing:
            library._corpus = library._builder.load(encoder)
            library._refresh(progress, must_save=False)
        return library

    @property
    def corpus(self) -> Corpus:
        """The corpus in force."""
        if self._corpus is None:
            raise CorpusError("no-corpus-yet")
        return self._corpus

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the source when it was last read, and a problem if the index could not be saved."""
        if self._builder.unsaved is None:
            return self._problems
        return (*self._problems, Problem(None, Reason.of("index-not-saved", reason=self._builder.unsaved)))

    @property
    def saved(self) -> bool:
        """Whether the next start finds the corpus in force on the disk."""
        return self._builder.unsaved is None

    def reload(self, started_by: str, progress: Progress | None = None) -> Reload:
        """Take in what changed in the source. On any error nothing changes.

        Raises ReloadInProgressError during another reload, CorpusError if nothing is left to serve or the corpus
        cannot be saved, and ReloadCancelledError after `close`.
        """
        with self._lock:
            if self._running is not None:
                raise ReloadInProgressError(self._running.by, self._running.at)
            self._running = _Started(started_by, dt.datetime.now(dt.UTC))
        try:
            with self._replacing:
                return self._refresh(progress, must_save=True)
        finally:
            self._running = None

    def mended(self, corpus: Corpus) -> Corpus:
        """A corpus in place of a corpus whose words' vectors somebody damaged on the disk.

        The first thread that meets the damage builds it anew from the same articles; other threads wait.
        """
        with self._replacing:
            if self._corpus is corpus:
                self._corpus = self._builder.rebuild(self.encoder, corpus)
            return self.corpus

    def save_again(self) -> None:
        """Save the corpus in force if saving failed before. A reload under way saves the corpus itself."""
        if not self.saved and self._replacing.acquire(blocking=False):
            try:
                self._corpus = self._builder.save(self.corpus)
            finally:
                self._replacing.release()

    def close(self) -> None:
        """Make a reload under way give up: at once while it reads a file, otherwise at its next step."""
        self._closing.set()
        self._reader.stop()

    def watched(self, progress: Progress | None) -> Progress:
        """The same progress, which raises ReloadCancelledError once the library is closed."""

        def watched(step: Step, done: int, total: int) -> None:
            if self._closing.is_set():
                raise ReloadCancelledError
            if progress is not None:
                progress(step, done, total)

        return watched

    def _refresh(self, progress: Progress | None, *, must_save: bool) -> Reload:
        started = time.perf_counter()
        previous = self._corpus
        old = {article.file: article for article in previous.articles} if previous else {}
        watched = self.watched(progress)
        with self._reader:
            reading = read_source(self.source, self._reader, old, watched)
        if not reading.articles:
            raise NoArticlesError(self.source.name, (*reading.problems, *reading.remarks))
        encoded, reused = 0, len(previous.layout.passages) if previous else 0
        if previous is None or reading.articles != previous.articles:
            built = self._builder.build(self.encoder, reading.articles, previous, watched, must_save=must_save)
            self._corpus = self._builder.save(built.corpus, must_save=must_save)
            encoded, reused = built.encoded, built.reused
        elif not self.saved:
            self._corpus = self._builder.save(previous)
        self._problems, self.remarks = reading.problems, reading.remarks
        return Reload(
            Changes.between(old.values(), reading.articles),
            passages_encoded=encoded,
            passages_reused=reused,
            seconds=time.perf_counter() - started,
            problems=self.problems,
            remarks=self.remarks,
        )
