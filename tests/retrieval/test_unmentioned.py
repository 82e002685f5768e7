"""Words of a question that an article never mentions."""

from __future__ import annotations

from retrieval.question import Question
from retrieval.unmentioned import unmentioned
from tests.support.fake_encoder import corpus_of

CORPUS = corpus_of("The tower burned whale oil.\n\nIts keepers slept by day.", "A ferry crosses the harbour.")


def missing(question: str, row: int) -> tuple[str, ...]:
    return unmentioned(Question.parse(question), CORPUS, row)


def test_words_that_stand_nowhere_in_the_article() -> None:
    assert missing("Did the keepers burn Petroleum or oil in the ferry?", 0) == ("Petroleum", "ferry")
    assert missing("Did the keepers burn Petroleum or oil in the ferry?", 2) == ("keepers", "burn", "Petroleum", "oil")


def test_each_word_is_named_once_as_it_is_first_written() -> None:
    assert missing("Ferry ferries ferry?", 0) == ("Ferry",)


def test_a_misspelt_word_counts_as_the_word_that_is_meant() -> None:
    assert missing("Which harbuor has a ferry?", 2) == ()
    assert missing("Which harbuor has a ferry?", 0) == ("harbuor", "ferry")


def test_words_without_content_do_not_count() -> None:
    assert missing("Who was it, and when?", 0) == ()
