"""What is where in a corpus, and what its three searches propose, against brute force."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.language.english import ENGLISH
from retrieval.ranking.evidence import Evidence, encode, gather
from retrieval.ranking.features import sentence_cosine
from retrieval.search.corpus import PROPOSALS, Corpus
from retrieval.search.layout import Layout
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.made_answers import unparsed

# Sentences end in "!" here: after a short word the segmenter might take a full stop for an abbreviation's.
WORDS = ["ant", "bee", "cat", "dog", "eel", "fox"]
words = st.sampled_from(WORDS)
sentences = st.lists(words, min_size=1, max_size=4).map(lambda found: " ".join(found).capitalize() + "!")
paragraphs = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
bodies = st.lists(paragraphs, min_size=1, max_size=9).map("\n\n".join)


def search(corpus: Corpus, question: str) -> Evidence:
    [query] = encode([unparsed(question)], LetterEncoder())
    return gather(query, corpus)


def brute_force(corpus: Corpus, question: str) -> tuple[list[float], list[list[float]]]:
    """The cosine of each passage and of each of its sentences, from nothing but their texts."""
    encoder = LetterEncoder()
    [query] = encoder.encode_sentences([question])

    def cosines(texts: list[str]) -> list[float]:
        return [float(vector @ query) for vector in encoder.encode_sentences(texts)]

    passages = corpus.layout.passages
    by_sentence = [cosines([located.article.slice(s) for s in located.passage.sentences]) for located in passages]
    return cosines([located.text for located in passages]), by_sentence


@given(st.lists(bodies, min_size=1, max_size=4), st.lists(words, min_size=1, max_size=3).map(" ".join))
@example(
    ["\n\n".join(f"{first.capitalize()} {second}! {second.capitalize()} fox!" for first in WORDS for second in WORDS)],
    "bee fox",
)
@settings(max_examples=50, deadline=None)
def test_nothing_better_than_what_is_proposed_is_left_out(bodies: list[str], question: str) -> None:
    corpus = corpus_of(*bodies)
    by_passage, by_sentence = brute_force(corpus, question)
    terms = [corpus.lexical.term(stem) for stem in ENGLISH.stems(question)]
    by_words = corpus.lexical.search([term for term in terms if term is not None])
    found = search(corpus, question).rows.tolist()
    assert found == sorted(set(found))
    left_out = set(range(len(by_passage))) - set(found)
    if left_out:
        last_passage = sorted(by_passage)[-PROPOSALS]
        last_sentence = sorted(cosine for cosines in by_sentence for cosine in cosines)[-PROPOSALS]
        last_by_words = sorted(by_words)[-PROPOSALS]
        assert max(by_passage[row] for row in left_out) <= last_passage + 1e-6
        assert max(max(by_sentence[row]) for row in left_out) <= last_sentence + 1e-6
        assert max(by_words[row] for row in left_out) <= last_by_words


def test_each_search_proposes_what_the_others_miss() -> None:
    """For "yak quince" each of the first three passages is in the first twenty of a single search."""
    as_a_whole = "Yam ant! Quip bee!"  # cosine .71, sentences .50, neither word
    by_a_sentence = "Yam quip! " + "Ant! " * 9  # cosine .16, sentence 1.0, neither word
    by_a_word = "Cow " * 9 + "quince!"  # cosine and sentence .08, but a word
    decoy = "Yam! Cat! Cat! Cat!"  # cosine .22, sentence .71, neither word
    corpus = corpus_of("\n\n".join([as_a_whole, by_a_sentence, by_a_word] + [decoy] * 25))
    found = search(corpus, "yak quince")
    assert found.rows[:3].tolist() == [0, 1, 2]
    assert len(found.rows) < 28
    assert found.passage_cosine[:3].round(2).tolist() == pytest.approx([0.71, 0.16, 0.08])
    assert sentence_cosine(found)[:3].round(2).tolist() == pytest.approx([0.5, 1.0, 0.08])
    assert found.passage_match[:, :3].any(axis=0).tolist() == [False, False, True]


def test_passages_without_the_words_are_not_proposed_for_their_words() -> None:
    corpus = corpus_of("\n\n".join(["Cat cat."] * 5 + ["Yak yak."] * 60))
    assert set(search(corpus, "yellow").rows.tolist()) <= set(range(5, 65))


def test_one_passage_is_found_by_every_question() -> None:
    corpus = corpus_of("Ant.")
    for question in ("ant", "unicorn", "the"):
        assert search(corpus, question).rows.tolist() == [0]


def test_a_corpus_without_words_can_be_searched() -> None:
    found = search(corpus_of("the of and"), "ant")
    assert found.rows.tolist() == [0]
    assert found.similarity.shape == (1, 0)


@given(st.lists(bodies, min_size=1, max_size=4))
@example(["Ant! Bee!\n\nCat!"])
@settings(max_examples=30, deadline=None)
def test_rows_are_passages_first_then_their_sentences(bodies: list[str]) -> None:
    articles = [article(body, f"{i}.txt") for i, body in enumerate(bodies)]
    layout = Layout.of(articles)
    passages = [each.slice(passage) for each in articles for passage in each.passages]
    owners = [
        (i, each.slice(sentence))
        for i, (each, passage) in enumerate((each, passage) for each in articles for passage in each.passages)
        for sentence in passage.sentences
    ]
    assert [located.text for located in layout.passages] == passages
    cut = [located.article.slice(span) for located in layout.passages for span in located.passage.sentences]
    assert cut == [text for _, text in owners]
    assert layout.sentences == len(owners)
    assert layout.passage_sentences.rows().tolist() == [row for row, _ in owners]
