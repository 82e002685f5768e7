"""What the fits learn from: which question is asked of what, and which candidates and sentences are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from pullquote.evaluation.fitting import examples as module
from pullquote.evaluation.fitting.examples import Example, Pool, examples
from pullquote.evaluation.question_sets import Entry, QuestionSet, question_set
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.ranking.evidence import encode, gather
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.search.building import build_corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.made_answers import unparsed

LAMP = "What did the lamp burn?"
TOWER = "When was the tower finished?"
CAT = "Whom did the keeper take with him?"
NECTAR = "Where do bees carry nectar?"
WASPS = "Where do wasps carry nectar?"
PAWN = "What becomes of a pawn?"

QuestionAndAnswers = tuple[str, tuple[str, ...]]
"""A question and its expected answers; without any it cannot be answered."""


def entry(title: str, *paragraphs: tuple[str, *tuple[QuestionAndAnswers, ...]]) -> Entry:
    return Entry.model_validate(
        {
            "title": title,
            "paragraphs": [
                {
                    "context": context,
                    "qas": [
                        {
                            "question": question,
                            "answers": [{"text": answer} for answer in answers],
                            "is_impossible": not answers,
                        }
                        for question, answers in questions
                    ],
                }
                for context, *questions in paragraphs
            ],
        }
    )


LIGHTHOUSE = entry(
    "The lighthouse",
    (
        "The tower was finished in 1874. Its lamp burned whale oil.",
        (LAMP, ("whale oil", "oil")),
        (TOWER, ("1874",)),
    ),
    ("The last keeper left in 1962. He took his cat with him.", (CAT, ("his cat",))),
)
HONEY = entry(
    "Honey",
    ("Bees carry nectar home in a second stomach. It is sweet.", (NECTAR, ("home",)), (WASPS, ())),
)
CHESS = entry("Chess", ("A pawn that reaches the far side is promoted.", (PAWN, ("promoted",))))


class ShortSighted(LetterEncoder):
    """Reads five words only, so that longer paragraphs are split."""

    max_tokens = 5


def examples_of(*entries: Entry, encoder: LetterEncoder | None = None) -> list[Example]:
    encoder = encoder or LetterEncoder()
    return list(examples(question_set(entries, encoder), encoder))


def of(made: Sequence[Example], pool: Pool, question: str) -> Example:
    [example] = [example for example in made if example.pool is pool and example.question == question]
    return example


def right_texts(example: Example) -> list[str]:
    return [candidate.text for candidate, right in zip(example.candidates, example.right, strict=True) if right]


# Who is asked what


def test_every_question_is_asked_of_the_library_and_of_its_own_article() -> None:
    made = examples_of(LIGHTHOUSE, HONEY, CHESS)
    every = [(LAMP, 0), (TOWER, 0), (CAT, 0), (NECTAR, 1), (WASPS, 1), (PAWN, 2)]
    assert [(example.question, example.article) for example in made if example.pool is Pool.ALL] == every
    # The articles on honey and on chess have one paragraph each, which leaves nothing to choose.
    assert [(example.question, example.article) for example in made if example.pool is Pool.ARTICLE] == every[:3]
    assert [example.answerable for example in made[:6]] == [True, True, True, True, False, True]


def test_off_topic_questions_are_asked_of_all_other_articles() -> None:
    made = [example for example in examples_of(LIGHTHOUSE, HONEY, CHESS) if example.pool is Pool.OTHERS]
    assert Counter(
        tuple(sorted({candidate.article.title for candidate in example.candidates})) for example in made
    ) == {
        ("Chess", "Honey"): 3,
        ("Chess", "The lighthouse"): 2,
        ("Honey", "The lighthouse"): 1,
    }
    assert not any(example.right.any() or example.holding.size for example in made)
    assert [example.question for example in made] == [LAMP, TOWER, CAT, NECTAR, WASPS, PAWN]


def test_of_many_off_topic_questions_some_are_taken_from_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ASKED", 3)
    made = [example.question for example in examples_of(LIGHTHOUSE, HONEY, CHESS) if example.pool is Pool.OTHERS]
    assert made == [LAMP, CAT, WASPS]


def test_a_question_that_cannot_be_looked_up_is_left_out() -> None:
    silent = entry("Silence", ("Nothing is heard here.", ("?!", ("Nothing",)), ("x" * 4001, ()), (PAWN, ())))
    assert {example.question for example in examples_of(silent, CHESS)} == {PAWN}


def test_questions_are_on_one_line() -> None:
    assert {example.question for example in examples_of(entry("A", ("An ant.", (" Who\n is it? ", ()))), CHESS)} == {
        "Who is it?",
        PAWN,
    }


def test_articles_without_paragraphs_are_passed_over() -> None:
    empty = entry("Nothing yet")
    filled = [LIGHTHOUSE, HONEY, CHESS]
    with_empty = examples_of(empty, LIGHTHOUSE, empty, HONEY, CHESS, empty, empty)
    assert [(example.pool, example.question) for example in with_empty] == [
        (example.pool, example.question) for example in examples_of(*filled)
    ]
    assert {example.article for example in with_empty} == {1, 3, 4}
    assert right_texts(of(with_empty, Pool.ALL, PAWN)) == ["A pawn that reaches the far side is promoted."]


# What is right


def test_the_questions_paragraph_is_right_and_the_sentence_with_the_answer_holds_it() -> None:
    made = examples_of(LIGHTHOUSE, HONEY, CHESS)
    for pool in (Pool.ALL, Pool.ARTICLE):
        tower = "The tower was finished in 1874. Its lamp burned whale oil."
        assert right_texts(of(made, pool, LAMP)) == right_texts(of(made, pool, TOWER)) == [tower]
        assert of(made, pool, LAMP).holding.tolist() == [False, True]
        assert of(made, pool, TOWER).holding.tolist() == [True, False]
        assert right_texts(of(made, pool, CAT)) == ["The last keeper left in 1962. He took his cat with him."]
        assert of(made, pool, CAT).holding.tolist() == [False, True]


def test_an_unanswerable_question_is_at_home_in_its_paragraph_where_no_sentence_answers() -> None:
    wasps = of(examples_of(LIGHTHOUSE, HONEY, CHESS), Pool.ALL, WASPS)
    assert not wasps.answerable
    assert right_texts(wasps) == ["Bees carry nectar home in a second stomach. It is sweet."]
    assert wasps.holding.tolist() == [False, False]


def test_a_sentence_with_a_line_break_in_the_answer_holds_it() -> None:
    broken = entry("Broken", ("He left. He took his\ncat  with him.", (CAT, ("his cat with",))))
    assert of(examples_of(broken, CHESS), Pool.ALL, CAT).holding.tolist() == [False, True]


LONG = "Ants dig in the sand. Bees fly over the meadow. Cats sleep on the sofa."


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        (("meadow",), [False, True, False]),
        (("meadow", "sofa"), [False, True, True]),
        (("the",), [True, True, True]),
        # No part holds these: then it may be any of them.
        (("sand. Bees",), [True, True, True]),
        ((), [True, True, True]),
    ],
)
def test_of_a_split_paragraph_the_parts_with_an_answer_are_right(answers: tuple[str, ...], right: list[bool]) -> None:
    made = examples_of(entry("Animals", (LONG, (NECTAR, answers))), CHESS, encoder=ShortSighted())
    example = of(made, Pool.ALL, NECTAR)
    parts = ["Ants dig in the sand.", "Bees fly over the meadow.", "Cats sleep on the sofa."]
    assert [candidate.text for candidate in example.candidates if candidate.article.title == "Animals"] == parts
    assert right_texts(example) == [part for part, is_right in zip(parts, right, strict=True) if is_right]
    assert len(example.sentence_features) == len(example.holding) == sum(right)
    assert example.holding.tolist() == [any(answer in text for answer in answers) for text in right_texts(example)]


def test_the_same_words_in_another_paragraph_are_not_right() -> None:
    twice = entry("Twice", ("The lamp burned oil.", (LAMP, ("oil",))), ("The lamp burned oil.",))
    made = examples_of(twice, twice)
    assert [example.right.tolist() for example in made if example.pool is Pool.ALL] == [
        [True, False, False, False],
        [False, False, True, False],
    ]


def test_a_right_paragraph_that_no_search_proposes_is_nowhere() -> None:
    """60 paragraphs come before it in every search: they have the question's only word, and its letters alone."""
    crowd = entry("Crowd", *((f"Xylophone x{i}.",) for i in range(60)), ("Yellow yarn.", ("Xylophone?", ("yarn",))))
    example = of(examples_of(crowd, CHESS), Pool.ALL, "Xylophone?")
    assert len(example.candidates) >= 20
    assert not example.right.any()
    assert example.sentence_features.values.shape == (0, len(SENTENCE_FEATURES))
    assert example.holding.shape == (0,)


