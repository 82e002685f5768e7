"""The corpus in force and how it is replaced: read the folder, build beside, save, swap one reference."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import re
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.article import Article
from retrieval.encoding.encoder import Encoder
from retrieval.errors import (
    ArticleError,
    CorpusError,
    NoArticlesError,
    NotSavedError,
    ReadingStoppedError,
    ReloadCancelledError,
    ReloadInProgressError,
    SnapshotError,
)
from retrieval.files import make_folder
from retrieval.progress import Progress, Step
from retrieval.reading.loaders import Problem, list_files, read_bytes, same_titles
from retrieval.reading.reader import ArticleReader
from retrieval.search import snapshot
from retrieval.search.building import Built, build_corpus
from retrieval.search.corpus import Corpus
from retrieval.search.shelf import tidy_at_start

log = logging.getLogger(__name__)

# What is still in the file is not trusted either, so nothing is taken over from it.
_DAMAGED = "The words' vectors in %s were damaged in use; the index is built anew."


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload did. The first four name articles; every problem names a file."""

    added: tuple[Article, ...]
    changed: tuple[Article, ...]
    removed: tuple[Article, ...]
    unchanged: tuple[Article, ...]
    passages_encoded: int
    passages_reused: int
    seconds: float
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The folder as read: the articles to serve from now on, and what could not be read."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Started:
    """Who started the reload that is running, and when."""

    by: str
    at: dt.datetime


