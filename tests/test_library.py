"""The corpus in force: what a start and a reload take in, and what they leave alone when something goes wrong."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import MakeFolder
from fake_encoder import LetterEncoder
from made_answers import SHIPPED

from retrieval.answering import Answerer
from retrieval.corpus import Corpus
from retrieval.encoder import SentenceTransformerEncoder
from retrieval.errors import CorpusError, ReloadCancelledError, ReloadInProgressError
from retrieval.library import Library, Reload
from retrieval.question import Question

FILES = {
    "ants.md": "# Ants\n\nAnts bite!\n\nAnts dig! They carry leaves!",
    "bees.txt": "Bees fly.",
    "cats.txt": "Cats sleep.",
}


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def folder(make_folder: MakeFolder) -> Path:
    return make_folder(FILES)


@pytest.fixture
def animals(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Library:
    """A library of the files above; its encoder has forgotten what it encoded for it."""
    library = Library.open(folder, tmp_path / "data", letters)
    letters.encoded.clear()
    return library


@pytest.fixture
def restart(folder: Path, tmp_path: Path, letters: LetterEncoder) -> Callable[[], Library]:
    """Opens the library once more, from what is saved."""

    def open_again() -> Library:
        letters.encoded.clear()
        return Library.open(folder, tmp_path / "data", letters)

    return open_again


def names(corpus: Corpus) -> list[str]:
    return [article.file for article in corpus.articles]


def texts(corpus: Corpus) -> dict[str, str]:
    return {article.file: article.text for article in corpus.articles}


def diff(report: Reload) -> dict[str, list[str]]:
    kinds = {"added": report.added, "changed": report.changed, "removed": report.removed, "unchanged": report.unchanged}
    return {kind: [article.file for article in articles] for kind, articles in kinds.items() if articles}


def problems(library: Library) -> list[str]:
    return [str(problem) for problem in library.problems]


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


class TestOpen:
    def test_the_folder_is_read_in_order_of_names(self, animals: Library) -> None:
        assert names(animals.corpus) == ["ants.md", "bees.txt", "cats.txt"]
        assert [article.title for article in animals.corpus.articles] == ["Ants", "bees", "cats"]
        assert animals.problems == ()

    def test_a_second_start_encodes_nothing_and_serves_the_same(
        self, animals: Library, restart: Callable[[], Library], letters: LetterEncoder, caplog: pytest.LogCaptureFixture
    ) -> None:
        again = restart()
        assert letters.encoded == []
        assert again.corpus.articles == animals.corpus.articles
        assert again.corpus.built_at == animals.corpus.built_at
        assert warnings(caplog) == []

    def test_the_real_model_encodes_nothing_at_a_second_start(
        self, library: Library, encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*texts: object) -> None:
            raise AssertionError(texts)

        monkeypatch.setattr(encoder, "encode_passages", refuse)
        monkeypatch.setattr(encoder, "encode_sentences", refuse)
        again = Library.open(library.folder, library.shelf.parent, encoder)
        assert again.corpus.articles == library.corpus.articles

    def test_a_start_takes_in_what_changed_since(
        self, animals: Library, restart: Callable[[], Library], letters: LetterEncoder
    ) -> None:
        (animals.folder / "bees.txt").write_text("Bees dance.")
        (animals.folder / "cats.txt").unlink()
        assert texts(restart().corpus) == {"ants.md": animals.corpus.articles[0].text, "bees.txt": "Bees dance."}
        assert letters.encoded == ["Bees dance."]

    def test_another_model_is_said_and_everything_is_encoded_anew(
        self, animals: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        other = LetterEncoder("letters, second edition")
        again = Library.open(animals.folder, tmp_path / "data", other)
        assert again.corpus.fingerprint == "letters, second edition"
        assert len(other.encoded) == len(set(animals.corpus.layout.texts()))
        assert warnings(caplog) == [
            "The saved index is not used: it was made with another model (letters; now letters). "
            "It is being rebuilt from the articles."
        ]

    def test_every_corpus_folder_has_its_own_shelf(
        self, animals: Library, tmp_path: Path, letters: LetterEncoder
    ) -> None:
        other = tmp_path / "Überblick, Çağrı & Co" / "corpus"
        other.mkdir(parents=True)
        (other / "dogs.txt").write_text("Dogs bark.")
        second = Library.open(other, tmp_path / "data", letters)
        assert second.shelf != animals.shelf
        assert names(second.corpus) == ["dogs.txt"]
        assert names(Library.open(animals.folder, tmp_path / "data", letters).corpus) == list(FILES)

    @pytest.mark.parametrize("name", ["corpus", "Überblick & Co.", "日本語", "CON", "x" * 200, "a:b*c?", " . ", "-"])
    def test_a_shelf_has_a_name_for_every_file_system(self, tmp_path: Path, letters: LetterEncoder, name: str) -> None:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "dogs.txt").write_text("Dogs bark.")
        shelf = Library.open(folder, tmp_path / "data", letters).shelf
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}-[0-9a-f]{8}", shelf.name)
        assert shelf.parent == tmp_path / "data"

    def test_a_relative_path_is_the_same_folder(
        self, animals: Library, tmp_path: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Library.open(Path("corpus"), Path("data"), letters)
        assert letters.encoded == []

    def test_a_broken_file_is_left_out_and_named(self, make_folder: MakeFolder, restart: Callable[[], Library]) -> None:
        make_folder({"broken.md": "---\ntitle: [\n---\n\nText.", "empty.txt": b""})
        library = restart()
        assert names(library.corpus) == list(FILES)
        assert [problem.file for problem in library.problems] == ["broken.md", "empty.txt"]
        assert problems(library)[1] == "empty.txt: is empty; write the article into it, or delete it"

    def test_only_broken_files_end_the_start_and_each_is_named(self, tmp_path: Path, letters: LetterEncoder) -> None:
        folder = tmp_path / "broken"
        folder.mkdir()
        (folder / "empty.txt").write_bytes(b"")
        (folder / "program.md").write_bytes(b"\x7fELF\0\0")
        with pytest.raises(CorpusError) as caught:
            Library.open(folder, tmp_path / "data", letters)
        assert str(caught.value) == (
            f"No article in {folder} can be read:\n"
            "- empty.txt: is empty; write the article into it, or delete it\n"
            "- program.md: is no text file (a zero byte at position 4); only text can be read"
        )
        assert letters.encoded == []

    def test_an_empty_folder_ends_the_start(self, tmp_path: Path, letters: LetterEncoder) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(CorpusError, match=r"^There are no articles in .+empty\. Put \.md or \.txt files there\.$"):
            Library.open(tmp_path / "empty", tmp_path / "data", letters)

    def test_a_missing_folder_ends_the_start(self, tmp_path: Path, letters: LetterEncoder) -> None:
        with pytest.raises(CorpusError, match=r"^There is no corpus folder at "):
            Library.open(tmp_path / "missing", tmp_path / "data", letters)

    def test_without_a_place_to_save_it_works_all_the_same_and_says_so(
        self, folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "data").write_text("a file where the folder should be")
        library = Library.open(folder, tmp_path / "data", letters)
        assert names(library.corpus) == list(FILES)
        assert Answerer(library, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].article.file == "bees.txt"
        assert warnings(caplog)[-1] == (
            f"The corpus could not be saved in {tmp_path / 'data'} (Not a directory). "
            "It is used all the same, and built anew at the next start."
        )
        assert library.reload("Ada").passages_encoded == 0
        (folder / "dogs.txt").write_text("Dogs bark.")
        with pytest.raises(CorpusError) as caught:
            library.reload("Ada")
        assert str(caught.value) == (
            f"The corpus could not be saved in {tmp_path / 'data'} (Not a directory). "
            "Nothing changed; make room or mend its permissions."
        )
        assert names(library.corpus) == list(FILES)

    def test_a_library_that_was_not_opened_has_no_corpus(self, folder: Path, letters: LetterEncoder) -> None:
        with pytest.raises(CorpusError, match=r"^No corpus has been loaded yet\.$"):
            _ = Library(folder, folder, letters).corpus


class TestReload:
    def test_nothing_changed(self, animals: Library, letters: LetterEncoder) -> None:
        before = animals.corpus
        report = animals.reload("Ada")
        assert diff(report) == {"unchanged": list(FILES)}
        assert (report.passages_encoded, report.passages_reused, report.problems) == (0, 4, ())
        assert report.seconds >= 0
        assert animals.corpus is before
        assert letters.encoded == []

    def test_one_paragraph_changed(self, animals: Library, letters: LetterEncoder) -> None:
        before = animals.corpus
        (animals.folder / "ants.md").write_text("# Ants\n\nAnts bite!\n\nAnts dig! They eat!")
        report = animals.reload("Ada")
        assert diff(report) == {"changed": ["ants.md"], "unchanged": ["bees.txt", "cats.txt"]}
        assert (report.passages_encoded, report.passages_reused) == (1, 3)
        assert sorted(letters.encoded) == ["Ants dig! They eat!", "They eat!"]
        assert "They carry leaves!" in texts(before)["ants.md"]
        assert "They eat!" in texts(animals.corpus)["ants.md"]

    def test_added_removed_and_renamed(
        self, animals: Library, letters: LetterEncoder, make_folder: MakeFolder, restart: Callable[[], Library]
    ) -> None:
        make_folder({"sub/dogs.txt": "Dogs bark."})
        (animals.folder / "bees.txt").rename(animals.folder / "wasps.txt")
        (animals.folder / "cats.txt").unlink()
        report = animals.reload("Ada")
        assert diff(report) == {
            "added": ["sub/dogs.txt", "wasps.txt"],
            "removed": ["bees.txt", "cats.txt"],
            "unchanged": ["ants.md"],
        }
        assert letters.encoded == ["Dogs bark."]
        assert (report.passages_encoded, report.passages_reused) == (1, 3)
        assert names(animals.corpus) == ["ants.md", "sub/dogs.txt", "wasps.txt"]
        assert names(restart().corpus) == ["ants.md", "sub/dogs.txt", "wasps.txt"]
        assert letters.encoded == []

    def test_new_front_matter_is_a_change_that_encodes_nothing(self, animals: Library, letters: LetterEncoder) -> None:
        (animals.folder / "bees.txt").write_text("---\ntitle: The bees\n---\n\nBees fly.")
        report = animals.reload("Ada")
        assert diff(report)["changed"] == ["bees.txt"]
        assert (report.passages_encoded, letters.encoded) == (0, [])
        assert [article.title for article in animals.corpus.articles] == ["Ants", "The bees", "cats"]

    def test_a_file_that_became_broken_keeps_its_last_good_version(
        self, animals: Library, letters: LetterEncoder, restart: Callable[[], Library]
    ) -> None:
        (animals.folder / "bees.txt").write_bytes(b"")
        wanted = ["bees.txt: is empty; write the article into it, or delete it. Its last good version stays in use"]
        report = animals.reload("Ada")
        assert diff(report) == {"unchanged": list(FILES)}
        assert [str(problem) for problem in report.problems] == problems(animals) == wanted
        assert texts(animals.corpus)["bees.txt"] == "Bees fly."

        again = restart()
        assert texts(again.corpus)["bees.txt"] == "Bees fly."
        assert problems(again) == wanted
        assert letters.encoded == []

        (animals.folder / "bees.txt").write_text("Bees dance.")
        assert diff(again.reload("Ada"))["changed"] == ["bees.txt"]
        assert problems(again) == []

    def test_a_broken_new_file_does_not_keep_the_others_back(self, animals: Library, make_folder: MakeFolder) -> None:
        make_folder({"broken.md": b"\0", "dogs.txt": "Dogs bark."})
        report = animals.reload("Ada")
        assert diff(report) == {"added": ["dogs.txt"], "unchanged": list(FILES)}
        assert [problem.file for problem in report.problems] == ["broken.md"]

    def test_a_folder_that_became_a_link_keeps_its_articles(
        self, animals: Library, make_folder: MakeFolder, tmp_path: Path
    ) -> None:
        make_folder({"sub/dogs.txt": "Dogs bark."})
        animals.reload("Ada")
        (animals.folder / "sub").rename(tmp_path / "elsewhere")
        (animals.folder / "sub").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        report = animals.reload("Ada")
        assert diff(report) == {"unchanged": [*FILES, "sub/dogs.txt"]}
        assert [str(problem) for problem in report.problems] == [
            "sub: is a link to a folder; copy the folder here instead. Its last good version stays in use"
        ]

    def test_equal_titles_are_told(self, animals: Library, make_folder: MakeFolder) -> None:
        make_folder({"other.md": "# ANTS\n\nAnts march."})
        report = animals.reload("Ada")
        assert diff(report)["added"] == ["other.md"]
        assert [str(problem) for problem in report.problems] == [
            "other.md: has the same title as ants.md; give one of them another title"
        ]

    def test_nothing_left_changes_nothing(self, animals: Library) -> None:
        before = animals.corpus
        for file in FILES:
            (animals.folder / file).unlink()
        with pytest.raises(CorpusError, match=r"^There are no articles in "):
            animals.reload("Ada")
        shutil.rmtree(animals.folder)
        with pytest.raises(CorpusError, match=r"^There is no corpus folder at "):
            animals.reload("Ada")
        assert animals.corpus is before
        assert Answerer(animals, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].text == "Bees fly."

    def test_a_failing_encoder_changes_nothing(self, animals: Library, letters: LetterEncoder) -> None:
        before, saved = animals.corpus, _content(animals.shelf)

        def fail() -> None:
            raise RuntimeError("out of memory")

        letters.on_encode = fail
        (animals.folder / "bees.txt").write_text("Bees dance.")
        with pytest.raises(RuntimeError, match="out of memory"):
            animals.reload("Ada")
        assert animals.corpus is before
        assert _content(animals.shelf) == saved

        letters.on_encode = lambda: None
        assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]

    def test_a_full_disk_changes_nothing(self, animals: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        before, saved = animals.corpus, _content(animals.shelf)

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        (animals.folder / "bees.txt").write_text("Bees dance.")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(CorpusError, match=r"\(No space left on device\)\. Nothing changed; make room"):
                animals.reload("Ada")
        assert animals.corpus is before
        assert _content(animals.shelf) == saved
        assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]

    def test_a_deleted_data_folder_is_made_again(
        self, animals: Library, letters: LetterEncoder, restart: Callable[[], Library], tmp_path: Path
    ) -> None:
        shutil.rmtree(tmp_path / "data")
        assert animals.reload("Ada").passages_encoded == 0
        (animals.folder / "bees.txt").write_text("Bees dance.")
        assert animals.reload("Ada").passages_encoded == 1
        restart()
        assert letters.encoded == []

    def test_progress_is_told(self, animals: Library) -> None:
        told: list[tuple[int, int]] = []
        (animals.folder / "many.txt").write_text("\n\n".join(f"Dog number {i} barks." for i in range(70)))
        animals.reload("Ada", lambda done, total: told.append((done, total)))
        assert told == [(0, 70), (64, 70)]


def _content(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Halted:
    """A reload in a thread of its own that stands still where it is about to encode, until it is let go."""

    def __init__(self, library: Library, letters: LetterEncoder) -> None:
        self._reached, self._go_on = threading.Event(), threading.Event()
        self.outcome: Reload | Exception | None = None
        self.began = dt.datetime.now(dt.UTC)
        letters.on_encode = self._halt
        self._thread = threading.Thread(target=self._reload, args=(library,))
        self._thread.start()
        assert self._reached.wait(30)

    def _halt(self) -> None:
        self._reached.set()
        self._go_on.wait(30)

    def _reload(self, library: Library) -> None:
        try:
            self.outcome = library.reload("Ada")
        except Exception as error:  # noqa: BLE001 - for the test to look at
            self.outcome = error

    def finish(self) -> Reload | Exception | None:
        self._go_on.set()
        self._thread.join(30)
        return self.outcome


class TestMeanwhile:
    @pytest.fixture
    def halted(self, animals: Library, letters: LetterEncoder) -> Halted:
        (animals.folder / "bees.txt").write_text("Bees dance.")
        return Halted(animals, letters)

    def test_questions_see_the_old_corpus_and_then_the_new_one(self, animals: Library, halted: Halted) -> None:
        answerer = Answerer(animals, SHIPPED)
        assert answerer.answer(Question.parse("What do bees do?")).quotes[0].text == "Bees fly."
        assert isinstance(halted.finish(), Reload)
        assert answerer.answer(Question.parse("What do bees do?")).quotes[0].text == "Bees dance."

    def test_a_second_reload_is_refused_with_who_and_when(self, animals: Library, halted: Halted) -> None:
        with pytest.raises(ReloadInProgressError) as caught:
            animals.reload("Grace")
        assert isinstance(halted.finish(), Reload)
        assert caught.value.started_by == "Ada"
        assert halted.began <= caught.value.started_at <= dt.datetime.now(dt.UTC)
        assert str(caught.value) == (
            f"A reload is already running, started by Ada at {caught.value.started_at:%H:%M:%S} UTC."
        )
        assert diff(animals.reload("Grace")) == {"unchanged": list(FILES)}

    def test_many_reloads_at_once_are_one_reload(self, animals: Library, halted: Halted) -> None:
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

    def test_closing_gives_a_reload_up_and_nothing_changes(self, animals: Library, letters: LetterEncoder) -> None:
        (animals.folder / "many.txt").write_text("\n\n".join(f"Dog number {i} barks." for i in range(70)))
        before, saved = animals.corpus, _content(animals.shelf)
        halted = Halted(animals, letters)
        animals.close()
        outcome = halted.finish()
        assert isinstance(outcome, ReloadCancelledError)
        assert str(outcome) == "The reload was stopped because the bot is shutting down. Nothing changed."
        assert len(letters.encoded) == 64, "the texts that were under way, and no more"
        assert animals.corpus is before
        assert _content(animals.shelf) == saved

    def test_after_closing_no_reload_begins(self, animals: Library, letters: LetterEncoder) -> None:
        animals.close()
        (animals.folder / "bees.txt").write_text("Bees dance.")
        with pytest.raises(ReloadCancelledError):
            animals.reload("Ada")
        assert letters.encoded == []
        assert texts(animals.corpus)["bees.txt"] == "Bees fly."
        assert Answerer(animals, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].text == "Bees fly."


def test_no_answer_mixes_two_corpora(make_folder: MakeFolder, tmp_path: Path, letters: LetterEncoder) -> None:
    """While one thread reloads, others ask several questions at once: all come from one version of the folder."""
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
        assert len(library.reload("Ada").changed) == 3
        assert ask() == list(editions[i % 3].values())
    done.set()
    for thread in threads:
        thread.join()
    assert seen
    assert [quotes for quotes in seen if quotes not in [list(edition.values()) for edition in editions]] == []
