"""How an answer came about, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pullquote.cogs.messages.explanations import THEMES, contributions, explanation_embed
from retrieval.answer import Answer, Hit, Verdict
from retrieval.question import Question
from retrieval.ranking.features import PASSAGE_FEATURES
from tests.support.fake_encoder import article
from tests.support.made_answers import SHIPPED

WEIGHTS = replace(
    SHIPPED.weights,
    rank={"passage_cosine": 2.0, "names": 1.0, "sentence_cosine": 1.0},
    answered=0.5,
    closest=0.1,
    on_topic=0.9,
)


def hit(text: str, probability: float, **features: float) -> Hit:
    made = article(text, "a.md")
    return Hit(made, made.passages[0], made.passages[0].sentences[0], probability, features)


BEST = hit("Ants dig.", 0.6, passage_cosine=0.9, names=0.5, sentence_cosine=0.5)
OTHER = hit("Bees fly.", 0.2, passage_cosine=0.5, names=1.5, sentence_cosine=0.5)


def answer(topic: float) -> Answer:
    return Answer(Question.parse("Who digs?"), Verdict.ANSWERED, (BEST, OTHER), topic, 0.7, 1.0, ("digs", "@who"))


def test_every_feature_tells_of_something() -> None:
    assert set(PASSAGE_FEATURES) == set(THEMES)


def test_what_counts_is_what_differs_from_the_mean() -> None:
    means = {"passage_cosine": 0.7, "names": 1.0, "sentence_cosine": 0.5}
    assert contributions(BEST, WEIGHTS.rank, means) == pytest.approx({"its meaning": 0.4, "names and numbers": -0.5})


def test_an_answer_is_explained() -> None:
    embed = explanation_embed(answer(topic=0.95), WEIGHTS)
    assert embed.title == "Who digs?"
    assert embed.description is not None
    assert embed.description.split("\n") == [
        "**The article says**",
        "That the question is about the articles: 95%",
        "That they answer it, if so: 70%",
        "That the first passage answers it, all in all: 60%",
        "“The article says” takes 50%, “It may be here” 10%.",
        "The first passage's article never mentions: digs, \\@who",
    ]
    assert [(field.name, field.value) for field in embed.fields] == [
        ("1 · 60% · a", "> Ants dig.\nparagraph 1\n**For it:** its meaning\n**Against it:** names and numbers"),
        ("2 · 20% · a", "> Bees fly.\nparagraph 1\n**For it:** names and numbers\n**Against it:** its meaning"),
    ]


def test_a_question_that_may_be_about_something_else_is_called_doubtful() -> None:
    embed = explanation_embed(answer(topic=0.3), WEIGHTS)
    assert embed.description is not None
    assert "It counts as doubtful: below 90% a question may be about something else." in embed.description