class Library:
    """Serves one corpus folder. `corpus` is the snapshot in force: take it once per question."""

    def __init__(self, folder: Path, shelf: Path, encoder: Encoder, corpus: Corpus | None = None) -> None:
        self.folder = folder
        self.shelf = shelf
        self.encoder = encoder
        self._corpus = corpus
        self._problems: tuple[Problem, ...] = ()
        self._lock = threading.Lock()
        self._running: _Started | None = None
        self._replacing = threading.Lock()
        """Held by whoever may put another corpus in force."""
        self._unsaved: str | None = None
        """Why the corpus in force is not on the disk."""
        self._closing = threading.Event()
        self._reader = ArticleReader(encoder.measure)

    @classmethod
    def open(cls, folder: Path, data: Path, encoder: Encoder, progress: Progress | None = None) -> Library:
        """Load the saved corpus and bring it up to date with the folder. Raises CorpusError if nothing can be read.

        `data` is the folder for what is derived from articles; each corpus folder has its own shelf in it.
        """
        shelf = data / _shelf_name(folder)
        tidy_at_start(shelf)
        library = cls(folder, shelf, encoder, _saved(shelf, encoder))
        with library._replacing:
            library._refresh(progress, must_save=False)
        return library

    @property
    def corpus(self) -> Corpus:
        """The snapshot in force."""
        if self._corpus is None:
            raise CorpusError("No corpus has been loaded yet.")
        return self._corpus

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the last look at the folder found wrong, and whether the index could not be saved."""
        if self._unsaved is None:
            return self._problems
        reason = (
            f"could not be written ({self._unsaved}), so it is built anew at the next start; "
            "make room in the data folder, or mend its permissions"
        )
        return (*self._problems, Problem("the saved index", reason))

    @property
    def saved(self) -> bool:
        """Whether the next start finds the corpus in force on the disk."""
        return self._unsaved is None

    def reload(self, started_by: str, progress: Progress | None = None) -> Reload:
        """Take in what changed in the folder. On any error nothing changes.

        Raises ReloadInProgressError during another one, CorpusError if nothing is left to serve or it cannot be
        saved, and ReloadCancelledError after `close`.
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
        """A corpus in place of one whose words' vectors somebody damaged on the disk.

        It is built anew from the same articles, by the first who meets the damage; others wait.
        """
        with self._replacing:
            if self._corpus is corpus:
                log.warning(_DAMAGED, self.shelf)
                built = self._build(corpus.articles, None, None, must_save=False)
                self._corpus = self._saved(built.corpus, must_save=False)
            return self.corpus

    def save_again(self) -> None:
        """Save the corpus in force if that failed before. A reload under way does that itself."""
        if self._unsaved is not None and self._replacing.acquire(blocking=False):
            try:
                self._corpus = self._saved(self.corpus, must_save=False)
            finally:
                self._replacing.release()

    def close(self) -> None:
        """Make a reload under way give up: the file that is read at once, otherwise at its next step."""
        self._closing.set()
        self._reader.stop()

    def _refresh(self, progress: Progress | None, *, must_save: bool) -> Reload:
        started = time.perf_counter()
        previous = self._corpus
        old = {article.file: article for article in previous.articles} if previous else {}
        watched = self._watched(progress)
        with self._reader:
            reading = self._read(old, watched)
        if not reading.articles:
            raise NoArticlesError(self.folder, tuple(map(str, reading.problems)))
        new = {article.file: article for article in reading.articles}
        encoded, reused = 0, len(previous.layout.passages) if previous else 0
        if previous is None or reading.articles != previous.articles:
            built = self._build(reading.articles, previous, watched, must_save=must_save)
            self._corpus = self._saved(built.corpus, must_save=must_save)
            encoded, reused = built.encoded, built.reused
        elif self._unsaved is not None:
            self._corpus = self._saved(previous, must_save=False)
        self._problems = (*reading.problems, *same_titles(reading.articles))
        return Reload(
            added=tuple(article for file, article in new.items() if file not in old),
            changed=tuple(article for file, article in new.items() if file in old and old[file] != article),
            removed=tuple(article for file, article in old.items() if file not in new),
            unchanged=tuple(article for file, article in new.items() if old.get(file) == article),
            passages_encoded=encoded,
            passages_reused=reused,
            seconds=time.perf_counter() - started,
            problems=self.problems,
        )

    def _read(self, old: dict[str, Article], progress: Progress) -> _Reading:
        """Read the folder. A file that cannot be read keeps its last good version."""
        listing = list_files(self.folder)
        articles: list[Article] = []
        problems: list[Problem] = []
        for problem in listing.problems:
            # Nobody removed the articles of a folder that cannot be looked into.
            inside = [article for file, article in old.items() if file.startswith(f"{problem.file}/")]
            problems.append(_problem(problem, kept=bool(inside)))
            articles += inside
        for place, file in enumerate(listing.files):
            progress(Step.READING, place, len(listing.files))
            try:
                article = self._read_one(file, old)
            except ArticleError as error:
                kept = old.get(error.file)
                problems.append(_problem(Problem(error.file, error.reason), kept=kept is not None))
                articles += [kept] if kept else []
            else:
                articles.append(article)
                problems += (Problem(article.file, note) for note in article.notes)
        return _Reading(tuple(sorted(articles, key=lambda article: article.file)), tuple(problems))

    def _read_one(self, file: str, old: dict[str, Article]) -> Article:
        raw = read_bytes(self.folder, file)
        known = old.get(file)
        if known and known.digest == hashlib.sha256(raw).hexdigest():
            return known
        try:
            return self._reader.read(file, raw)
        except ReadingStoppedError as error:
            raise ReloadCancelledError from error

    def _build(
        self, articles: tuple[Article, ...], previous: Corpus | None, progress: Progress | None, *, must_save: bool
    ) -> Built:
        """Build beside the corpus in force, on the shelf: what the shelf does not take could not be saved either."""
        try:
            make_folder(self.shelf)
            return build_corpus(articles, self.encoder, previous, progress, self.shelf)
        except SnapshotError:
            log.warning(_DAMAGED, self.shelf)
            return self._build(articles, None, progress, must_save=must_save)
        except OSError as error:
            if must_save:
                raise self._not_saved(error) from error
            reason = error.strerror or error
            log.warning("The words' vectors cannot be written in %s (%s); they are kept in memory.", self.shelf, reason)
            return build_corpus(articles, self.encoder, previous, progress)

    def _saved(self, corpus: Corpus, *, must_save: bool) -> Corpus:
        try:
            saved = snapshot.save(corpus, self.shelf)
        except OSError as error:
            if must_save:
                raise self._not_saved(error) from error
            self._unsaved = error.strerror or str(error)
            log.warning(
                "The corpus could not be saved in %s (%s). It is used all the same, and built anew at the next start.",
                self.shelf.parent,
                self._unsaved,
            )
            return corpus
        self._unsaved = None
        return saved

    def _not_saved(self, error: OSError) -> NotSavedError:
        return NotSavedError(self.shelf.parent, error.strerror or str(error))

    def _watched(self, progress: Progress | None) -> Progress:
        def watched(step: Step, done: int, total: int) -> None:
            if self._closing.is_set():
                raise ReloadCancelledError
            if progress is not None:
                progress(step, done, total)

        return watched


def _shelf_name(folder: Path) -> str:
    """A readable name that differs for each folder."""
    # Path.resolve would raise a RuntimeError for links that lead in a circle; whoever lists the folder says so kindly.
    resolved = Path(os.path.realpath(folder))
    slug = re.sub(r"[^a-z0-9]+", "-", resolved.name.lower()).strip("-") or "corpus"
    return f"{slug[:40]}-{hashlib.sha256(str(resolved).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _saved(shelf: Path, encoder: Encoder) -> Corpus | None:
    try:
        return snapshot.load(shelf, encoder)
    except SnapshotError as error:
        log.warning("The saved index is not used: %s. It is being rebuilt from the articles.", error)
        return None


def _problem(problem: Problem, *, kept: bool) -> Problem:
    return replace(problem, reason=f"{problem.reason}. Its last good version stays in use") if kept else problem
