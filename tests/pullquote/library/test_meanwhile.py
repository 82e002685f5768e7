"""What questions, other reloads and the end of the bot meet while a reload is under way."""

from __future__ import annotations

import datetime as dt
import os
import threading
from pathlib import Path

import pytest

from pullquote.library.errors import ReloadCancelledError, ReloadInProgressError
from pullquote.library.library import Library
from pullquote.library.reload import Reload
from pullquote.locales import for_operators
from retrieval.answering import Answerer
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.libraries import FILES, Halted, diff, texts
from tests.support.made_answers import SHIPPED
from tests.support.measures import Obedient
from tests.support.shelves import content


def test_saving_again_leaves_a_reload_alone(
    folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    library = Library.open(folder, tmp_path / "data", letters)
    (tmp_path / "data").unlink()
    (folder / "bees.txt").write_text("Bees dance.")
    halted = Halted(library, letters)
    library.save_again()
    assert content(library.shelf) == {}
    assert isinstance(halted.finish(), Reload)
    assert library.saved
    assert texts(library.corpus)["bees.txt"] == "Bees dance."


@pytest.fixture
def halted(animals: Library, letters: LetterEncoder, folder: Path) -> Halted:
    (folder / "bees.txt").write_text("Bees dance.")
    return Halted(animals, letters)


def test_questions_see_the_old_corpus_and_then_the_new_one(animals: Library, halted: Halted) -> None:
    answerer = Answerer(animals, SHIPPED)
    assert answerer.answer(Question.parse("What do bees do?")).quotes[0].text == "Bees fly."
    assert isinstance(halted.finish(), Reload)
    assert answerer.answer(Question.parse("What do bees do?")).quotes[0].text == "Bees dance."


def test_a_second_reload_is_refused_with_who_and_when(animals: Library, halted: Halted) -> None:
    with pytest.raises(ReloadInProgressError) as caught:
        animals.reload("Grace")
    assert isinstance(halted.finish(), Reload)
    assert caught.value.started_by == "Ada"
    assert halted.began <= caught.value.started_at <= dt.datetime.now(dt.UTC)
    assert for_operators(caught.value) == (
        f"A reload is already running, started by Ada at {caught.value.started_at:%H:%M:%S} UTC."
    )
    assert diff(animals.reload("Grace")) == {"unchanged": list(FILES)}


def test_many_reloads_at_once_are_a_single_reload(animals: Library, halted: Halted) -> None:
    refused: list[str] = []

    def reload(name: str) -> None:
        try:
            animals.reload(name)
        except ReloadInProgressError as error:
            refused.append(error.started_by)

    threads = [threading.Thread(target=reload, args=(f"moderator {i}",)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["Ada"] * 8
    assert isinstance(halted.finish(), Reload)


def test_closing_gives_a_reload_up_and_nothing_changes(animals: Library, letters: LetterEncoder, folder: Path) -> None:
    (folder / "many.txt").write_text("\n\n".join(f"Dog number {i} barks." for i in range(70)))
    before, saved = animals.corpus, content(animals.shelf)
    halted = Halted(animals, letters)
    animals.close()
    outcome = halted.finish()
    assert isinstance(outcome, ReloadCancelledError)
    assert for_operators(outcome) == "The reload was stopped because the bot is shutting down. Nothing changed."
    assert len(letters.encoded) == 64, "the texts that were under way, and no more"
    assert animals.corpus is before
    assert content(animals.shelf) == saved


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_closing_gives_up_the_file_that_is_read(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder, pipe = make_folder(FILES), tmp_path / "pipe"
    library = Library.open(folder, tmp_path / "data", LetterEncoder(measure=Obedient()))
    before, saved = library.corpus, content(library.shelf)
    os.mkfifo(pipe)
    (folder / "bees.txt").write_text("Bees dance.")
    (folder / "cats.txt").write_text(f"wait {pipe}")
    outcome: list[Exception] = []

    def reload() -> None:
        try:
            library.reload("Ada")
        except ReloadCancelledError as error:
            outcome.append(error)

    thread = threading.Thread(target=reload)
    thread.start()
    with pipe.open("w"):  # opens once the reader opens it
        library.close()
        thread.join()
    assert len(outcome) == 1
    assert library.corpus is before
    assert content(library.shelf) == saved


def test_after_closing_no_reload_begins(animals: Library, letters: LetterEncoder, folder: Path) -> None:
    animals.close()
    (folder / "bees.txt").write_text("Bees dance.")
    with pytest.raises(ReloadCancelledError):
        animals.reload("Ada")
    assert letters.encoded == []
    assert texts(animals.corpus)["bees.txt"] == "Bees fly."
    assert Answerer(animals, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].text == "Bees fly."


def test_no_answer_mixes_two_corpora(make_folder: MakeFolder, tmp_path: Path, letters: LetterEncoder) -> None:
    """While a thread reloads, others ask three questions at once: all answers are of the same version of the folder."""
    editions = [
        {name: f"{name.capitalize()} {edition}!" for name in ("ants", "bees", "cats")}
        for edition in ("march", "sleep", "wait")
    ]

    def publish(edition: dict[str, str]) -> None:
        make_folder({f"{name}.txt": text for name, text in edition.items()})

    publish(editions[0])
    library = Library.open(tmp_path / "corpus", tmp_path / "data", letters)
    answerer = Answerer(library, SHIPPED)
    questions = [Question.parse(text) for text in ("ants", "bees", "cats")]
    done = threading.Event()
    seen: list[list[str]] = []

    def ask() -> list[str]:
        return [answer.quotes[0].text for answer in answerer.answer_all(questions)]

    def ask_until_done() -> None:
        while not done.is_set():
            seen.append(ask())

    threads = [threading.Thread(target=ask_until_done) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(1, 31):
        publish(editions[i % 3])
        assert len(library.reload("Ada").changes.changed) == 3
        assert ask() == list(editions[i % 3].values())
    done.set()
    for thread in threads:
        thread.join()
    assert seen
    assert [quotes for quotes in seen if quotes not in [list(edition.values()) for edition in editions]] == []
