"""A made collection: its files are found and read, and a hit is judged by the words that answer."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.collection_folders import folder_of, how_to_fetch, read_documents
from benchmarks.collections import Library, judge, pooled
from benchmarks.question_files import Collection, CollectionQuestion
from pullquote.evaluation.run import Run
from retrieval.answer import Answer, Hit, Verdict
from tests.support.made_answers import answer_of, hit
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


def question(library: Library, number: int) -> CollectionQuestion:
    return library.collection.questions[number]


def hit_of(library: Library, file: str, passage: int) -> Hit:
    article = library.articles[file]
    quoted = article.passages[passage]
    return replace(hit(0.5), article=article, passage=quoted, highlight=quoted.sentences[0])


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


def test_a_hit_answers_that_holds_the_words_in_the_right_file(library: Library) -> None:
    lamp, keeper, missing = library.collection.questions
    assert library.answers(hit_of(library, "lamp.txt", 1), lamp)
    assert not library.answers(hit_of(library, "lamp.txt", 0), lamp)
    assert library.answers(hit_of(library, "lamp.txt", 1), keeper)
    assert library.answers(hit_of(library, "keeper.rst.txt", 0), keeper)
    assert not library.answers(hit_of(library, "keeper.rst.txt", 0), lamp)
    assert not library.answers(hit_of(library, "keeper.rst.txt", 0), missing)


def test_the_rank_of_the_first_hit_that_answers_is_noted(library: Library) -> None:
    second = answer_of(Verdict.ANSWERED, hit_of(library, "lamp.txt", 0), hit_of(library, "lamp.txt", 1))
    outcome = judge(library, question(library, 0), second)
    assert (outcome.rank, outcome.right, outcome.answered) == (2, False, True)
    assert (outcome.pointed, outcome.pointed_given_right) == (False, True)
    assert outcome.question.article == 1


@pytest.mark.parametrize("answer", [None, "off topic"])
def test_a_question_without_an_answer_is_never_answered_rightly(library: Library, answer: str | None) -> None:
    given: Answer | None = None
    if answer:
        given = answer_of(Verdict.NOT_IN_CORPUS, hit_of(library, "lamp.txt", 1))
    outcome = judge(library, question(library, 2), given)
    assert (outcome.question.answerable, outcome.rank, outcome.answered) == (False, None, False)


def test_an_answer_that_no_passage_holds_is_told(library: Library) -> None:
    assert library.unquotable(library.collection.questions) == []
    without = Library(library.collection, {"keeper.rst.txt": library.articles["keeper.rst.txt"]})
    assert [each.id for each in without.unquotable(library.collection.questions)] == ["lighthouse-01"]


def test_pooled_questions_keep_their_own_articles(library: Library) -> None:
    articles = tuple(library.articles.values())
    run = Run("all", articles, (judge(library, question(library, 0), None),), None, 0.0)
    both = pooled([run, run])
    assert [outcome.question.article for outcome in both.outcomes] == [1, 3]
    assert both.articles == articles + articles
