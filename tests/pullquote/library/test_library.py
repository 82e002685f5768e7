"""The corpus in force: what a start and a reload take in, and what they leave alone when something goes wrong."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library, Reload
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import CorpusError, ReloadCancelledError, ReloadInProgressError
from retrieval.progress import Step
from retrieval.question import Question
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.made_answers import SHIPPED
from tests.support.measures import Obedient
from tests.support.shelves import content, full_disk

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

    def test_whatever_a_file_makes_of_its_reading_is_its_own_problem(
        self, make_folder: MakeFolder, tmp_path: Path
    ) -> None:
        folder = make_folder({**FILES, "bombs.md": "fail badly", "crashes.txt": "exit 3"})
        library = Library.open(folder, tmp_path / "data", LetterEncoder(measure=Obedient()))
        assert names(library.corpus) == list(FILES)
        assert problems(library) == [
            "bombs.md: cannot be read because of an error in Pullquote (OverflowError), which the log tells more of; "
            "leave the file out, or take out what is unusual in it",
            "crashes.txt: was not read to its end: the process that read it ended (exit code 3), perhaps for lack of "
            "memory; reload again, or split it into several files",
        ]

    def test_an_unchanged_folder_starts_no_process(
        self, animals: Library, restart: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*command: object, **options: object) -> None:
            raise AssertionError(command)

        monkeypatch.setattr(subprocess, "Popen", refuse)
        assert diff(restart().reload("Ada")) == {"unchanged": list(FILES)}

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

    @pytest.mark.parametrize("below", ["", "articles"])
    def test_a_folder_behind_links_that_lead_in_a_circle_ends_the_start(
        self, tmp_path: Path, letters: LetterEncoder, below: str
    ) -> None:
        (tmp_path / "there").symlink_to("back")
        (tmp_path / "back").symlink_to("there")
        folder = tmp_path / "there" / below
        with pytest.raises(CorpusError) as caught:
            Library.open(folder, tmp_path / "data", letters)
        assert str(caught.value) == (
            f"The corpus folder at {folder} cannot be opened (Too many levels of symbolic links). "
            "Name another folder, or mend its links and permissions."
        )

    def test_a_folder_that_became_a_circle_of_links_changes_nothing(self, animals: Library) -> None:
        before = animals.corpus
        shutil.rmtree(animals.folder)
        animals.folder.symlink_to(animals.folder)
        with pytest.raises(CorpusError, match=r"cannot be opened \(Too many levels of symbolic links\)"):
            animals.reload("Ada")
        assert animals.corpus is before

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

    def test_what_could_not_be_saved_is_a_problem_until_a_reload_can(
        self, folder: Path, tmp_path: Path, restart: Callable[[], Library], letters: LetterEncoder
    ) -> None:
        (tmp_path / "data").write_text("a file where the folder should be")
        library = Library.open(folder, tmp_path / "data", letters)
        wanted = [
            "the saved index: could not be written (Not a directory), so it is built anew at the next start; "
            "make room in the data folder, or mend its permissions"
        ]
        assert (problems(library), library.saved) == (wanted, False)
        report = library.reload("Ada")
        assert diff(report) == {"unchanged": list(FILES)}
        assert [str(problem) for problem in report.problems] == wanted

        (tmp_path / "data").unlink()
        assert library.reload("Ada").problems == ()
        assert (problems(library), library.saved) == ([], True)
        assert texts(restart().corpus) == texts(library.corpus)
        assert letters.encoded == []

    def test_what_could_not_be_saved_can_be_saved_without_a_reload(
        self, folder: Path, tmp_path: Path, restart: Callable[[], Library], letters: LetterEncoder
    ) -> None:
        (tmp_path / "data").write_text("a file where the folder should be")
        library = Library.open(folder, tmp_path / "data", letters)
        library.save_again()
        assert not library.saved
        (tmp_path / "data").unlink()
        library.save_again()
        assert (library.saved, library.problems) == (True, ())
        before = content(library.shelf)
        library.save_again()
        assert content(library.shelf) == before
        restart()
        assert letters.encoded == []

    def test_no_temporary_folder_is_needed(
        self, folder: Path, tmp_path: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        library = Library.open(folder, tmp_path / "data", letters)
        (folder / "dogs.txt").write_text("Dogs bark.")
        assert library.reload("Ada").passages_encoded == 1
        assert Answerer(library, SHIPPED).answer(Question.parse("Do dogs bark?")).quotes[0].text == "Dogs bark."

    def test_on_a_full_disk_a_start_keeps_in_memory_what_it_cannot_write_and_says_so(
        self, folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
    ) -> None:
        with full_disk():
            library = Library.open(folder, tmp_path / "data", letters)
            assert Answerer(library, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].text == "Bees fly."
        assert warnings(caplog) == [
            f"The words' vectors cannot be written in {library.shelf} (File too large); they are kept in memory.",
            f"The corpus could not be saved in {tmp_path / 'data'} (File too large). "
            "It is used all the same, and built anew at the next start.",
        ]
        assert content(library.shelf) == {"lock": b""}

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
        before, saved = animals.corpus, content(animals.shelf)

        def fail() -> None:
            raise RuntimeError("out of memory")

        letters.on_encode = fail
        (animals.folder / "bees.txt").write_text("Bees dance.")
        with pytest.raises(RuntimeError, match="out of memory"):
            animals.reload("Ada")
        assert animals.corpus is before
        assert content(animals.shelf) == saved

        letters.on_encode = lambda: None
        assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]

    def test_a_full_disk_changes_nothing(self, animals: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        before, saved = animals.corpus, content(animals.shelf)

        def full(descriptor: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        (animals.folder / "bees.txt").write_text("Bees dance.")
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(CorpusError, match=r"\(No space left on device\)\. Nothing changed; make room"):
                animals.reload("Ada")
        assert animals.corpus is before
        assert content(animals.shelf) == saved
        assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]

    def test_no_room_for_the_words_vectors_changes_nothing(self, animals: Library, letters: LetterEncoder) -> None:
        before, saved = animals.corpus, content(animals.shelf)
        (animals.folder / "bees.txt").write_text("Bees dance.")
        with full_disk(), pytest.raises(CorpusError, match=r"\(File too large\)\. Nothing changed; make room"):
            animals.reload("Ada")
        assert animals.corpus is before
        assert content(animals.shelf) == saved
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
        told: list[tuple[Step, int, int]] = []
        (animals.folder / "many.txt").write_text("\n\n".join(f"Dog number {i} barks." for i in range(70)))
        animals.reload("Ada", lambda *how_far: told.append(how_far))
        assert told == [
            *((Step.READING, done, 4) for done in range(4)),
            (Step.ENCODING, 0, 70),
            (Step.ENCODING, 64, 70),
        ]


class TestDamageWhileServing:
    """Somebody cuts the file of the words' vectors that a library has opened."""

    QUESTIONS = ("Do ants bite?", "What do bees do?", "Who carries leaves?")

    @pytest.fixture
    def served(self, animals: Library, restart: Callable[[], Library]) -> Library:
        """The animals, from the disk."""
        return restart()

    def answers(self, library: Library) -> list[tuple[object, ...]]:
        found = Answerer(library, SHIPPED).answer_all([Question.parse(text) for text in self.QUESTIONS])
        return [(answer.verdict, answer.confidence, answer.quotes) for answer in found]

    def cut(self, library: Library, size: int) -> None:
        [file] = library.shelf.glob("*/words.int8")
        os.truncate(file, size)

    @pytest.mark.parametrize("size", [0, 1, 26 * 5])
    def test_answers_are_what_they_were_and_the_file_is_made_anew(
        self,
        animals: Library,
        served: Library,
        restart: Callable[[], Library],
        letters: LetterEncoder,
        caplog: pytest.LogCaptureFixture,
        size: int,
    ) -> None:
        before = self.answers(animals)
        self.cut(served, size)
        assert self.answers(served) == before
        assert warnings(caplog) == [
            f"The words' vectors in {served.shelf} were damaged in use; the index is built anew."
        ]
        assert len(letters.encoded) == len(set(animals.corpus.layout.texts()))
        letters.encoded.clear()
        assert self.answers(served) == before
        assert self.answers(restart()) == before
        assert letters.encoded == []

    def test_many_who_meet_it_wait_for_one_build(
        self, animals: Library, served: Library, letters: LetterEncoder
    ) -> None:
        before = self.answers(animals)
        self.cut(served, 0)
        found: list[list[tuple[object, ...]]] = []
        threads = [threading.Thread(target=lambda: found.append(self.answers(served))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [before] * 6
        assert len(letters.encoded) == len(set(animals.corpus.layout.texts()))

    def test_where_nothing_can_be_saved_the_answers_come_all_the_same(
        self, animals: Library, served: Library, tmp_path: Path
    ) -> None:
        before = self.answers(animals)
        self.cut(served, 0)
        shutil.rmtree(tmp_path / "data")
        (tmp_path / "data").write_text("a file where the folder should be")
        assert self.answers(served) == before
        assert not served.saved

    def test_a_reload_takes_nothing_over_from_it(
        self, served: Library, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.cut(served, 0)
        (served.folder / "bees.txt").write_text("Bees dance.")
        report = served.reload("Ada")
        assert diff(report) == {"changed": ["bees.txt"], "unchanged": ["ants.md", "cats.txt"]}
        assert (report.passages_encoded, report.passages_reused) == (4, 0)
        assert warnings(caplog) == [
            f"The words' vectors in {served.shelf} were damaged in use; the index is built anew."
        ]
        assert Answerer(served, SHIPPED).answer(Question.parse("What do bees do?")).quotes[0].text == "Bees dance."


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


class TestMeanwhile:
    def test_saving_again_leaves_a_reload_alone(
        self, folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
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
        before, saved = animals.corpus, content(animals.shelf)
        halted = Halted(animals, letters)
        animals.close()
        outcome = halted.finish()
        assert isinstance(outcome, ReloadCancelledError)
        assert str(outcome) == "The reload was stopped because the bot is shutting down. Nothing changed."
        assert len(letters.encoded) == 64, "the texts that were under way, and no more"
        assert animals.corpus is before
        assert content(animals.shelf) == saved

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
    def test_closing_gives_up_the_file_that_is_read(self, make_folder: MakeFolder, tmp_path: Path) -> None:
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
        with pipe.open("w"):  # opens once it is being read
            library.close()
            thread.join()
        assert len(outcome) == 1
        assert library.corpus is before
        assert content(library.shelf) == saved

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