# The features


def test_the_columns_are_all_features(encoder: SentenceTransformerEncoder) -> None:
    small_set: QuestionSet = question_set([LIGHTHOUSE, HONEY, CHESS], encoder)
    corpus = build_corpus(small_set.articles, encoder).corpus
    example = of(list(examples(small_set, encoder)), Pool.ALL, CAT)
    evidence = gather(encode([unparsed(CAT)], encoder)[0], corpus)
    assert example.candidates == tuple(corpus.layout.passages[row] for row in evidence.rows)
    assert example.features.names == tuple(PASSAGE_FEATURES)
    assert example.features.values.shape == (4, len(PASSAGE_FEATURES))
    for name, feature in PASSAGE_FEATURES.items():
        # Encoded among other questions, it differs by a rounding.
        np.testing.assert_allclose(example.features.column(name), feature(evidence), atol=1e-5)
    [right] = np.flatnonzero(example.right)
    own = slice(*evidence.passage_sentences.span(int(right)))
    assert example.sentence_features.names == tuple(SENTENCE_FEATURES)
    assert example.sentence_features.values.shape == (2, len(SENTENCE_FEATURES))
    for name, feature in SENTENCE_FEATURES.items():
        np.testing.assert_allclose(example.sentence_features.column(name), feature(evidence)[own], atol=1e-5)


def test_cosines_by_hand() -> None:
    """Initials: 3 a and 1 c in the paragraph; 2 a, then 1 a and 1 c in its sentences; 1 a and 1 b in the question."""
    made = examples_of(entry("A", ("Ants ate. Ants chew.", ("ant bee", ("chew",))), ("Cats.",)), CHESS)
    example = of(made, Pool.ARTICLE, "ant bee")
    cosines = example.features.column("passage_cosine")
    np.testing.assert_allclose(cosines, [3 / np.sqrt(10) / np.sqrt(2), 0], atol=1e-6)
    of_sentences = example.sentence_features.column("cosine_of_sentence")
    np.testing.assert_allclose(of_sentences, [1 / np.sqrt(2), 1 / 2], atol=1e-6)
    assert example.holding.tolist() == [False, True]


def test_no_text_is_encoded_twice() -> None:
    encoder = LetterEncoder()
    examples_of(LIGHTHOUSE, HONEY, CHESS, encoder=encoder)
    assert set(Counter(encoder.encoded).values()) == {1}
    # Passages, sentences that are no passages, and titles.
    assert len(encoder.encoded) == 4 + 6 + 3
