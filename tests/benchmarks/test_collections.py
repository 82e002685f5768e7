"""A made collection: its files are found and read, and a hit is judged by the words that answer."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from benchmarks.collection_folders import folder_of, how_to_fetch, read_documents
from benchmarks.collections import Library, ask, pooled
from benchmarks.question_files import Collection
from retrieval.article import Article, Passage
from tests.support.fake_encoder import LetterEncoder
from tests.support.made_answers import SHIPPED
from tests.support.measures import Words

LAMP, KEEPER, MISSING = (
    {"id": "lighthouse-01", "question": "what did the lamp burn", "use": "fit", "kind": "fact",
     "answers": [{"file": "lamp.txt", "text": "burned whale oil"}]},
    {"id": "lighthouse-02", "question": "did the keeper have a pet", "use": "report", "kind": "fact",
     "answers": [{"file": "keeper.rst.txt", "text": "his cat"}, {"file": "lamp.txt", "text": "burned   `whale` oil"}]},
    {"id": "lighthouse-u00", "question": "can I visit it", "use": "fit", "answers": []},
)  # fmt: skip


def collection(kind: str = "pypi", folder: str = "docs") -> Collection:
    source = {"kind": kind, "package": "lighthouse", "version": "1.2", "licence": "MIT", "folder": folder}
    made = {
        "collection": "lighthouse",
        "title": "A lighthouse",
        "language": "en",
        "from": source,
        "files": ["**/*.txt", "*.txt.gz", "*.png"],
        "rename": {".rst.txt": ".unreadable"},
        "questions": [LAMP, KEEPER, MISSING],
    }
    return Collection.model_validate(made)


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a collection that lies where $PULLQUOTE_COLLECTIONS says."""
    folder = tmp_path / "lighthouse" / "docs"
    folder.mkdir(parents=True)
    (folder / "lamp.txt.gz").write_bytes(gzip.compress(b"The tower is old.\n\nIts lamp burned\nwhale oil."))
    (folder / "keeper.rst.txt").write_text("He took his cat with him.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    monkeypatch.setenv("PULLQUOTE_COLLECTIONS", str(tmp_path))
    return folder


@pytest.fixture
def library(unpacked: Path) -> Library:
    made = collection()
    return Library(made, read_documents(made, unpacked, Words(254)))


def test_a_collection_is_found_where_it_was_unpacked(unpacked: Path) -> None:
    assert folder_of(collection()) == unpacked


def test_a_debian_package_is_found_where_it_is_installed(unpacked: Path) -> None:
    assert folder_of(collection("debian", str(unpacked))) == unpacked


def test_a_collection_that_is_not_here_is_named_with_what_fetches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_COLLECTIONS", str(tmp_path))
    assert folder_of(collection("npm")) is None
    assert "npm pack -s lighthouse@1.2" in how_to_fetch(collection("npm"))


def test_files_are_read_under_the_names_that_questions_use(library: Library) -> None:
    # Nothing can be read as what ".unreadable" says, so the file's own ending counts.
    assert list(library.articles) == ["keeper.rst.txt", "lamp.txt"]


def test_every_passage_that_holds_the_words_in_the_right_file_answers(library: Library) -> None:
    asked = library.question_set(library.collection.questions)
    lamp, keeper, missing = asked.questions
    answering = [
        [each.is_answered_by(article, passage) for article in asked.articles for passage in article.passages]
        for each in (lamp, keeper, missing)
    ]
    # The keeper's one passage, then the two on the lamp.
    assert answering == [[False, False, True], [True, False, True], [False, False, False]]
    assert [each.answerable for each in asked.questions] == [True, True, False]
    assert asked.in_good_faith


def test_questions_without_an_answer_are_the_near_misses(library: Library) -> None:
    run = ask(library, library.collection.questions, LetterEncoder(), SHIPPED, nothing)
    assert [outcome.question.text for outcome in run.outcomes] == [LAMP["question"], KEEPER["question"]]
    assert [outcome.question.text for outcome in run.near_misses] == [MISSING["question"]]
    assert [outcome.rank for outcome in run.near_misses] == [None]


def test_an_answer_that_no_passage_holds_is_told(library: Library) -> None:
    assert library.unquotable(library.collection.questions) == []
    without = Library(library.collection, {"keeper.rst.txt": library.articles["keeper.rst.txt"]})
    assert [each.id for each in without.unquotable(library.collection.questions)] == ["lighthouse-01"]
    [lamp, *_] = without.question_set(library.collection.questions).questions
    assert lamp.answerable
    assert not lamp.is_answered_by(*at(without, 0))


def at(library: Library, number: int) -> tuple[Article, Passage]:
    """The first passage of an article in the collection's set."""
    article = library.question_set(()).articles[number]
    return article, article.passages[0]


def nothing(*_: object) -> None:
    """Show no progress."""


def test_pooled_questions_keep_their_own_articles(library: Library) -> None:
    run = ask(library, library.collection.questions[:1], LetterEncoder(), SHIPPED, nothing)
    both = pooled([run, run])
    assert [outcome.question.article for outcome in both.outcomes] == [1, 3]
    assert both.articles == run.articles + run.articles
    assert both.off_topic is None
