"""Asking a set's questions: the right corpus for each, the very answers that Discord gets, judged exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import Entry, QuestionSet, SetQuestion, question_set
from pullquote.evaluation.run import BATCH, Fixed, Scope, answer_batch, judge, run_set
from retrieval.answer import Answer, Hit, Verdict
from retrieval.answering import Answerer, CorpusHolder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.progress import Step
from retrieval.question import Question
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.made_answers import SHIPPED, answer_of

TOWER = "The tower was finished in 1874. Its lamp burned whale oil."
KEEPER = "The last keeper left in 1962.\nHe took his\ncat with him."
BEES = "Foragers carry nectar home in a second stomach. It holds seventy milligrams."
FANS = "Other bees fan their wings until most of the water is gone."
NO_ARTICLE_ON_IT = "Who won the football match on Sunday?"


def paragraph(context: str, question: str, *answers: str, is_impossible: bool = False) -> dict[str, object]:
    entry = {
        "question": question,
        "answers": [{"text": answer} for answer in answers],
        "is_impossible": is_impossible,
    }
    return {"context": context, "qas": [entry]}


ENTRIES = [
    Entry.model_validate(entry)
    for entry in (
        {"title": "Nothing yet", "paragraphs": []},
        {
            "title": "The lighthouse",
            "paragraphs": [
                paragraph(TOWER, "What did the lamp burn?", "whale oil", "oil"),
                paragraph(KEEPER, "Who took his cat with him?", "his cat with"),
            ],
        },
        {
            "title": "Honey",
            "paragraphs": [
                paragraph(BEES, "What holds seventy milligrams?", "second stomach"),
                paragraph(FANS, "How many bees fan their wings?", is_impossible=True),
            ],
        },
    )
]


@pytest.fixture(scope="module")
def made_set(encoder: SentenceTransformerEncoder) -> QuestionSet:
    return question_set(ENTRIES, encoder)


@pytest.fixture(scope="module")
def corpus(made_set: QuestionSet, encoder: SentenceTransformerEncoder) -> Corpus:
    return build_corpus(made_set.articles, encoder).corpus


def hits(made_set: QuestionSet, *marked: tuple[int, int, int]) -> tuple[Hit, ...]:
    """Hits, each given by the numbers of its article, passage and marked sentence, from 0."""
    articles = made_set.articles
    chosen = (
        (articles[article], articles[article].passages[passage], sentence) for article, passage, sentence in marked
    )
    return tuple(Hit(article, passage, passage.sentences[sentence], 0.9, {}) for article, passage, sentence in chosen)


def answer(*best_first: Hit) -> Answer:
    return answer_of(Verdict.ANSWERED, *best_first)


@pytest.mark.parametrize(
    ("marked", "rank", "pointed", "given_right"),
    [
        ([(1, 0, 1)], 1, True, True),
        ([(1, 0, 0)], 1, False, False),
        ([(1, 1, 0), (1, 0, 1)], 2, False, True),
        ([(2, 0, 0), (1, 1, 1), (1, 0, 0)], 3, False, False),
        ([(2, 0, 0), (2, 1, 0), (1, 1, 0)], None, False, False),
    ],
)
def test_the_rank_is_the_first_quote_out_of_the_right_paragraph(
    made_set: QuestionSet, marked: list[tuple[int, int, int]], rank: int | None, pointed: bool, given_right: bool
) -> None:
    lamp = made_set.questions[0]
    outcome = judge(lamp, answer(*hits(made_set, *marked)))
    assert (outcome.rank, outcome.pointed, outcome.pointed_given_right) == (rank, pointed, given_right)
    assert outcome.right is (rank == 1)
    assert outcome.question is lamp


def test_an_answer_may_run_over_a_line_end(made_set: QuestionSet) -> None:
    cat = made_set.questions[1]
    assert judge(cat, answer(*hits(made_set, (1, 1, 1)))).pointed
    assert not judge(cat, answer(*hits(made_set, (1, 1, 0)))).pointed


def test_nothing_answers_an_unanswerable_question(made_set: QuestionSet) -> None:
    fans = made_set.questions[3]
    outcome = judge(fans, answer(*hits(made_set, (2, 1, 0))))
    assert (outcome.rank, outcome.right, outcome.pointed) == (None, False, False)


def test_without_an_expected_answer_no_sentence_is_the_right_one(made_set: QuestionSet) -> None:
    lamp = replace(made_set.questions[0], answers=())
    outcome = judge(lamp, answer(*hits(made_set, (1, 0, 1))))
    assert (outcome.rank, outcome.pointed, outcome.pointed_given_right) == (1, False, False)


def test_every_part_of_a_long_paragraph_is_right(encoder: SentenceTransformerEncoder) -> None:
    sentences = [f"In the year {year} the keeper wrote a long letter about the weather." for year in range(1874, 1962)]
    entry = Entry.model_validate({"paragraphs": [paragraph(" ".join(sentences), "When?"), paragraph(FANS, "How?")]})
    made_set = question_set([entry], encoder)
    passages = made_set.articles[0].passages
    assert len(passages) > 3
    when, how = made_set.questions
    for number in range(len(passages)):
        quoted = answer(*hits(made_set, (0, number, 0)))
        in_the_first = number < len(passages) - 1
        assert judge(when, quoted).right is in_the_first
        assert judge(how, quoted).right is not in_the_first


# Asking


def test_answers_are_the_answers_of_discord_with_every_quote(
    corpus: Corpus, made_set: QuestionSet, encoder: SentenceTransformerEncoder
) -> None:
    answerer = Answerer(Fixed(corpus, encoder), SHIPPED)
    for together, question in zip(
        answer_batch([(each, corpus) for each in made_set.questions], answerer), made_set.questions, strict=True
    ):
        alone = answerer.answer(Question.parse(question.text))
        assert together is not None
        assert (together.question, together.verdict) == (alone.question, alone.verdict)
        assert together.question.text == question.text
        assert together.confidence == pytest.approx(alone.confidence, abs=1e-4)
        assert [quote.text for quote in together.quotes] == [quote.text for quote in alone.quotes]
        assert len(together.hits) == 4


def test_what_cannot_be_looked_up_is_declined_and_the_others_are_asked(
    corpus: Corpus, encoder: SentenceTransformerEncoder
) -> None:
    lamp = "What did the lamp burn?"
    questions = [SetQuestion(text, 0, (0, 9), answerable=True) for text in ("?!", f" {lamp}\n", "", "x" * 4_001, lamp)]
    answers = answer_batch([(each, corpus) for each in questions], Answerer(Fixed(corpus, encoder), SHIPPED))
    assert [each and each.question.text for each in answers] == [None, lamp, None, None, lamp]
    assert [each and len(each.hits) for each in answers] == [None, 4, None, None, 4]
    refused = judge(questions[0], answers[0])
    assert (refused.verdict, refused.confidence, refused.hits) == (Verdict.NOT_IN_CORPUS, 0.0, ())
    assert (refused.rank, refused.pointed, refused.pointed_given_right) == (None, False, False)
    assert not refused.answered


def test_a_batch_of_nothing_to_look_up(corpus: Corpus, encoder: SentenceTransformerEncoder) -> None:
    question = SetQuestion("?", 0, (0, 9), answerable=True)
    assert answer_batch([(question, corpus)], Answerer(Fixed(corpus, encoder), SHIPPED)) == [None]


class Watched:
    """Makes answerers, and remembers their holders of a corpus and the progress."""

    def __init__(self) -> None:
        self.holders: list[CorpusHolder] = []
        self.steps: list[tuple[Step, int, int]] = []

    def make(self, holder: CorpusHolder) -> Answerer:
        self.holders.append(holder)
        return Answerer(holder, SHIPPED)

    def progress(self, step: Step, done: int, total: int) -> None:
        self.steps.append((step, done, total))


def texts(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.question.text for outcome in outcomes]


def off_topic(count: int) -> list[SetQuestion]:
    return [
        SetQuestion(f"Who won match {number}?", article=40 + number, paragraph=(0, 9), answerable=False)
        for number in range(count)
    ]


def test_scope_all_asks_one_corpus_of_all_articles(made_set: QuestionSet, encoder: SentenceTransformerEncoder) -> None:
    watched = Watched()
    run = run_set(made_set, "all", encoder, watched.make, off_topic=off_topic(3))
    [holder] = watched.holders
    assert holder.corpus.articles == made_set.articles
    assert (run.scope, run.articles) == ("all", made_set.articles)
    assert texts(run.outcomes) == [question.text for question in made_set.questions]
    assert run.off_topic is not None
    assert texts(run.off_topic) == ["Who won match 0?", "Who won match 1?", "Who won match 2?"]
    assert run.all_outcomes == run.outcomes + run.off_topic
    assert [outcome.rank for outcome in run.off_topic] == [None] * 3
    assert run.seconds > 0


def test_scope_article_asks_each_question_of_its_own_article(
    made_set: QuestionSet, encoder: SentenceTransformerEncoder
) -> None:
    watched = Watched()
    run = run_set(made_set, "article", encoder, watched.make, off_topic=off_topic(5))
    assert [holder.corpus.articles for holder in watched.holders] == [
        (made_set.articles[1],),
        (made_set.articles[2],),
    ]
    assert texts(run.outcomes) == [question.text for question in made_set.questions]
    for outcome in run.outcomes:
        article = made_set.articles[outcome.question.article]
        assert [hit.article for hit in outcome.hits] == [article, article]
    assert run.off_topic is not None
    assert [(one.question.text, one.hits[0].article.title) for one in run.off_topic] == [
        ("Who won match 0?", "The lighthouse"),
        ("Who won match 2?", "The lighthouse"),
        ("Who won match 4?", "The lighthouse"),
        ("Who won match 1?", "Honey"),
        ("Who won match 3?", "Honey"),
    ]


@pytest.mark.parametrize("scope", ["all", "article"])
def test_the_real_model_finds_what_is_there(
    made_set: QuestionSet, encoder: SentenceTransformerEncoder, scope: Scope
) -> None:
    run = run_set(made_set, scope, encoder, Watched().make)
    assert [(outcome.rank, outcome.pointed) for outcome in run.outcomes[:2]] == [(1, True), (1, True)]
    assert run.outcomes[2].rank == 1
    assert run.outcomes[3].rank is None
    assert run.off_topic is None


def test_many_questions_are_asked_in_batches(made_set: QuestionSet, encoder: SentenceTransformerEncoder) -> None:
    watched = Watched()
    lamp = made_set.questions[0]
    many = [replace(lamp, text=f"What did lamp number {number} burn?") for number in range(BATCH + 6)]
    run = run_set(QuestionSet(made_set.articles, tuple(many)), "all", encoder, watched.make, progress=watched.progress)
    assert texts(run.outcomes) == [question.text for question in many]
    assert [step for step in watched.steps if step[0] is Step.ASKING] == [(Step.ASKING, 0, 70), (Step.ASKING, 64, 70)]
    assert watched.steps[0][:2] == (Step.ENCODING, 0)
