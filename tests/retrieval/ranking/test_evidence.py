"""Every array of the evidence against a brute force that has nothing but the articles' texts and the encoder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pullquote.library.library import Library
from retrieval.article import Article
from retrieval.encoding.encoder import Encoded
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Word
from retrieval.ranking.evidence import Evidence, encode, gather
from retrieval.search.building import build_corpus
from retrieval.search.corpus import PROPOSALS, Corpus
from tests.support.evidence_oracle import assert_same, brute_force, distinct
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.made_answers import unparsed


def evidence(question: str, corpus: Corpus) -> Evidence:
    [query] = encode([unparsed(question)], LetterEncoder())
    return gather(query, corpus)


# Sentences end in "!" here: after a short word the segmenter might take a full stop for an abbreviation's.
words = st.sampled_from("ant ants bee cat dog Ant Bee 1874 seven the of".split())
sentences = st.lists(words, min_size=1, max_size=4).map(" ".join).map(lambda text: text[0].upper() + text[1:] + "!")
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
bodies = st.lists(paragraphs, min_size=1, max_size=6).map("\n\n".join)
titles = st.lists(words, max_size=2).map(" ".join)
articles = st.tuples(bodies, titles).map(lambda drawn: replace(article(drawn[0]), title=drawn[1]))
some_question_words = st.sampled_from("ant ants bee Cat dog yak 1874 the when who how many what".split())
questions = st.lists(some_question_words, max_size=6).map(" ".join)

ANIMALS = "ant bee cat dog eel fox".split()
MANY = article(
    "\n\n".join(f"{first.capitalize()} {second}! {second.capitalize()} fox!" for first in ANIMALS for second in ANIMALS)
)


@given(st.lists(articles, min_size=1, max_size=3), questions)
@example([MANY], "who has bee fox")
@example([MANY, MANY], "yak")
@settings(max_examples=100, deadline=None)
def test_every_array_is_what_brute_force_finds(articles: list[Article], question: str) -> None:
    encoder = LetterEncoder()
    corpus = build_corpus(articles, encoder).corpus
    [query] = encode([unparsed(question)], encoder)
    found = gather(query, corpus)
    terms, above = (
        [number for word in distinct(query.question.words) for number in index.terms([word.stem])]
        for index in (corpus.lexical, corpus.headings.lexical)
    )
    assert found.rows.tolist() == corpus.proposed(query.vector, terms, above).tolist()
    if len(corpus.layout.passages) <= PROPOSALS:
        assert found.rows.tolist() == list(range(len(corpus.layout.passages)))
    assert_same(found, brute_force(question, articles, encoder, found.rows.tolist()), tolerance=1e-6)


@pytest.mark.parametrize(
    "question",
    [
        "When did the last keeper leave the lighthouse, and when did the keeper's cat leave?",
        "What do most players choose for a pawn?",
        "How much nectar can a Forager carry?",
        "Was the tower finished in 1874?",
        "who is it?",
    ],
)
def test_the_real_model_finds_what_brute_force_finds(
    library: Library, encoder: SentenceTransformerEncoder, question: str
) -> None:
    corpus = library.corpus
    [query] = encode([unparsed(question)], encoder)
    rows = list(range(len(corpus.layout.passages)))
    # The corpus keeps each number of a word's vector in a byte.
    assert_same(gather(query, corpus), brute_force(question, corpus.articles, encoder, rows), tolerance=0.01)


def test_evidence_worked_out_by_hand() -> None:
    corpus = corpus_of("Ant, the bee! Cat 1874!\n\nThe of!\n\nBee wolf!", "Dog ant!")
    found = evidence("When did the ants meet a Bee?", corpus)
    assert found.question_kind is QuestionKind.TIME
    assert found.rows.tolist() == [0, 1, 2, 3]
    # Rows are ant, meet and bee; columns the words ant bee cat 1874, none, bee wolf, dog ant.
    assert found.passage_words.starts.tolist() == [0, 4, 4, 6, 8]
    assert found.passage_sentences.starts.tolist() == [0, 2, 3, 4, 5]
    assert found.sentence_words.starts.tolist() == [0, 2, 4, 4, 6, 8]
    assert found.positions.tolist() == [0, 2, 3, 4, 0, 1, 0, 1]
    assert found.similarity.tolist() == found.match.tolist() == [
        [1, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 0, 0, 1, 0, 0, 0]
    ]  # fmt: skip
    assert found.passage_match.tolist() == [[1, 0, 0, 1], [0, 0, 0, 0], [1, 0, 1, 0]]
    assert found.sentence_match.tolist() == [[1, 0, 0, 0, 1], [0, 0, 0, 0, 0], [1, 0, 0, 1, 0]]
    assert found.in_neighbours.tolist() == [[1, 1, 0, 1], [0, 0, 0, 0], [1, 1, 1, 0]]
    assert found.in_article.tolist() == [[1, 1, 1, 1], [0, 0, 0, 0], [1, 1, 1, 0]]
    assert found.named.tolist() == [False, False, True]
    assert found.fits.tolist() == [False, False, False, True, False, False, False, False]
    assert found.question_word_similarity is not None
    assert found.question_word_similarity.tolist() == [-1, -1, 0, 0, -1, 1, 0, -1]
    # The question's words begin with w d t a m a b, the first passage's with a t b c 1.
    np.testing.assert_allclose(found.passage_cosine[0], 4 / math.sqrt(9 * 4))
    assert found.weight.sum() == pytest.approx(1)


def test_a_question_is_encoded_with_all_its_words() -> None:
    texts = ["Who saw the ant?", "?!"]
    questions = [unparsed(text) for text in texts]
    first, second = encode(questions, LetterEncoder())
    assert [first.question, second.question] == questions
    assert [word.form for word in first.question.words] == ["who", "saw", "the", "ant"]
    assert [chr(ord("a") + int(vector.argmax())) for vector in first.word_vectors] == list("wsta")
    assert second.question.words == ()
    assert second.word_vectors.shape == (0, 26)
    np.testing.assert_array_equal(first.vector, encode(questions[:1], LetterEncoder())[0].vector)


def test_an_encoder_that_leaves_out_a_question_is_noticed() -> None:
    class Forgetful(LetterEncoder):
        def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
            return super().encode_queries(questions[1:], words[1:])

    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is shorter than argument 1$"):
        encode([unparsed("ant"), unparsed("bee")], Forgetful())


@pytest.mark.parametrize(("question", "has_question_word"), [("who is it?", True), ("it is the", False), ("?!", False)])
def test_a_question_without_words_of_content_has_a_word_that_is_nowhere(question: str, has_question_word: bool) -> None:
    found = evidence(question, corpus_of("Ant bee!\n\nThe of!", "Cat!"))
    assert found.rows.tolist() == [0, 1, 2]
    assert found.weight.tolist() == [1]
    assert found.named.tolist() == [False]
    # No passage of three has it, and of a hundred more 1 − (1 − 1e-8)^100 of each.
    assert found.rarity.tolist() == pytest.approx([-math.log(100 * 1e-6 / 103)], rel=1e-5)
    nowhere = found.similarity, found.match, found.passage_match, found.in_article, found.in_neighbours, found.in_title
    assert not any(array.any() for array in nowhere)
    assert (found.question_word_similarity is not None) == has_question_word


def test_a_passage_without_words_of_content_has_zeros() -> None:
    found = evidence("ant", corpus_of("The of!\n\nAnt!\n\nOf the! Of!"))
    assert found.passage_words.starts.tolist() == [0, 0, 1, 1]
    assert found.passage_similarity.tolist() == [[0, 1, 0]]
    assert found.sentence_similarity.tolist() == [[0, 1, 0, 0]]
    assert found.sentence_match.tolist() == [[False, True, False, False]]


def test_a_corpus_without_words_of_content_has_evidence() -> None:
    found = evidence("who saw an ant?", corpus_of("The of and!"))
    assert found.similarity.shape == (2, 0)
    assert found.passage_similarity.tolist() == [[0], [0]]
    assert found.question_word_similarity is not None
    assert found.question_word_similarity.shape == (0,)


@pytest.mark.parametrize("question", ["cat", "cow"])
def test_a_passage_that_only_shares_a_word_with_the_question_is_proposed(question: str) -> None:
    """To the encoder all the other passages are nearer to both words, which are all terms of the lexical index."""
    corpus = corpus_of("\n\n".join(["The cat of the cow!"] + ["Can!"] * PROPOSALS))
    assert {corpus.lexical.term("cat"), corpus.lexical.term("cow")} == {0, 1}
    assert evidence(question, corpus).rows.tolist() == list(range(PROPOSALS + 1))


def test_one_passage_is_evidence_of_its_own() -> None:
    found = evidence("ant yak", corpus_of("Ant bee!"))
    assert found.rows.tolist() == [0]
    assert found.in_neighbours.tolist() == found.in_article.tolist() == found.passage_match.tolist() == [[1], [0]]
    np.testing.assert_allclose(found.article_cosine, found.passage_cosine)


def test_neighbours_end_where_the_article_ends() -> None:
    """The articles have two passages, a single passage, and two; "ant" stands in the second passage and the fourth."""
    found = evidence("ant bee", corpus_of("Cat!\n\nAnt!", "Bee!", "Ant!\n\nCat!"))
    assert found.in_neighbours.tolist() == [[1, 1, 0, 1, 1], [0, 0, 1, 0, 0]]


def test_a_misspelt_word_is_taken_for_the_word_that_was_meant() -> None:
    corpus = corpus_of("Lantern bee!\n\nAnt!", "Lanterns!")
    found, meant = evidence("lantren", corpus), evidence("lantern", corpus)
    assert found.match.tolist() == [[True, False, False, True]]
    assert found.in_article.tolist() == [[True, True, True]]
    # In everyday English it is as rare as it is misspelt, in the corpus as frequent as what was meant.
    common = 1 - (1 - 1e-8) ** 100
    assert found.rarity[0] == pytest.approx(-math.log((2 + 100 * common) / 103))
    for name in ("match", "passage_match", "sentence_match", "in_article", "in_neighbours", "fits"):
        np.testing.assert_array_equal(getattr(found, name), getattr(meant, name))


def test_a_word_that_nothing_resembles_is_found_nowhere() -> None:
    found = evidence("zeppelin", corpus_of("Lantern bee!\n\nZebra!"))
    assert not found.match.any()
    assert not found.in_article.any()


@pytest.mark.parametrize("question", ["ant bee ant", "ant bee ants", "ant ants the ant bee bee ant"])
def test_a_word_counts_once_where_it_first_stands(question: str) -> None:
    found, once = evidence(question, corpus_of("Ant dog! Cat!")), evidence("ant bee", corpus_of("Ant dog! Cat!"))
    assert found.match.tolist() == [[True, False, False], [False, False, False]]
    np.testing.assert_array_equal(found.weight, once.weight)


def test_a_word_that_stands_twice_has_its_first_vector() -> None:
    [query] = encode([unparsed("ant bee ant")], LetterEncoder())
    moved = query.word_vectors.copy()
    moved[2] = moved[1]
    found = gather(replace(query, word_vectors=moved), corpus_of("Ant dog! Cat!"))
    assert found.similarity.tolist() == [[1, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("is ant here", [False]),
        ("is Ant here", [True]),
        ("Ant is here", [False]),
        ("ANT is here", [True]),
        ("is Ant an ant", [True]),
        ("is ant an Ant", [False]),
        ("of 1874 or 3rd", [True, True]),
        ("seven ants", [False, False]),
    ],
)
def test_names_have_capitals_and_numbers_digits(question: str, named: list[bool]) -> None:
    assert evidence(question, corpus_of("Ant!")).named.tolist() == named


def test_the_same_word_small_or_capital_is_the_same() -> None:
    small, capital = (evidence(question, corpus_of("The Ant!\n\nAn ant!")) for question in ("an ant", "an Ant"))
    assert small.match.tolist() == capital.match.tolist() == [[True, True]]
    assert small.rarity == capital.rarity


def test_what_the_question_names_itself_is_not_an_answer() -> None:
    found = evidence("When, if not in 1874?", corpus_of("Ant 1874! Ant 1901!"))
    assert found.fits.tolist() == [False, False, False, True]
    assert evidence("Ant, if not in 1874?", corpus_of("Ant 1874! Ant 1901!")).fits.tolist() == [False] * 4


def test_titles_are_searched_by_stem() -> None:
    titled = [replace(article("Ant!\n\nBee!"), title="The ants"), replace(article("Ant!"), title="Of bees and yaks")]
    corpus = build_corpus(titled, LetterEncoder()).corpus
    assert evidence("ant yak bee", corpus).in_title.tolist() == [[1, 1, 0], [0, 0, 1], [0, 0, 1]]


@pytest.fixture
def by_hand() -> Evidence:
    """Two passages of two sentences, of which the third has no words of content: ant bee | cat ‖ – | dog."""
    return evidence("ant cat", corpus_of("Ant bee! Cat!\n\nThe! Dog!"))


def test_words_are_gathered_by_passage_and_sentence(by_hand: Evidence) -> None:
    values = np.array([[0.25, 0.5, -1, -2], [1, 2, 3, 4]])
    assert by_hand.by_passage(values).tolist() == [[0.5, -2], [3, 4]]
    assert by_hand.by_sentence(values).tolist() == [[0.5, -1, 0, -2], [2, 3, 0, 4]]
    assert by_hand.by_sentence(values[0]).tolist() == [0.5, -1, 0, -2]


def test_words_of_the_question_weigh_by_their_rarity(by_hand: Evidence) -> None:
    weighing = replace(by_hand, weight=np.array([0.75, 0.25]))
    assert weighing.weighted(np.array([[1, 0], [0.5, 2]])).tolist() == [0.875, 0.5]
    assert weighing.weighted(np.array([1, 2])).tolist() == 1.25


def test_the_best_sentence_of_each_passage_is_taken(by_hand: Evidence) -> None:
    assert by_hand.best_sentence(np.array([1.0, 2.0, -4.0, -3.0])).tolist() == [2, -3]
