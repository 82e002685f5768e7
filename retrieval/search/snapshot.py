"""A corpus on disk: written whole to a folder of its own, checked by checksums when it is read.

shelf/
  current                      the name of the folder in force, and its manifest's checksum; replacing it is the switch
  lock                         empty; held by the process that is saving
  20261123T101500-9f3a02c7/    manifest.json  articles.json  passages.faiss  sentences.faiss  bm25/
                               words/  words.int8  headings/
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from retrieval.article_json import dump_articles, load_articles
from retrieval.encoding.encoder import Encoder
from retrieval.errors import SnapshotError
from retrieval.files import keep_private, make_folder, sync, write_durably
from retrieval.precedence import unhurried
from retrieval.search.corpus import Corpus, Topics
from retrieval.search.dense import DenseIndexKind
from retrieval.search.faiss_index import FaissIndex
from retrieval.search.headings import Headings
from retrieval.search.layout import Layout
from retrieval.search.lexical import LexicalIndex
from retrieval.search.shelf import Current, locked, read_current, switch, tidy
from retrieval.search.word_table import WordTable
from retrieval.search.word_vectors import WordVectors

# Raise this when what is written changes, or how files become passages: older snapshots are then rebuilt.
FORMAT = 7

# How many seconds a save waits for another process's save, which takes a minute for a huge corpus.
_PATIENCE = 120.0
_WORD_VECTORS = "words.int8"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The sizes of a snapshot, what made it, and the SHA-256 of its files by their names."""

    format: int
    model: str
    fingerprint: str
    built_at: dt.datetime
    articles: int
    passages: int
    sentences: int
    words: int
    dimension: int
    checksums: dict[str, str]


_MANIFEST = TypeAdapter(Manifest)


def save(corpus: Corpus, shelf: Path) -> Corpus:
    """Write a corpus, put it in force and drop older snapshots. Raises OSError; then the old snapshot stays in force.

    Returns the corpus with the vectors of its words read from the written file, so that no other file need be kept.
    """
    make_folder(shelf)
    with locked(shelf, _PATIENCE):
        folder = shelf / f"{corpus.built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        try:
            current = Current(folder.name, _write(corpus, folder))
            vectors = WordVectors.open(folder / _WORD_VECTORS, len(corpus.words.terms), corpus.word_vectors.dimension)
            switch(shelf, current)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        tidy(shelf)
    return replace(corpus, word_vectors=vectors)


def load(shelf: Path, encoder: Encoder, index: DenseIndexKind = FaissIndex) -> Corpus | None:
    """Read the corpus in force; None if no corpus was ever saved. Raises SnapshotError if it cannot be trusted."""
    while (current := read_current(shelf)) is not None:
        try:
            return _read(shelf / current.name, current.checksum, encoder, index)
        except SnapshotError:
            # Another process may have replaced and removed the snapshot meanwhile: then there is a newer snapshot.
            if read_current(shelf) == current:
                raise
    return None


def size_on_disk(shelf: Path) -> int:
    """The bytes that all files on this shelf have."""
    size = 0
    for parent, _, names in os.walk(shelf):
        for name in names:
            with suppress(FileNotFoundError):  # a reload may just be removing the old snapshot
                size += (Path(parent) / name).stat().st_size
    return size


def _read(folder: Path, checksum: str, encoder: Encoder, index: DenseIndexKind) -> Corpus:
    manifest = _checked_manifest(folder, checksum, encoder)
    try:
        articles = load_articles((folder / "articles.json").read_bytes())
        layout = Layout.of(articles)
        passage_index = index.read(folder / f"passages{index.suffix}")
        if len(layout.passages) != len(passage_index):
            raise SnapshotError("snapshot-passages", passages=len(passage_index))
        corpus = Corpus(
            articles=articles,
            layout=layout,
            passage_index=passage_index,
            sentence_index=index.read(folder / f"sentences{index.suffix}"),
            lexical=LexicalIndex.read(folder / "bm25"),
            words=WordTable.read(folder / "words"),
            word_vectors=WordVectors.open(folder / _WORD_VECTORS, manifest.words, manifest.dimension),
            topics=Topics.of(articles, layout, passage_index),
            headings=Headings.read(layout, folder / "headings"),
            model=manifest.model,
            fingerprint=manifest.fingerprint,
            built_at=manifest.built_at,
        )
    except (OSError, ValueError) as error:
        raise SnapshotError("snapshot-file-unreadable", reason=str(error)) from error
    _check_counts(corpus, manifest)
    return corpus


