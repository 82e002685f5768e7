"""An encoder whose vectors can be worked out by hand, and that remembers the texts it encoded."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from retrieval.article import Article
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.language.words import Word
from retrieval.reading.articles import read_article
from retrieval.reading.lengths import Measure
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.documents import document
from tests.support.measures import Words


class LetterEncoder:
    """A text's vector counts how many of its words begin with a, b, … z; then it is made of length 1.

    So "ant bee" and "bee" have the cosine 1/√2. A text without such words points where "z" does.
    """

    name = "letters"
    dimension = 26
    max_tokens = 254
    languages: frozenset[str] | None = None

    def __init__(self, fingerprint: str = "letters, first edition", measure: Measure | None = None) -> None:
        self.fingerprint = fingerprint
        self.measure = measure or Words(self.max_tokens)
        self.encoded: list[str] = []
        """Every text that was encoded but questions, in order."""
        self.on_encode: Callable[[], None] = lambda: None
        """Called before passages are encoded: to wait, to fail."""

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        of_words = [_vectors(text[word.start : word.end] for word in own_words)
                    for text, own_words in zip(questions, words, strict=True)]  # fmt: skip
        return Encoded(_vectors(questions), of_words)

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        self._remember(texts)
        return self.encode_queries(texts, words)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        self._remember(texts)
        return _vectors(texts)

    def _remember(self, texts: Sequence[str]) -> None:
        self.on_encode()
        self.encoded += texts

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self.measure.count_tokens(texts)


def _vectors(texts: Iterable[str]) -> Vectors:
    return np.array([_vector(text) for text in texts], np.float32).reshape(-1, LetterEncoder.dimension)


def _vector(text: str) -> Vectors:
    counts = Counter(word[0] for word in text.lower().split())
    vector = np.array([counts[letter] for letter in string.ascii_lowercase], np.float32)
    if not vector.any():
        vector[-1] = 1
    return vector / np.linalg.norm(vector)


def article(text: str, file: str = "article.txt") -> Article:
    """An article as the library would read it from a file with this text."""
    return read_article(document(file, text), LetterEncoder())


def corpus_of(*texts: str) -> Corpus:
    """A corpus of articles 0.txt, 1.txt, … with these texts."""
    return build_corpus([article(text, f"{i}.txt") for i, text in enumerate(texts)], LetterEncoder()).corpus


def encoded_of(corpus: Corpus) -> list[str]:
    """Every text that building a corpus encodes, in order: passages, sentences, titles, headings and paths, each once.

    A sentence that is a passage's text is no text of its own; what stands above passages is encoded apart.
    """
    passages = {located.with_lead for located in corpus.layout.passages}
    sentences = {each.article.slice(span) for each in corpus.layout.passages for span in each.passage.sentences}
    return sorted([*(passages | sentences), *(above.text for above in corpus.headings.texts)])
