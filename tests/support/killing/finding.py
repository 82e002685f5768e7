"""What somebody finds who starts Pullquote after it was killed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from pullquote.library.building import shelf_name
from pullquote.library.guild_answerer import Asked, Seat
from retrieval.answer import Answer
from retrieval.errors import PullquoteError, SnapshotError
from retrieval.question import Question
from retrieval.search import snapshot
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.killing.scene import Running, Scene, running
from tests.support.killing.steps import plain
from tests.support.states import ZOO

QUESTIONS = ("Do ants bite?", "Who flees from foxes?", "Do gnus graze?", "What do eels do?", "Do deer doze?")
_TWO_HOURS = 7200

Passages = tuple[tuple[str, tuple[str, ...]], ...]
"""The texts of all passages in order, by article."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The corpora on the disk before anything is started."""

    shared: Passages
    own: Passages


@dataclass(frozen=True, slots=True)
class Look:
    """All that can be seen of a Pullquote, but times and ids."""

    state: int
    entries: tuple[tuple[object, ...], ...]
    texts: tuple[tuple[str, str], ...]
    history: tuple[tuple[object, ...], ...]
    states: tuple[tuple[tuple[str, str], ...], ...]
    shared: Passages
    own: Passages
    answers: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What a start finds, what another operation makes of it, and which files are left in the end."""

    first: Look
    second: Look
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was on the disk, and what became of it."""

    saved: Saved
    service: Service


def find(scene: Scene) -> Found:
    """Start Pullquote, ask it, and do something else with it. Raises whatever keeps it from that."""
    _age_unfinished(scene.data)
    patch.object(os, "fsync").start()  # no power cut follows
    saved = Saved(_saved(scene.data / shelf_name(scene.folder)), _saved(scene.own))
    with running(scene) as pullquote:
        _ask_at_once(pullquote)
        first = _look(pullquote)
        pullquote.put({"hens.md": "Hens hide.", "eels.txt": "Eels eat eggs."})
        (scene.folder / "cats.txt").unlink()
        pullquote.library.reload("the operator")
        second = _look(pullquote)
    files = tuple(sorted(plain(path.relative_to(scene.data).as_posix()) for path in scene.data.rglob("*")))
    return Found(saved, Service(first, second, files))


def _age_unfinished(data: Path) -> None:
    """Let time pass: nobody can tell a young file that is not finished from the file of a process that lives."""
    then = time.time() - _TWO_HOURS
    for path in data.rglob("*.unfinished"):
        os.utime(path, (then, then))


def _saved(shelf: Path) -> Passages:
    """Raises SnapshotError if what was saved is damaged. The first snapshot may be there, but never put in force."""
    try:
        corpus = snapshot.load(shelf, LetterEncoder())
    except SnapshotError as error:
        if error.code == "current-missing":
            return ()
        raise
    return () if corpus is None else _passages(corpus)


def _ask_at_once(pullquote: Running) -> None:
    for answer in _ask(pullquote):
        if isinstance(answer, PullquoteError):
            raise answer


def _ask(pullquote: Running) -> Sequence[Answer | PullquoteError]:
    return pullquote.answerer.answer_all([Asked(Question.parse(question), Seat(ZOO)) for question in QUESTIONS])


def _look(pullquote: Running) -> Look:
    catalogue, guilds = pullquote.articles.catalogue, pullquote.articles.guilds
    guilds.corpus(ZOO)
    guilds.settle()
    listing = catalogue.current(ZOO)
    history = catalogue.history(ZOO, 100)
    return Look(
        state=listing.state,
        entries=tuple((entry.name, entry.title, entry.digest, entry.origin, entry.passages, entry.changed_by)
                      for entry in listing.entries),
        texts=_pairs({kept.name: kept.article.text for kept in catalogue.corpus(ZOO).versions if kept.article}),
        history=tuple((change.action, change.state, change.by, change.added, change.changed, change.removed,
                       change.back_to, change.can_return) for change in history),
        states=tuple(
            _pairs({name: catalogue.entry(ZOO, each).digest for name, each in catalogue.contents(ZOO, state).items()})
            for state in range(1, listing.state + 1)
        ),
        shared=_passages(guilds.corpus(None)),
        own=_passages(guilds.corpus(ZOO)),
        answers=tuple(tuple(hit.text for hit in answer.hits) if isinstance(answer, Answer) else (str(answer),)
                      for answer in _ask(pullquote)),
    )  # fmt: skip


def _pairs(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(texts.items()))


def _passages(corpus: Corpus) -> Passages:
    return tuple(
        (article.file, tuple(article.slice(passage) for passage in article.passages)) for article in corpus.articles
    )
