"""Golden questions on the article that ships with the bot: the real model, through the code that answers in Discord."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval.answer import Answer, Verdict
from retrieval.answering import Answerer
from retrieval.article import Article
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.question import Question
from tests.support.made_answers import SHIPPED

CORPUS = Path(__file__).parents[1] / "corpus"
SHIPPED_FILE = "musk-putin-claim.md"

# The recorded levels: exactly what the run gave when they were last set. A better ranker raises them; a change that
# lowers a level has to say why. The first ranker (sentence cosine and word coverage) gave 42, 37, 40, 18 and 20: it
# declined most of what the article answers, near misses with it. The second gave 43, 38, 18, 8 and 20. This one is
# fitted on real collections, too: there 5 of 189 more questions come first than with a third of their weight, which
# would keep one more first here. Of the off-topic questions it answers "is there a poll for movie night".
RIGHT_FIRST = 42  # at least, of 54
RIGHT_POINTING = 37  # at least, of 54
ANSWERABLE_DECLINED = 18  # at most, of 54
NEAR_MISSES_DECLINED = 8  # at least, of 20
OFF_TOPIC_DECLINED = 19  # at least, of 20


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and where the article answers it: any of these passages, in sentences with some of these words."""

    question: str
    passages: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """The questions of golden_questions.toml."""

    answerable: tuple[Golden, ...]
    near_misses: tuple[str, ...]
    off_topic: tuple[str, ...]

    @classmethod
    def read(cls) -> GoldenSet:
        tables = tomllib.loads(Path(__file__).with_name("golden_questions.toml").read_text(encoding="utf-8"))
        answerable = tuple(
            Golden(question, tuple(table["passages"]), tuple(table["words"]))
            for table in tables["answerable"]
            for question in table["questions"]
        )
        return cls(answerable, tuple(tables["near_misses"]), tuple(tables["off_topic"]))


GOLDEN = GoldenSet.read()


@pytest.fixture(scope="module")
def answerer(encoder: SentenceTransformerEncoder, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return Answerer(Library.open(CORPUS, tmp_path_factory.mktemp("golden"), encoder), SHIPPED)


@pytest.fixture(scope="module")
def answers(answerer: Answerer) -> list[Answer]:
    """The answers to the answerable questions, in their order."""
    return answerer.answer_all([Question.parse(golden.question) for golden in GOLDEN.answerable])


@pytest.fixture(scope="module")
def article(answerer: Answerer) -> Article:
    return next(article for article in answerer.holder.corpus.articles if article.file == SHIPPED_FILE)


class TestAnswerable:
    def test_the_right_passage_comes_first(self, answers: list[Answer]) -> None:
        wrong = [_told(answer) for golden, answer in _pairs(answers) if not _is_right(golden, answer)]
        _reaches(len(answers) - len(wrong), RIGHT_FIRST, wrong)

    def test_the_marked_sentence_answers(self, answers: list[Answer]) -> None:
        wrong = [_told(answer) for golden, answer in _pairs(answers) if not _points_right(golden, answer)]
        _reaches(len(answers) - len(wrong), RIGHT_POINTING, wrong)

    def test_few_are_declined(self, answers: list[Answer]) -> None:
        declined = [_told(answer) for answer in answers if answer.verdict is not Verdict.ANSWERED]
        _reaches(len(answers) - len(declined), len(answers) - ANSWERABLE_DECLINED, declined)


@pytest.mark.parametrize(
    ("questions", "level"),
    [
        pytest.param(GOLDEN.near_misses, NEAR_MISSES_DECLINED, id="near misses"),
        pytest.param(GOLDEN.off_topic, OFF_TOPIC_DECLINED, id="off-topic"),
    ],
)
def test_what_the_article_does_not_say_is_declined(answerer: Answerer, questions: Sequence[str], level: int) -> None:
    answers = answerer.answer_all([Question.parse(question) for question in questions])
    wrong = [_told(answer) for answer in answers if answer.verdict is Verdict.ANSWERED]
    _reaches(len(answers) - len(wrong), level, wrong)


class TestQuestions:
    """The file itself is honest."""

    def test_there_are_enough_of_them(self) -> None:
        assert len(GOLDEN.answerable) >= 40
        assert min(len(GOLDEN.near_misses), len(GOLDEN.off_topic)) >= 10

    def test_no_question_is_asked_twice(self) -> None:
        questions = [golden.question for golden in GOLDEN.answerable] + [*GOLDEN.near_misses, *GOLDEN.off_topic]
        times = Counter(" ".join(question.lower().split()).rstrip("?! .") for question in questions)
        assert [question for question, count in times.items() if count > 1] == []

    def test_every_paragraph_is_asked_for_and_no_other(self, article: Article) -> None:
        named = {number for golden in GOLDEN.answerable for number in golden.passages}
        assert named == {passage.number for passage in article.passages}

    @pytest.mark.parametrize("golden", GOLDEN.answerable, ids=lambda golden: golden.question)
    def test_its_words_single_out_sentences_of_its_passages(self, golden: Golden, article: Article) -> None:
        """Every passage has a sentence that holds some of the words; what a passage says elsewhere does not count."""
        for number in golden.passages:
            sentences = [article.slice(sentence) for sentence in article.passages[number - 1].sentences]
            assert sum(_holds(golden, sentence) for sentence in sentences) == 1
        texts = [article.slice(article.passages[number - 1]) for number in golden.passages]
        assert [words for words in golden.words if not any(words in text for text in texts)] == []


def _pairs(answers: list[Answer]) -> list[tuple[Golden, Answer]]:
    return list(zip(GOLDEN.answerable, answers, strict=True))


def _is_right(golden: Golden, answer: Answer) -> bool:
    quote = answer.quotes[0]
    return quote.article.file == SHIPPED_FILE and quote.passage.number in golden.passages


def _points_right(golden: Golden, answer: Answer) -> bool:
    quote = answer.quotes[0]
    return _is_right(golden, answer) and _holds(golden, quote.article.slice(quote.highlight))


def _holds(golden: Golden, sentence: str) -> bool:
    return any(words in sentence for words in golden.words)


def _told(answer: Answer) -> str:
    """The question and what came of it, on one line, for whoever reads why a test failed."""
    quote = answer.quotes[0]
    return (
        f"{answer.question!r}: {answer.verdict} ({answer.confidence:.2f}), "
        f"passage {quote.passage.number}, {quote.article.slice(quote.highlight)!r}"
    )


def _reaches(count: int, level: int, failing: list[str]) -> None:
    assert count >= level, "\n".join([f"{count} instead of at least {level}; these fail:", *failing])
