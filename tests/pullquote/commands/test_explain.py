"""`ask --explain`: all that an answer was judged by, for programs and for people."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from retrieval.ranking.ranker import LARGEST_LEAD
from retrieval.ranking.weights import LEAD, SHARE, SHIPPED_WEIGHTS, read_weights
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.known_answers import KEEPER, MAILOUT, NO_WORDS, QUEEN

NECTAR = "Where do bees carry nectar?"


def explained(cli: CommandLine, question: str) -> dict[str, Any]:
    ended = cli("ask", "--explain", "--json", question)
    assert (ended.code, ended.err) == (0, "")
    [explanation] = ended.objects
    return explanation


def test_every_candidate_is_explained_to_programs(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    explanation = explained(cli, KEEPER)
    [plain] = cli("ask", "--json", KEEPER).objects
    assert list(explanation) == [*plain, "topic", "answerable", "candidates"]
    assert (explanation["verdict"], explanation["confidence"]) == (plain["verdict"], plain["confidence"])
    assert explanation["quotes"] == plain["quotes"]
    assert len(explanation["quotes"]) == 3
    candidates = explanation["candidates"]
    # There are seven passages, and each search proposes twenty.
    assert sorted((candidate["file"], candidate["passage"]) for candidate in candidates) == [
        ("chess.txt", 1), ("chess.txt", 2), ("chess.txt", 3), ("honey.md", 1), ("honey.md", 2),
        ("lighthouse.md", 1), ("lighthouse.md", 2),
    ]  # fmt: skip
    assert [(candidate["file"], candidate["passage"]) for candidate in candidates[:3]] == [
        (quote["file"], quote["passage"]) for quote in explanation["quotes"]
    ]


@pytest.mark.parametrize("question", [KEEPER, NECTAR, MAILOUT])
def test_the_explanation_adds_up(cli: CommandLine, loads: list[str], make_folder: MakeFolder, question: str) -> None:
    """The score is the sum of weight · feature; the share its softmax; the probability the product of three."""
    make_folder(ARTICLES)
    explanation = explained(cli, question)
    weights = read_weights(SHIPPED_WEIGHTS)
    scores = [candidate["features"]["score"] for candidate in explanation["candidates"]]
    assert scores == sorted(scores, reverse=True)
    # All is rounded to four places.
    slack = 5e-5 * (1 + sum(map(abs, weights.rank.values())))
    powers = [math.exp(score - scores[0]) for score in scores]
    for candidate, power in zip(explanation["candidates"], powers, strict=True):
        features = candidate["features"]
        of_the_best = {LEAD, SHARE} if candidate is explanation["candidates"][0] else set()
        assert set(features) == {*weights.passage_features, "score", *of_the_best}
        total = sum(weight * features[name] for name, weight in weights.rank.items())
        assert features["score"] == pytest.approx(total, abs=slack)
        share = power / sum(powers)
        assert candidate["probability"] == pytest.approx(
            explanation["topic"] * explanation["answerable"] * share, abs=3e-4
        )
    assert explanation["candidates"][0]["probability"] == explanation["confidence"]
    best = explanation["candidates"][0]["features"]
    assert best[LEAD] == pytest.approx(min(scores[0] - scores[1], LARGEST_LEAD), abs=2e-4)
    assert best[SHARE] == pytest.approx(powers[0] / sum(powers), abs=2e-4)
    for name, part in (("topic", weights.topic), ("answerable", weights.answer)):
        log_odds = part["bias"] + sum(weight * best[feature] for feature, weight in part.items() if feature != "bias")
        assert explanation[name] == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=2e-3)


def test_every_candidate_is_explained_to_people(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    plain = cli("ask", KEEPER).out
    explanation = explained(cli, KEEPER)
    ended = cli("ask", "--explain", KEEPER)
    assert (ended.code, ended.err) == (0, "")
    panel, _, rest = ended.out.partition("Probability = ")
    # Only the milliseconds in the last line differ.
    assert panel.splitlines()[:-1] == plain.splitlines()[:-1]
    lines = rest.splitlines()
    topic, answerable = f"{explanation['topic']:.3f}", f"{explanation['answerable']:.3f}"
    assert lines[0] == f"{topic} (about the articles) × {answerable} (answered there, if so) × the passage's share"
    headings = [line for line in lines if re.match(r"\d\. ", line)]
    assert len(headings) == 7
    assert headings[0].startswith("1. The lighthouse at Gull Point, paragraph 2: ")
    # A line may end between a feature and its value.
    shown = re.findall(r"\b([a-z_]+)\s+(-?\d+\.\d\d)\b(?!\d)", "\n".join(lines[1:]))
    features = [item for candidate in explanation["candidates"] for item in candidate["features"].items()]
    assert [name for name, _ in shown if name != "share"] == [name for name, _ in features]
    values = [float(value) for name, value in shown if name != "share"]
    assert values == pytest.approx([value for _, value in features], abs=0.00506)


def test_questions_from_a_pipe_are_explained_one_by_one(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder
) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", "--explain", "--json", "-", given=f"{KEEPER}\n🙂\n{QUEEN}\n".encode())
    assert ended.code == 1
    assert [len(answer.get("candidates", ())) for answer in ended.objects] == [7, 0, 7]
    assert ended.objects[1] == {"question": "🙂", "error": NO_WORDS}
