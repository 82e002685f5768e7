"""What the tests of libraries share: the animals, looks at a library from outside, and a reload that stands still."""

from __future__ import annotations

import datetime as dt
import logging
import threading

import pytest

from pullquote.library.library import Library
from pullquote.library.reload import Reload
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.wording import problem_line

FILES = {
    "ants.md": "# Ants\n\nAnts bite every day!\n\nAnts dig! They carry leaves!",
    "bees.txt": "Bees fly.",
    "cats.txt": "Cats sleep.",
}


def names(corpus: Corpus) -> list[str]:
    return [article.file for article in corpus.articles]


def texts(corpus: Corpus) -> dict[str, str]:
    return {article.file: article.text for article in corpus.articles}


def diff(report: Reload) -> dict[str, list[str]]:
    changes = {kind: getattr(report.changes, kind) for kind in ("added", "changed", "removed", "unchanged")}
    return {kind: [article.file for article in articles] for kind, articles in changes.items() if articles}


def problems(library: Library) -> list[str]:
    return [problem_line(problem) for problem in library.problems]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


class Halted:
    """A reload in a thread of its own that stands still where it is about to encode, until it is let go."""

    def __init__(self, library: Library, letters: LetterEncoder) -> None:
        self._reached, self._go_on = threading.Event(), threading.Event()
        self.outcome: Reload | Exception | None = None
        self.began = dt.datetime.now(dt.UTC)
        letters.on_encode = self._halt
        self._thread = threading.Thread(target=self._reload, args=(library,))
        self._thread.start()
        self._reached.wait()

    def _halt(self) -> None:
        self._reached.set()
        self._go_on.wait()

    def _reload(self, library: Library) -> None:
        try:
            self.outcome = library.reload("Ada")
        except Exception as error:  # noqa: BLE001 - for the test to look at
            self.outcome = error
        finally:
            self._reached.set()

    def finish(self) -> Reload | Exception | None:
        self._go_on.set()
        self._thread.join()
        return self.outcome
