"""Building a corpus: what is encoded, what is taken over from the previous corpus, and what is told on the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from retrieval.article import Span
from retrieval.encoding.encoder import Vectors
from retrieval.errors import CorpusError
from retrieval.progress import Step
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.wording import refusal


def vectors(corpus: Corpus) -> Vectors:
    """Of all passages, then of all sentences."""
    indexes = (corpus.passage_index, corpus.sentence_index)
    return np.concatenate([index.vectors(np.arange(len(index))) for index in indexes])


def texts(corpus: Corpus) -> list[str]:
    """All passages, then all sentences."""
    passages = corpus.layout.passages
    return [each.text for each in passages] + [
        each.article.slice(span) for each in passages for span in each.passage.sentences
    ]


def test_identical_texts_are_encoded_once() -> None:
    encoder = LetterEncoder()
    articles = [article("Ant bee!\n\nCat! Dog!"), article("Cat! Dog!\n\nCat!", "b.txt")]
    corpus = build_corpus(articles, encoder).corpus
    # "Ant bee!" and the second "Cat!" are both passages and sentences; "article" and "b" are the titles.
    assert sorted(encoder.encoded) == ["Ant bee!", "Cat!", "Cat! Dog!", "Dog!", "article", "b"]
    np.testing.assert_array_equal(vectors(corpus), LetterEncoder().encode_sentences(texts(corpus)))


def test_only_new_texts_are_encoded() -> None:
    encoder = LetterEncoder()
    old = build_corpus([article("Ant! Bee!\n\nCat!"), article("Dog!", "b.txt")], encoder)
    encoder.encoded.clear()
    new = build_corpus([article("Ant! Eel!\n\nCat!"), article("Fox!", "c.txt")], encoder, old.corpus)
    assert sorted(encoder.encoded) == ["Ant!", "Ant! Eel!", "Eel!", "Fox!", "c"]
    assert (new.encoded, new.reused) == (2, 1)
    np.testing.assert_array_equal(vectors(new.corpus), LetterEncoder().encode_sentences(texts(new.corpus)))


def test_equal_texts_cut_into_other_sentences_are_other_passages() -> None:
    """A list is cut at its lines, a paragraph at the ends of its sentences."""
    encoder = LetterEncoder()
    paragraph = article("Ant bee cat! Dog!")
    [whole] = paragraph.passages
    span = Span(whole.start, whole.end)
    uncut = replace(paragraph, passages=(replace(whole, sentences=(span,)),))
    old = build_corpus([paragraph], encoder).corpus
    new = build_corpus([uncut], encoder, old)
    assert (new.encoded, new.reused) == (1, 0)
    np.testing.assert_array_equal(vectors(new.corpus)[0], vectors(new.corpus)[1])


def test_a_passage_is_read_behind_what_introduces_it() -> None:
    """The lead is "Ant!", the passage behind it "Bee! Cat!"; words and sentences of the lead are not the passage's."""
    encoder = LetterEncoder()
    made = article("Ant!\n\nBee! Cat!")
    lead, passage = made.passages
    led = replace(made, passages=(lead, replace(passage, lead=Span(lead.start, lead.end))))
    corpus = build_corpus([led], encoder).corpus
    assert "Ant!\nBee! Cat!" in encoder.encoded
    every, alone = LetterEncoder().encode_sentences(["ant bee cat", "Ant!"])
    np.testing.assert_array_equal(
        vectors(corpus), [alone, every, alone, *LetterEncoder().encode_sentences(["Bee!", "Cat!"])]
    )
    assert corpus.words.passages.lengths.tolist() == [1, 2]


def test_many_texts_are_taken_over_into_their_rows() -> None:
    """More than are copied at once, and in another order."""
    names = [f"{first}{second}" for first in "abcdefghij" for second in "abcdefghijklmnopqrst"]
    encoder = LetterEncoder()
    old = build_corpus([article(f"{name.capitalize()} is here.", f"{name}.txt") for name in names], encoder)
    encoder.encoded.clear()
    new = build_corpus(old.corpus.articles[::-1], encoder, old.corpus)
    assert encoder.encoded == []
    assert (new.encoded, new.reused) == (0, 200)
    np.testing.assert_array_equal(vectors(new.corpus), np.tile(vectors(old.corpus)[:200][::-1], (2, 1)))


