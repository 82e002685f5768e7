"""What a start takes in, what it refuses, and what it does where nothing can be saved."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library
from pullquote.library.sources.folder import FolderSource
from pullquote.locales import for_operators
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import CorpusError
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder, encoded_of
from tests.support.folders import MakeFolder
from tests.support.libraries import FILES, diff, names, problems, texts, warnings
from tests.support.made_answers import SHIPPED
from tests.support.measures import Obedient
from tests.support.shelves import content, full_disk
from tests.support.wording import problem_line, refusal


def test_the_folder_is_read_in_order_of_names(animals: Library) -> None:
    assert names(animals.corpus) == ["ants.md", "bees.txt", "cats.txt"]
    assert [article.title for article in animals.corpus.articles] == ["Ants", "bees", "cats"]
    assert animals.problems == ()


def test_a_second_start_encodes_nothing_and_serves_the_same(
    animals: Library, restart: Callable[[], Library], letters: LetterEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    again = restart()
    assert letters.encoded == []
    assert again.corpus.articles == animals.corpus.articles
    assert again.corpus.built_at == animals.corpus.built_at
    assert warnings(caplog) == []


def test_the_real_model_encodes_nothing_at_a_second_start(
    library: Library, encoder: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*texts: object) -> None:
        raise AssertionError(texts)

    monkeypatch.setattr(encoder, "encode_passages", refuse)
    monkeypatch.setattr(encoder, "encode_sentences", refuse)
    again = Library.open(Path(library.source.name), library.shelf.parent, encoder)
    assert again.corpus.articles == library.corpus.articles


def test_a_start_takes_in_what_changed_since(
    animals: Library, restart: Callable[[], Library], letters: LetterEncoder, folder: Path
) -> None:
    (folder / "bees.txt").write_text("Bees dance.")
    (folder / "cats.txt").unlink()
    assert texts(restart().corpus) == {"ants.md": animals.corpus.articles[0].text, "bees.txt": "Bees dance."}
    assert letters.encoded == ["Bees dance."]


def test_another_model_is_said_and_everything_is_encoded_anew(
    animals: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture, folder: Path
) -> None:
    other = LetterEncoder("letters, second edition")
    again = Library.open(folder, tmp_path / "data", other)
    assert again.corpus.fingerprint == "letters, second edition"
    assert sorted(other.encoded) == encoded_of(animals.corpus)
    assert warnings(caplog) == [
        "The saved index is not used: it was made with another model (letters; now letters). "
        "It is being rebuilt from the articles."
    ]


def test_every_corpus_folder_has_its_own_shelf(
    animals: Library, tmp_path: Path, letters: LetterEncoder, folder: Path
) -> None:
    other = tmp_path / "Überblick, Çağrı & Co" / "corpus"
    other.mkdir(parents=True)
    (other / "dogs.txt").write_text("Dogs bark.")
    second = Library.open(other, tmp_path / "data", letters)
    assert second.shelf != animals.shelf
    assert names(second.corpus) == ["dogs.txt"]
    assert names(Library.open(folder, tmp_path / "data", letters).corpus) == list(FILES)


@pytest.mark.parametrize("name", ["corpus", "Überblick & Co.", "日本語", "CON", "x" * 200, "a:b*c?", " . ", "-"])
def test_a_shelf_has_a_name_for_every_file_system(tmp_path: Path, letters: LetterEncoder, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "dogs.txt").write_text("Dogs bark.")
    shelf = Library.open(folder, tmp_path / "data", letters).shelf
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}-[0-9a-f]{8}", shelf.name)
    assert shelf.parent == tmp_path / "data"


def test_a_relative_path_is_the_same_folder(
    animals: Library, tmp_path: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Library.open(Path("corpus"), Path("data"), letters)
    assert letters.encoded == []


def test_a_broken_file_is_left_out_and_named(make_folder: MakeFolder, restart: Callable[[], Library]) -> None:
    make_folder({"broken.md": "---\ntitle: [\n---\n\nText.", "empty.txt": b""})
    library = restart()
    assert names(library.corpus) == list(FILES)
    assert [problem.file for problem in library.problems] == ["broken.md", "empty.txt"]
    assert problems(library)[1] == "empty.txt: is empty; write the article into it, or delete it"


def test_whatever_a_file_makes_of_its_reading_is_its_own_problem(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({**FILES, "bombs.md": "fail badly", "crashes.txt": "exit 3"})
    library = Library.open(folder, tmp_path / "data", LetterEncoder(measure=Obedient()))
    assert names(library.corpus) == list(FILES)
    assert problems(library) == [
        "bombs.md: cannot be read because of an error in Pullquote (OverflowError), which the log describes; "
        "leave the file out, or take out its unusual parts",
        "crashes.txt: was not read to its end: the process that read it ended (exit code 3), perhaps for lack of "
        "memory; reload again, or split it into several files",
    ]


def test_an_unchanged_folder_starts_no_process(
    animals: Library, restart: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*command: object, **options: object) -> None:
        raise AssertionError(command)

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert diff(restart().reload("Ada")) == {"unchanged": list(FILES)}


def test_only_broken_files_end_the_start_and_each_is_named(tmp_path: Path, letters: LetterEncoder) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "program.md").write_bytes(b"\x7fELF\0\0")
    with pytest.raises(CorpusError) as caught:
        Library.open(folder, tmp_path / "data", letters)
    assert for_operators(caught.value) == (
        f"No article in {folder} can be read:\n"
        "- empty.txt: is empty; write the article into it, or delete it\n"
        "- program.md: is not a text file (a zero byte at position 4); only text can be read"
    )
    assert letters.encoded == []


def test_an_empty_folder_ends_the_start(tmp_path: Path, letters: LetterEncoder) -> None:
    (tmp_path / "empty").mkdir()
    with refusal(CorpusError, match=r"^There are no articles in .+empty\. Put \.md or \.txt files there\.$"):
        Library.open(tmp_path / "empty", tmp_path / "data", letters)


def test_a_missing_folder_ends_the_start(tmp_path: Path, letters: LetterEncoder) -> None:
    with refusal(CorpusError, match=r"^There is no corpus folder at "):
        Library.open(tmp_path / "missing", tmp_path / "data", letters)


@pytest.mark.parametrize("below", ["", "articles"])
def test_a_folder_behind_links_that_lead_in_a_circle_ends_the_start(
    tmp_path: Path, letters: LetterEncoder, below: str
) -> None:
    (tmp_path / "there").symlink_to("back")
    (tmp_path / "back").symlink_to("there")
    folder = tmp_path / "there" / below
    with pytest.raises(CorpusError) as caught:
        Library.open(folder, tmp_path / "data", letters)
    assert for_operators(caught.value) == (
        f"The corpus folder at {folder} cannot be opened (Too many levels of symbolic links). "
        "Name another folder, or mend its links and permissions."
    )


def test_a_folder_that_became_a_circle_of_links_changes_nothing(animals: Library, folder: Path) -> None:
    before = animals.corpus
    shutil.rmtree(folder)
    folder.symlink_to(folder)
    with refusal(CorpusError, match=r"cannot be opened \(Too many levels of symbolic links\)"):
        animals.reload("Ada")
    assert animals.corpus is before


def test_without_a_place_to_save_it_works_all_the_same_and_says_so(
    folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
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
    assert for_operators(caught.value) == (
        f"The corpus could not be saved in {tmp_path / 'data'} (Not a directory). "
        "Nothing changed; make room or mend its permissions."
    )
    assert names(library.corpus) == list(FILES)


def test_what_could_not_be_saved_is_a_problem_until_a_reload_can(
    folder: Path, tmp_path: Path, restart: Callable[[], Library], letters: LetterEncoder
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
    assert [problem_line(problem) for problem in report.problems] == wanted

    (tmp_path / "data").unlink()
    assert library.reload("Ada").problems == ()
    assert (problems(library), library.saved) == ([], True)
    assert texts(restart().corpus) == texts(library.corpus)
    assert letters.encoded == []


def test_what_could_not_be_saved_can_be_saved_without_a_reload(
    folder: Path, tmp_path: Path, restart: Callable[[], Library], letters: LetterEncoder
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
    folder: Path, tmp_path: Path, letters: LetterEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    library = Library.open(folder, tmp_path / "data", letters)
    (folder / "dogs.txt").write_text("Dogs bark.")
    assert library.reload("Ada").passages_encoded == 1
    assert Answerer(library, SHIPPED).answer(Question.parse("Do dogs bark?")).quotes[0].text == "Dogs bark."


def test_on_a_full_disk_a_start_keeps_in_memory_what_it_cannot_write_and_says_so(
    folder: Path, tmp_path: Path, letters: LetterEncoder, caplog: pytest.LogCaptureFixture
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


def test_a_library_that_was_not_opened_has_no_corpus(folder: Path, letters: LetterEncoder) -> None:
    with refusal(CorpusError, match=r"^No corpus has been loaded yet\.$"):
        _ = Library(FolderSource(folder), folder, letters).corpus
