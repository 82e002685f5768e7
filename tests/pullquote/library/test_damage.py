"""A library whose file of word vectors is cut while it serves."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval.answering import Answerer
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder, encoded_of
from tests.support.libraries import diff, warnings
from tests.support.made_answers import SHIPPED


class TestDamageWhileServing:
    """Somebody cuts the file of the words' vectors that a library has opened."""

    QUESTIONS = ("Do ants bite?", "What do bees do?", "Who carries leaves?")

    @pytest.fixture
    def served(self, animals: Library, restart: Callable[[], Library]) -> Library:
        """The animals, from the disk."""
        return restart()

    def answers(self, library: Library) -> list[tuple[object, ...]]:
        answers = Answerer(library, SHIPPED).answer_all([Question.parse(text) for text in self.QUESTIONS])
        return [(answer.verdict, answer.confidence, answer.quotes) for answer in answers]

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
        assert sorted(letters.encoded) == encoded_of(animals.corpus)
        letters.encoded.clear()
        assert self.answers(served) == before
        assert self.answers(restart()) == before
        assert letters.encoded == []

    def test_many_threads_that_meet_the_damage_wait_for_a_single_build(
        self, animals: Library, served: Library, letters: LetterEncoder
    ) -> None:
        before = self.answers(animals)
        self.cut(served, 0)
        answers: list[list[tuple[object, ...]]] = []
        threads = [threading.Thread(target=lambda: answers.append(self.answers(served))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [before] * 6
        assert sorted(letters.encoded) == encoded_of(animals.corpus)

    def test_where_nothing_can_be_saved_the_answers_come_all_the_same(
        self, animals: Library, served: Library, tmp_path: Path
    ) -> None:
        before = self.answers(animals)
        self.cut(served, 0)
        shutil.rmtree(tmp_path / "data")
        (tmp_path / "data").write_text("a file where the folder should be")
        assert self.answers(served) == before
        assert not served.saved

    def test_a_reload_takes_no_damaged_vectors_over(
        self, served: Library, letters: LetterEncoder, caplog: pytest.LogCaptureFixture, folder: Path
    ) -> None:
        self.cut(served, 0)
        (folder / "bees.txt").write_text("Bees dance.")
        report = served.reload("Ada")
        assert diff(report) == {"changed": ["bees.txt"], "unchanged": ["ants.md", "cats.txt"]}
        assert (report.passages_encoded, report.passages_reused) == (4, 0)
        assert warnings(caplog) == [
            f"The words' vectors in {served.shelf} were damaged in use; the index is built anew."
        ]
        assert Answerer(served, SHIPPED).answer(Question.parse("What do bees do?")).quotes[0].text == "Bees dance."