def words(corpus: Corpus) -> list[list[tuple[str, int, int, int]]]:
    """The words of each passage: their stems, positions, sentences and looks."""
    stems, table = corpus.lexical.stems(), corpus.words
    columns = (table.terms.tolist(), table.positions.tolist(), table.sentences.tolist(), table.looks.tolist())
    rows = [(stems[term], *others) for term, *others in zip(*columns, strict=True)]
    return [rows[slice(*table.passages.span(row))] for row in range(len(table.passages))]


def test_words_that_are_taken_over_are_those_of_the_texts() -> None:
    kept, other = (
        article("In May 1971 ants bit Bob. Bees flew!\n\nOf the?"),
        article("Bees flew, seven at a time.", "b.txt"),
    )
    old = build_corpus([article("Cats sleep.", "a.txt"), kept, other], LetterEncoder()).corpus
    articles = [replace(other, file="0.txt"), article("Bees sleep. Cats fly!", "a.txt"), kept]
    new, fresh = (build_corpus(articles, LetterEncoder(), previous).corpus for previous in (old, None))
    assert words(new) == words(fresh)
    assert sum(map(len, words(new))) == 15
    for stem in {stem for passage in words(fresh) for stem, *_ in passage}:
        taken, found = (corpus.lexical.search(corpus.lexical.terms([stem])) for corpus in (new, fresh))
        np.testing.assert_array_equal(taken, found)


def test_vectors_of_another_model_are_not_reused() -> None:
    old = build_corpus([article("Ant.")], LetterEncoder())
    other = LetterEncoder(fingerprint="letters, second edition")
    new = build_corpus(old.corpus.articles, other, old.corpus)
    assert (new.encoded, new.reused) == (1, 0)
    assert other.encoded == ["Ant.", "article"]
    assert new.corpus.fingerprint == "letters, second edition"


def test_progress_is_told_in_texts() -> None:
    told: list[tuple[Step, int, int]] = []
    articles = [article("\n\n".join(f"Ant number {i}." for i in range(130)))]
    build_corpus(articles, LetterEncoder(), progress=lambda *how_far: told.append(how_far))
    assert told == [(Step.ENCODING, done, 130) for done in (0, 64, 66)]


def test_long_texts_are_encoded_among_short_texts() -> None:
    """So that what is done tells how long the rest will take; texts of like length are encoded together."""
    encoder = LetterEncoder()
    lengths: list[int] = []
    articles = [article(f"{'Ant ' * (1 + i % 100)}{i}.", f"{i}.txt") for i in range(1_000)]

    def told(step: Step, done: int, total: int) -> None:
        lengths.append(sum(map(len, encoder.encoded)))

    build_corpus(articles, encoder, progress=told)
    whole = sum(map(len, encoder.encoded))
    shares = [length / whole - i / len(lengths) for i, length in enumerate(lengths)]
    assert max(map(abs, shares)) < 0.1


def test_what_progress_raises_ends_the_build() -> None:
    def stop(step: Step, done: int, total: int) -> None:
        raise InterruptedError

    encoder = LetterEncoder()
    with pytest.raises(InterruptedError):
        build_corpus([article("Ant.")], encoder, progress=stop)
    assert encoder.encoded == []


def test_no_articles_are_no_corpus() -> None:
    with refusal(CorpusError, match=r"^There is no article to answer from\.$"):
        build_corpus([], LetterEncoder())


def test_a_corpus_knows_what_it_was_built_with_and_when() -> None:
    before = dt.datetime.now(dt.UTC)
    corpus = corpus_of("Ant.")
    assert (corpus.model, corpus.fingerprint) == ("letters", "letters, first edition")
    assert before <= corpus.built_at <= dt.datetime.now(dt.UTC)
