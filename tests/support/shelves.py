"""What the tests of saving share: little corpora, and looks at a shelf from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from retrieval.ragged import Ragged
from retrieval.ranking.evidence import Evidence
from retrieval.search import snapshot
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder

# The files of a snapshot, and the file that names the snapshot in force.
FILES = (
    "current",
    "manifest.json",
    "articles.json",
    "passages.faiss",
    "sentences.faiss",
    "bm25/data.csc.index.npy",
    "bm25/indices.csc.index.npy",
    "bm25/indptr.csc.index.npy",
    "bm25/params.index.json",
    "bm25/vocab.index.json",
    "headings/bm25/data.csc.index.npy",
    "headings/bm25/indices.csc.index.npy",
    "headings/bm25/indptr.csc.index.npy",
    "headings/bm25/params.index.json",
    "headings/bm25/vocab.index.json",
    "headings/starts.npy",
    "headings/vectors.npy",
    "headings/words.npy",
    "words/looks.npy",
    "words/positions.npy",
    "words/sentences.npy",
    "words/starts.npy",
    "words/terms.npy",
    "words.int8",
)


def loaded(shelf: Path) -> Corpus:
    corpus = snapshot.load(shelf, LetterEncoder())
    assert corpus is not None
    return corpus


def assert_same_evidence(first: Evidence, second: Evidence) -> None:
    """That two corpora know exactly the same about a question."""
    for field in fields(Evidence):
        ours, theirs = getattr(first, field.name), getattr(second, field.name)
        if isinstance(ours, Ragged):
            ours, theirs = ours.starts, theirs.starts
        np.testing.assert_array_equal(ours, theirs, err_msg=field.name)


def texts(shelf: Path) -> list[str]:
    """The texts of the articles that a start would serve."""
    return [article.text for article in loaded(shelf).articles]


def in_force(shelf: Path) -> Path:
    """The folder that `current` names."""
    return shelf / (shelf / "current").read_text().split()[0]


@contextmanager
def full_disk() -> Iterator[None]:
    """While this lasts, the system lets this process write into no file."""
    resource = pytest.importorskip("resource", reason="Windows knows no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
