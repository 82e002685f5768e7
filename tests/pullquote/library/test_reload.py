"""What a reload takes in, and what it leaves alone when something goes wrong."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval.answering import Answerer
from retrieval.errors import CorpusError
from retrieval.progress import Step
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.libraries import FILES, diff, names, problems, texts
from tests.support.made_answers import SHIPPED
from tests.support.shelves import content, full_disk
from tests.support.wording import problem_line, refusal


def test_nothing_changed(animals: Library, letters: LetterEncoder) -> None:
    before = animals.corpus
    report = animals.reload("Ada")
    assert diff(report) == {"unchanged": list(FILES)}
    assert (report.passages_encoded, report.passages_reused, report.problems) == (0, 4, ())
    assert report.seconds >= 0
    assert animals.corpus is before
    assert letters.encoded == []


def test_a_paragraph_changed(animals: Library, letters: LetterEncoder, folder: Path) -> None:
    before = animals.corpus
    (folder / "ants.md").write_text("# Ants\n\nAnts bite every day!\n\nAnts dig! They eat!")
    report = animals.reload("Ada")
    assert diff(report) == {"changed": ["ants.md"], "unchanged": ["bees.txt", "cats.txt"]}
    assert (report.passages_encoded, report.passages_reused) == (1, 3)
    assert sorted(letters.encoded) == ["Ants dig!", "Ants dig! They eat!", "They eat!"]
    assert "They carry leaves!" in texts(before)["ants.md"]
    assert "They eat!" in texts(animals.corpus)["ants.md"]


def test_added_removed_and_renamed(
    animals: Library, letters: LetterEncoder, make_folder: MakeFolder, restart: Callable[[], Library], folder: Path
) -> None:
    make_folder({"sub/dogs.txt": "Dogs bark."})
    (folder / "bees.txt").rename(folder / "wasps.txt")
    (folder / "cats.txt").unlink()
    report = animals.reload("Ada")
    assert diff(report) == {
        "added": ["sub/dogs.txt", "wasps.txt"],
        "removed": ["bees.txt", "cats.txt"],
        "unchanged": ["ants.md"],
    }
    assert letters.encoded == ["Dogs bark.", "dogs", "wasps"], "a passage and two titles"
    assert (report.passages_encoded, report.passages_reused) == (1, 3)
    assert names(animals.corpus) == ["ants.md", "sub/dogs.txt", "wasps.txt"]
    assert names(restart().corpus) == ["ants.md", "sub/dogs.txt", "wasps.txt"]
    assert letters.encoded == []


def test_new_front_matter_is_a_change_that_encodes_the_title_alone(
    animals: Library, letters: LetterEncoder, folder: Path
) -> None:
    (folder / "bees.txt").write_text("---\ntitle: The bees\n---\n\nBees fly.")
    report = animals.reload("Ada")
    assert diff(report)["changed"] == ["bees.txt"]
    assert (report.passages_encoded, letters.encoded) == (0, ["The bees"])
    assert [article.title for article in animals.corpus.articles] == ["Ants", "The bees", "cats"]


def test_a_file_that_became_broken_keeps_its_last_good_version(
    animals: Library, letters: LetterEncoder, restart: Callable[[], Library], folder: Path
) -> None:
    (folder / "bees.txt").write_bytes(b"")
    wanted = ["bees.txt: is empty; write the article into it, or delete it. Its last good version stays in use"]
    report = animals.reload("Ada")
    assert diff(report) == {"unchanged": list(FILES)}
    assert [problem_line(problem) for problem in report.problems] == problems(animals) == wanted
    assert texts(animals.corpus)["bees.txt"] == "Bees fly."

    again = restart()
    assert texts(again.corpus)["bees.txt"] == "Bees fly."
    assert problems(again) == wanted
    assert letters.encoded == []

    (folder / "bees.txt").write_text("Bees dance.")
    assert diff(again.reload("Ada"))["changed"] == ["bees.txt"]
    assert problems(again) == []


def test_a_broken_new_file_does_not_keep_the_others_back(animals: Library, make_folder: MakeFolder) -> None:
    make_folder({"broken.md": b"\0", "dogs.txt": "Dogs bark."})
    report = animals.reload("Ada")
    assert diff(report) == {"added": ["dogs.txt"], "unchanged": list(FILES)}
    assert [problem.file for problem in report.problems] == ["broken.md"]


def test_a_folder_that_became_a_link_keeps_its_articles(
    animals: Library, make_folder: MakeFolder, tmp_path: Path, folder: Path
) -> None:
    make_folder({"sub/dogs.txt": "Dogs bark."})
    animals.reload("Ada")
    (folder / "sub").rename(tmp_path / "elsewhere")
    (folder / "sub").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    report = animals.reload("Ada")
    assert diff(report) == {"unchanged": [*FILES, "sub/dogs.txt"]}
    assert [problem_line(problem) for problem in report.problems] == [
        "sub: is a link to a folder; copy the folder here instead. Its last good version stays in use"
    ]


def test_what_is_good_to_know_is_told_apart_from_problems(animals: Library, make_folder: MakeFolder) -> None:
    dated = "---\npublished: last week\n---\n\n# Dogs\n\nDogs bark."
    make_folder(
        {"other.md": "# ANTS\n\nAnts march.", "dogs.md": dated, "index.md": "# Index", "a.png": "", "b.png": ""}
    )
    report = animals.reload("Ada")
    assert diff(report)["added"] == ["dogs.md", "other.md"]
    assert report.problems == ()
    assert report.remarks == animals.remarks
    assert [problem_line(remark) for remark in report.remarks] == [
        "2 files are not articles: 2 .png",
        "dogs.md: its published date is not written as 2026-01-31 and was left out",
        "index.md: has headings but no text under them",
        "other.md: has the same title as ants.md, so its quotes show the file's name as well; "
        "give either file another title",
    ]


def test_a_stub_in_place_of_an_article_is_a_problem(animals: Library, make_folder: MakeFolder) -> None:
    make_folder({"ants.md": "# Ants"})
    report = animals.reload("Ada")
    assert [problem_line(problem) for problem in report.problems] == [
        "ants.md: has headings but no text under them. Its last good version stays in use"
    ]
    assert report.remarks == ()


def test_a_folder_without_articles_changes_nothing(animals: Library, folder: Path) -> None:
    before = animals.corpus
    for file in FILES:
        (folder / file).unlink()
    with refusal(CorpusError, match=r"^There are no articles in "):
        animals.reload("Ada")
    shutil.rmtree(folder)
    with refusal(CorpusError, match=r"^There is no corpus folder at "):
        animals.reload("Ada")
    assert animals.corpus is before
    assert Answerer(animals, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[0].text == "Bees fly."


def test_a_failing_encoder_changes_nothing(animals: Library, letters: LetterEncoder, folder: Path) -> None:
    before, saved = animals.corpus, content(animals.shelf)

    def fail() -> None:
        raise RuntimeError("out of memory")

    letters.on_encode = fail
    (folder / "bees.txt").write_text("Bees dance.")
    with pytest.raises(RuntimeError, match="out of memory"):
        animals.reload("Ada")
    assert animals.corpus is before
    assert content(animals.shelf) == saved

    letters.on_encode = lambda: None
    assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]


def test_a_full_disk_changes_nothing(animals: Library, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    before, saved = animals.corpus, content(animals.shelf)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (folder / "bees.txt").write_text("Bees dance.")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with refusal(CorpusError, match=r"\(No space left on device\)\. Nothing changed; make room"):
            animals.reload("Ada")
    assert animals.corpus is before
    assert content(animals.shelf) == saved
    assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]


def test_no_room_for_the_words_vectors_changes_nothing(animals: Library, letters: LetterEncoder, folder: Path) -> None:
    before, saved = animals.corpus, content(animals.shelf)
    (folder / "bees.txt").write_text("Bees dance.")
    with full_disk(), refusal(CorpusError, match=r"\(File too large\)\. Nothing changed; make room"):
        animals.reload("Ada")
    assert animals.corpus is before
    assert content(animals.shelf) == saved
    assert diff(animals.reload("Ada"))["changed"] == ["bees.txt"]


def test_a_deleted_data_folder_is_made_again(
    animals: Library, letters: LetterEncoder, restart: Callable[[], Library], tmp_path: Path, folder: Path
) -> None:
    shutil.rmtree(tmp_path / "data")
    assert animals.reload("Ada").passages_encoded == 0
    (folder / "bees.txt").write_text("Bees dance.")
    assert animals.reload("Ada").passages_encoded == 1
    restart()
    assert letters.encoded == []


def test_progress_is_told(animals: Library, folder: Path) -> None:
    told: list[tuple[Step, int, int]] = []
    (folder / "many.txt").write_text("\n\n".join(f"Dog number {i} barks." for i in range(70)))
    animals.reload("Ada", lambda *how_far: told.append(how_far))
    assert told == [
        *((Step.READING, done, 4) for done in range(4)),
        (Step.ENCODING, 0, 70),
        (Step.ENCODING, 64, 70),
    ]
