"""Saving and loading: equal after a round trip, and never wrong after damage."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pullquote.library.building import Builder
from pullquote.library.library import Library
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import SnapshotError
from retrieval.question import Question
from retrieval.ranking.evidence import encode, gather
from retrieval.search import snapshot
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.folders import MakeFolder
from tests.support.made_answers import SHIPPED, unparsed
from tests.support.shelves import FILES, assert_same_evidence, content, in_force, loaded
from tests.support.wording import refusal

ARTICLES = {
    "insects.md": "---\ntitle: Insects\nurl: https://example.org/insects\npublished: 2022-10-11\n---\n\n"
    "# Small\n\nAnts carry leaves! Bees carry nectar!\n\n# Large\n\nGoliath beetles weigh hundred grams.\n",
    "fish.txt": "Eels bite! Sharks seldom do!\n\nTrouts swim upstream in “spring”.",
}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "data" / "shelf"


def path_of(shelf: Path, name: str) -> Path:
    return shelf / name if name == "current" else in_force(shelf) / name


def vectors(corpus: Corpus) -> bytes:
    indexes = (corpus.passage_index, corpus.sentence_index)
    return b"".join(index.vectors(np.arange(len(index))).tobytes() for index in indexes)


def assert_same(ours: Corpus, theirs: Corpus, *questions: str) -> None:
    assert ours.articles == theirs.articles
    assert ours.layout.passages == theirs.layout.passages
    np.testing.assert_array_equal(ours.layout.passage_sentences.starts, theirs.layout.passage_sentences.starts)
    assert vectors(ours) == vectors(theirs)
    assert (ours.model, ours.fingerprint, ours.built_at) == (theirs.model, theirs.fingerprint, theirs.built_at)
    for question in questions:
        [query] = encode([unparsed(question)], LetterEncoder())
        assert_same_evidence(gather(query, ours), gather(query, theirs))


def test_a_saved_corpus_is_the_same_when_it_is_loaded(make_folder: MakeFolder, tmp_path: Path, shelf: Path) -> None:
    built = Library.open(make_folder(ARTICLES), tmp_path / "elsewhere", LetterEncoder()).corpus
    snapshot.save(built, shelf)
    assert_same(loaded(shelf), built, "ants", "eel", "unicorn", "?")


def test_the_real_model_finds_the_same_after_loading(library: Library, encoder: SentenceTransformerEncoder) -> None:
    restarted = snapshot.load(library.shelf, encoder)
    assert restarted is not None
    [query] = encode([unparsed("When did the last keeper leave?")], encoder)
    assert_same_evidence(gather(query, restarted), gather(query, library.corpus))
    assert vectors(restarted) == vectors(library.corpus)


def test_nothing_saved_is_nothing_loaded(shelf: Path) -> None:
    assert snapshot.load(shelf, LetterEncoder()) is None
    shelf.mkdir(parents=True)
    assert snapshot.load(shelf, LetterEncoder()) is None


def test_what_lies_on_the_disk(shelf: Path) -> None:
    corpus = corpus_of("Ants bite.\n\nBees fly.")
    snapshot.save(corpus, shelf)
    folder = in_force(shelf)
    assert sorted(content(shelf)) == sorted(["current", "lock", *(f"{folder.name}/{name}" for name in FILES[1:])])
    assert folder.name.startswith(f"{corpus.built_at:%Y%m%dT%H%M%S}-")
    assert re.fullmatch(r"[0-9A-Za-z-]+", folder.name), "a name for every file system"
    manifest = json.loads((folder / "manifest.json").read_text())
    checksums = manifest.pop("checksums")
    assert manifest == {
        "format": snapshot.FORMAT,
        "model": "letters",
        "fingerprint": "letters, first edition",
        "built_at": corpus.built_at.isoformat().replace("+00:00", "Z"),
        "articles": 1,
        "passages": 2,
        "sentences": 2,
        "words": 4,
        "dimension": 26,
    }
    assert checksums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES[2:]}
    digest = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert (shelf / "current").read_text() == f"{folder.name} {digest}\n"
    assert snapshot.size_on_disk(shelf) == sum(map(len, content(shelf).values()))


def test_no_file_holds_a_pickle(shelf: Path) -> None:
    snapshot.save(corpus_of("Ants bite."), shelf)
    arrays = list(in_force(shelf).rglob("*.npy"))
    assert len(arrays) == 14
    assert not any(np.load(path, allow_pickle=False).dtype.hasobject for path in arrays)
    assert {path.suffix for path in in_force(shelf).rglob("*") if path.is_file()} == {
        ".npy",
        ".json",
        ".faiss",
        ".int8",
    }


def test_a_pickle_in_place_of_an_array_is_not_opened(shelf: Path, tmp_path: Path) -> None:
    """Even with checksums to match, as an attacker would write them."""
    snapshot.save(corpus_of("Ants bite."), shelf)

    class Bomb:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, (f"touch {tmp_path / 'exploded'}",)

    np.save(in_force(shelf) / "bm25" / "data.csc.index.npy", np.array([Bomb()]), allow_pickle=True)
    forge(shelf, {})
    with refusal(SnapshotError, match="the BM25 index in bm25 cannot be read"):
        loaded(shelf)
    assert not (tmp_path / "exploded").exists()


def forge(shelf: Path, changes: dict[str, Any]) -> None:
    """Change the manifest and make all checksums fit again."""
    folder = in_force(shelf)
    manifest = json.loads((folder / "manifest.json").read_text()) | changes
    manifest["checksums"] = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES[2:]}
    written = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(written)
    (shelf / "current").write_text(f"{folder.name} {hashlib.sha256(written).hexdigest()}\n")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 1}, f"it has format 1, this version writes format {snapshot.FORMAT}"),
        (
            {"format": snapshot.FORMAT + 1},
            f"it has format {snapshot.FORMAT + 1}, this version writes format {snapshot.FORMAT}",
        ),
        ({"fingerprint": "x", "model": "big-model"}, "it was made with another model (big-model; now letters)"),
        ({"passages": 3}, "its parts do not fit together"),
        ({"sentences": 1}, "its parts do not fit together"),
        ({"words": 5}, "words.int8 does not hold 5 vectors of 26 bytes"),
        ({"dimension": 384}, "words.int8 does not hold 4 vectors of 384 bytes"),
        ({"built_at": "yesterday"}, "its manifest is missing or cannot be read"),
    ],
)
def test_a_snapshot_that_does_not_fit_is_refused(shelf: Path, changes: dict[str, Any], reason: str) -> None:
    snapshot.save(corpus_of("Ants bite.\n\nBees fly."), shelf)
    forge(shelf, {})
    loaded(shelf)
    forge(shelf, changes)
    with refusal(SnapshotError, match=f"^{re.escape(reason)}"):
        loaded(shelf)


def test_a_manifest_that_reads_well_but_was_changed_is_refused(shelf: Path) -> None:
    snapshot.save(corpus_of("Ants bite."), shelf)
    manifest = in_force(shelf) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"model": "letters"', b'"model": "lettuce"'))
    assert json.loads(manifest.read_bytes())["model"] == "lettuce"
    with refusal(SnapshotError, match=r"^its manifest is damaged$"):
        loaded(shelf)


def _flip_first(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[0] ^= 0xFF
    path.write_bytes(raw)


def _zero_middle(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] = 0 if raw[len(raw) // 2] else 1
    path.write_bytes(raw)


def _flip_last_bit(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"0")


@dataclass(frozen=True, slots=True)
class Saved:
    """A folder of articles, the data folder of a library of it, the name of its shelf, and what it answered."""

    folder: Path
    data: Path
    shelf: str
    answers: list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder, data = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("data")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library.open(folder, data, LetterEncoder())
    return Saved(folder, data, library.shelf.name, answers(library))


@pytest.mark.parametrize(
    "damage",
    [_flip_first, _zero_middle, _flip_last_bit, _halve, _empty, _lengthen, Path.unlink],
    ids=lambda damage: damage.__name__.strip("_"),
)
@pytest.mark.parametrize("name", FILES)
def test_damage_is_noticed_and_said(
    saved: Saved, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, damage: Callable[[Path], None]
) -> None:
    shelf = tmp_path / saved.shelf
    shutil.copytree(saved.data / saved.shelf, shelf)
    damage(path_of(shelf, name))
    assert Builder(shelf).load(LetterEncoder()) is None
    assert_said(caplog, name)


@pytest.mark.parametrize("name", FILES)
def test_damage_is_mended(saved: Saved, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(saved.data, data)
    _halve(path_of(data / saved.shelf, name))

    encoder = LetterEncoder()
    second = Library.open(saved.folder, data, encoder)
    assert_said(caplog, name)
    assert encoder.encoded
    assert answers(second) == saved.answers

    third = LetterEncoder()
    Library.open(saved.folder, data, third)
    assert third.encoded == []


def assert_said(caplog: pytest.LogCaptureFixture, name: str) -> None:
    """That the log says of this file alone that it cannot be used."""
    [said] = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert re.fullmatch(r"The saved index is not used: .+\. It is being rebuilt from the articles\.", said)
    assert ("manifest" if name == "manifest.json" else name) in said


def answers(library: Library) -> list[tuple[Any, ...]]:
    def plain(answer: Answer) -> tuple[Any, ...]:
        return answer.verdict, answer.confidence, answer.quotes

    questions = [Question.parse(text) for text in ("ants", "which sharks bite?", "upstream")]
    return [plain(answer) for answer in Answerer(library, SHIPPED).answer_all(questions)]


def test_saving_goes_on_when_the_data_folder_was_deleted(shelf: Path) -> None:
    first = corpus_of("Ants bite.")
    snapshot.save(first, shelf)
    for path in sorted(shelf.parent.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    shelf.parent.rmdir()
    assert snapshot.size_on_disk(shelf) == 0
    assert snapshot.load(shelf, LetterEncoder()) is None
    snapshot.save(first, shelf)
    assert_same(loaded(shelf), first, "ants")
