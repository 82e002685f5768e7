"""What every dense index does alike, and that a corpus takes any of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pullquote.library.library import Library
from pullquote.library.sources.folder import FolderSource
from retrieval.answer import Answer, Hit, Verdict
from retrieval.answering import Answerer
from retrieval.encoding.encoder import Vectors
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import SnapshotError
from retrieval.question import Question
from retrieval.reading.articles import read_article
from retrieval.search import snapshot
from retrieval.search.building import build_corpus
from retrieval.search.corpus import PROPOSALS, Corpus
from retrieval.search.dense import DenseIndexKind
from retrieval.search.faiss_index import FaissIndex
from tests.support.brute_force_index import BruteForceIndex
from tests.support.documents import document
from tests.support.fake_encoder import LetterEncoder, article
from tests.support.made_answers import SHIPPED
from tests.support.shelves import in_force
from tests.support.wording import refusal

CORPUS = Path(__file__).parents[3] / "corpus"
QUESTIONS = (
    "What did Musk say to Putin?",
    "Who denied the conversation?",
    "What were the terms of the proposal?",
    "How many terminals were sent to Ukraine?",
    "How tall is the Eiffel Tower?",
)

kinds = pytest.mark.parametrize("kind", [FaissIndex, BruteForceIndex])


def unit_vectors(count: int, dimension: int) -> Vectors:
    vectors = np.random.default_rng(count).standard_normal((count, dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


@kinds
def test_an_index_knows_its_size_and_its_vectors(kind: DenseIndexKind) -> None:
    vectors = unit_vectors(30, 8)
    index = kind.build(vectors)
    assert (len(index), index.dimension) == (30, 8)
    np.testing.assert_array_equal(index.vectors(np.array([7, 0, 7])), vectors[[7, 0, 7]])


@kinds
def test_an_index_keeps_its_own_vectors(kind: DenseIndexKind) -> None:
    vectors = unit_vectors(3, 4)
    index, before = kind.build(vectors), vectors.copy()
    vectors[:] = 0
    index.vectors(np.arange(3))[:] = 0
    np.testing.assert_array_equal(index.vectors(np.arange(3)), before)


@kinds
def test_the_nearest_come_first_and_no_more_than_there_are(kind: DenseIndexKind) -> None:
    nearest = kind.build(np.eye(3, dtype=np.float32)).search(np.array([[0.6, 0, 0.8], [0.8, 0.6, 0]], np.float32), 50)
    assert nearest.rows.tolist() == [[2, 0, 1], [0, 1, 2]]
    np.testing.assert_array_equal(nearest.cosines, np.array([[0.8, 0.6, 0], [0.8, 0.6, 0]], np.float32))


@kinds
def test_what_was_written_is_read_again(kind: DenseIndexKind, tmp_path: Path) -> None:
    path = tmp_path / f"passages{kind.suffix}"
    written = kind.build(unit_vectors(30, 8))
    written.write(path)
    read = kind.read(path)
    np.testing.assert_array_equal(read.vectors(np.arange(30)), written.vectors(np.arange(30)))
    before, after = written.search(unit_vectors(5, 8), 4), read.search(unit_vectors(5, 8), 4)
    np.testing.assert_array_equal(after.rows, before.rows)
    np.testing.assert_array_equal(after.cosines, before.cosines)


@kinds
def test_a_file_that_is_not_an_index_is_refused(kind: DenseIndexKind, tmp_path: Path) -> None:
    path = tmp_path / f"passages{kind.suffix}"
    path.write_bytes(b"")
    with refusal(SnapshotError, match=rf"^passages{kind.suffix} cannot be read by (FAISS|NumPy)$"):
        kind.read(path)


@kinds
def test_a_file_that_is_missing_is_an_error_of_the_operating_system(kind: DenseIndexKind, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        kind.read(tmp_path / "passages")


@pytest.fixture(scope="module")
def with_faiss(encoder: SentenceTransformerEncoder) -> Corpus:
    name = "musk-putin-claim.md"
    return build_corpus([read_article(document(name, (CORPUS / name).read_bytes()), encoder)], encoder).corpus


@pytest.fixture(scope="module")
def with_numpy(with_faiss: Corpus, encoder: SentenceTransformerEncoder) -> Corpus:
    return build_corpus(with_faiss.articles, encoder, with_faiss, index=BruteForceIndex).corpus


def answers(corpus: Corpus, encoder: SentenceTransformerEncoder) -> Sequence[Answer]:
    answerer = Answerer(Library(FolderSource(CORPUS), Path("shelf"), encoder, corpus), SHIPPED)
    return answerer.answer_all([Question.parse(question) for question in QUESTIONS])


def said(answers: Sequence[Answer]) -> list[tuple[Verdict, tuple[Hit, ...]]]:
    return [(answer.verdict, answer.hits) for answer in answers]


def test_a_corpus_gives_the_same_answers_with_another_index(
    with_faiss: Corpus, with_numpy: Corpus, encoder: SentenceTransformerEncoder
) -> None:
    assert isinstance(with_faiss.passage_index, FaissIndex)
    assert isinstance(with_numpy.sentence_index, BruteForceIndex)
    assert with_faiss.layout.sentences > PROPOSALS
    expected = answers(with_faiss, encoder)
    assert {answer.verdict for answer in expected} > {Verdict.NOT_IN_CORPUS}
    assert said(answers(with_numpy, encoder)) == said(expected)


def test_a_corpus_is_saved_and_loaded_with_another_index(
    with_numpy: Corpus, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    snapshot.save(with_numpy, tmp_path)
    assert {"passages.npy", "sentences.npy"} < {path.name for path in in_force(tmp_path).iterdir()}
    loaded = snapshot.load(tmp_path, encoder, BruteForceIndex)
    assert loaded is not None
    assert said(answers(loaded, encoder)) == said(answers(with_numpy, encoder))


def test_what_another_index_wrote_is_not_used(tmp_path: Path) -> None:
    snapshot.save(build_corpus([article("Ants bite.")], LetterEncoder(), index=BruteForceIndex).corpus, tmp_path)
    with refusal(SnapshotError, match=r"^a file of the index cannot be read \(.*passages\.faiss.*\)$"):
        snapshot.load(tmp_path, LetterEncoder())