def _write(corpus: Corpus, folder: Path) -> str:
    """Write all files and have the disk take them. Returns the manifest's checksum."""
    folder.mkdir(mode=0o700)
    (folder / "articles.json").write_bytes(dump_articles(corpus.articles))
    corpus.passage_index.write(folder / f"passages{corpus.passage_index.suffix}")
    corpus.sentence_index.write(folder / f"sentences{corpus.sentence_index.suffix}")
    corpus.lexical.write(folder / "bm25")
    corpus.words.write(folder / "words")
    corpus.headings.write(folder / "headings")
    corpus.word_vectors.copy_to(folder / _WORD_VECTORS)
    manifest = Manifest(
        format=FORMAT,
        model=corpus.model,
        fingerprint=corpus.fingerprint,
        built_at=corpus.built_at,
        articles=len(corpus.articles),
        passages=len(corpus.layout.passages),
        sentences=corpus.layout.sentences,
        words=len(corpus.words.terms),
        dimension=corpus.passage_index.dimension,
        checksums=_checksums(folder),
    )
    for path in folder.rglob("*"):
        keep_private(path)
        sync(path)
    written = _MANIFEST.dump_json(manifest, indent=2)
    write_durably(folder / "manifest.json", written)
    return hashlib.sha256(written).hexdigest()


def _checked_manifest(folder: Path, checksum: str, encoder: Encoder) -> Manifest:
    try:
        written = (folder / "manifest.json").read_bytes()
        if hashlib.sha256(written).hexdigest() != checksum:
            raise SnapshotError("manifest-damaged")
        manifest = _MANIFEST.validate_json(written)
    except (OSError, ValidationError) as error:
        raise SnapshotError("manifest-unreadable") from error
    if manifest.format != FORMAT:
        raise SnapshotError("other-format", found=manifest.format, wanted=FORMAT)
    if manifest.fingerprint != encoder.fingerprint:
        raise SnapshotError("other-model", saved=manifest.model, now=encoder.name)
    _check_files(folder, manifest.checksums)
    return manifest


def _check_files(folder: Path, wanted: dict[str, str]) -> None:
    try:
        found = _checksums(folder)
    except OSError as error:
        raise SnapshotError("snapshot-file-unreadable", reason=str(error)) from error
    for name, checksum in wanted.items():
        if found.get(name) != checksum:
            if name in found:
                raise SnapshotError("snapshot-file-damaged", name=name)
            raise SnapshotError("snapshot-file-missing", name=name)


def _check_counts(corpus: Corpus, manifest: Manifest) -> None:
    by_passage, by_sentence = corpus.passage_index, corpus.sentence_index
    passages, sentences, dimension = manifest.passages, manifest.sentences, manifest.dimension
    wanted = (
        passages,
        sentences,
        sentences,
        manifest.words,
        manifest.words,
        dimension,
        dimension,
        len(corpus.headings.texts),
        corpus.headings.text_words.entries,
    )
    found = (
        len(by_passage),
        corpus.layout.sentences,
        len(by_sentence),
        len(corpus.words.terms),
        corpus.words.passages.entries,
        by_passage.dimension,
        by_sentence.dimension,
        len(corpus.headings.text_words),
        len(corpus.headings.word_vectors),
    )
    if found != wanted:
        raise SnapshotError("snapshot-counts", found=str(found), wanted=str(wanted))


def _checksums(folder: Path) -> dict[str, str]:
    sums = {}
    for path in unhurried(sorted(folder.rglob("*"))):
        if path.is_file() and path.name != "manifest.json":
            with path.open("rb") as stream:
                sums[path.relative_to(folder).as_posix()] = hashlib.file_digest(stream, "sha256").hexdigest()
    return sums
