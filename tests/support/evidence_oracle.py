"""The evidence by brute force, from nothing but the texts of articles and an encoder: the oracle for `gather`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from wordfreq import word_frequency

from retrieval.article import Article
from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.language.english import ENGLISH
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Look, Word
from retrieval.ragged import Ragged
from retrieval.ranking.evidence import Evidence

NO_WORD = Word(position=0, start=0, end=0, form="", stem="", content=True, look=Look(0))


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """A sentence of the brute force: its text, and the content words of its passage that stand in it."""

    text: str
    words: list[Word]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage of the brute force. `before` and `after` are the texts beside it in its article, or empty."""

    text: str
    article: Article
    before: str
    after: str
    sentences: list[SentenceWords]
    headings: list[str]
    """The title and the headings above."""
    lead: str

    @classmethod
    def all_of(cls, articles: Sequence[Article]) -> list[Candidate]:
        return [cls.of(article, number) for article in articles for number in range(len(article.passages))]

    @classmethod
    def of(cls, article: Article, number: int) -> Candidate:
        texts = ["", *map(article.slice, article.passages), ""]
        passage = article.passages[number]
        words = ENGLISH.content_words(article.slice(passage))
        sentences = [
            SentenceWords(
                article.slice(span),
                [word for word in words if span.start <= passage.start + word.start < span.end],
            )
            for span in passage.sentences
        ]
        headings = [article.title, *passage.headings]
        lead = article.slice(passage.lead) if passage.lead else ""
        return cls(texts[number + 1], article, texts[number], texts[number + 2], sentences, headings, lead)

    @property
    def path(self) -> str:
        return " › ".join(self.headings)

    @property
    def words(self) -> list[Word]:
        return [word for sentence in self.sentences for word in sentence.words]

    @property
    def stems_by_passage(self) -> list[set[str]]:
        """The stems of each passage of its article."""
        return [set(ENGLISH.stems(text)) for text in passage_texts(self.article)]


def brute_force(question: str, articles: Sequence[Article], encoder: Encoder, rows: Sequence[int]) -> Evidence:
    """What the docstrings of Evidence say, for words that are spelt as in the articles."""
    everything = Candidate.all_of(articles)
    candidates = [everything[row] for row in rows]
    sentences = [sentence for candidate in candidates for sentence in candidate.sentences]
    words = [word for candidate in candidates for word in candidate.words]
    all_words = ENGLISH.find_words(question)
    content_words = distinct(all_words)
    encoded = encoder.encode_queries([question], [all_words])
    query, vectors = encoded.vectors[0], [encoded.words[0][word.position] for word in content_words]
    if not content_words:
        content_words, vectors = [NO_WORD], [np.zeros_like(query)]
    having = [set(ENGLISH.stems(each.text)) for each in everything]
    rarities = [rarity(word, having, 100) for word in content_words]
    of_words = word_vectors(candidates, encoder)
    above = [of_texts([each.path], [ENGLISH.content_words(each.path)], encoder) for each in candidates]
    similarity = np.array([[vector @ other for other in of_words] for vector in vectors])
    new = [other.stem not in {word.stem for word in content_words} for other in words]
    look = ENGLISH.question_kind(all_words).look
    counts = [len(each.words) for each in candidates]
    by_sentence = [len(each.words) for each in sentences]

    def has_word(stems_of: Sequence[set[str]]) -> NDArray[np.bool_]:
        return np.array([[word.stem in each for each in stems_of] for word in content_words], np.bool_).reshape(
            len(content_words), -1
        )

    return Evidence(
        rows=np.array(rows),
        question_kind=ENGLISH.question_kind(all_words),
        rarity=np.array(rarities),
        weight=np.array(rarities) / sum(rarities),
        named=np.array([Look.NAME in word.look or Look.DIGITS in word.look for word in content_words]),
        article_rarity=np.array(
            [[rarity(word, each.stems_by_passage, 10) for each in candidates] for word in content_words]
        ),
        passage_cosine=passage_vectors([each.text for each in candidates], encoder) @ query,
        article_cosine=np.array([topic(each.article, encoder) @ query for each in candidates]),
        sentence_cosine=encoder.encode_sentences([each.text for each in sentences]) @ query,
        similarity=similarity.reshape(len(content_words), len(words)),
        match=has_word([{word.stem} for word in words]),
        passage_similarity=np.array([maxima(row, counts) for row in similarity]),
        passage_match=has_word([set(ENGLISH.stems(each.text)) for each in candidates]),
        sentence_similarity=np.array([maxima(row, by_sentence) for row in similarity]),
        sentence_match=has_word([{word.stem for word in each.words} for each in sentences]),
        in_article=has_word([set().union(*each.stems_by_passage) for each in candidates]),
        in_neighbours=has_word([set(ENGLISH.stems(f"{each.before} {each.text} {each.after}")) for each in candidates]),
        in_title=has_word([set(ENGLISH.stems(each.article.title)) for each in candidates]),
        above_match=has_word([set(ENGLISH.stems(f"{each.path}\n{each.lead}")) for each in candidates]),
        above_similarity=np.array(
            [
                [max((float(vector @ other) for other in of_path), default=0.0) for of_path in above]
                for vector in vectors
            ]
        ),
        heading_cosine=encoder.encode_sentences([each.headings[-1] for each in candidates]) @ query,
        path_cosine=encoder.encode_sentences([each.path for each in candidates]) @ query,
        heading_asks=np.array([asks(each.headings[-1]) for each in candidates]),
        positions=np.array([word.position for word in words], np.int64),
        fits=np.array([is_new and bool(word.look & look) for word, is_new in zip(words, new, strict=True)], np.bool_),
        question_word_similarity=question_word_similarity(question, encoder, of_words, new),
        passage_words=Ragged.of_lengths(counts),
        passage_sentences=Ragged.of_lengths(len(each.sentences) for each in candidates),
        sentence_words=Ragged.of_lengths(by_sentence),
    )


def distinct(words: Sequence[Word]) -> list[Word]:
    """The first word of each stem, in order."""
    content_words: list[Word] = []
    for word in words:
        if word.content and word.stem not in [each.stem for each in content_words]:
            content_words.append(word)
    return content_words


def rarity(word: Word, having: Sequence[set[str]], imagined: int) -> float:
    common = 1 - (1 - max(word_frequency(word.form, "en", wordlist="small"), 1e-8)) ** 100
    return -math.log((sum(word.stem in each for each in having) + imagined * common) / (len(having) + imagined))


def passage_texts(article: Article) -> list[str]:
    return [article.slice(passage) for passage in article.passages]


def passage_vectors(texts: Sequence[str], encoder: Encoder) -> Vectors:
    return encoder.encode_passages(texts, [[] for _ in texts]).vectors


def topic(article: Article, encoder: Encoder) -> Vectors:
    mean = passage_vectors(passage_texts(article), encoder).mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def word_vectors(candidates: Sequence[Candidate], encoder: Encoder) -> list[Vectors]:
    return of_texts([each.text for each in candidates], [each.words for each in candidates], encoder)


def of_texts(texts: Sequence[str], words: Sequence[Sequence[Word]], encoder: Encoder) -> list[Vectors]:
    encoded = encoder.encode_passages(texts, words)
    return [vector for of_text in encoded.words for vector in of_text]


def asks(heading: str) -> bool:
    words = ENGLISH.find_words(heading)
    return heading.endswith("?") or (bool(words) and ENGLISH.is_question_word(words[0]))


def question_word_similarity(
    question: str, encoder: Encoder, vectors: Sequence[Vectors], new: Sequence[bool]
) -> NDArray[Any] | None:
    words = ENGLISH.find_words(question)
    positions = [word.position for word in words if ENGLISH.is_question_word(word)]
    if not positions:
        return None
    wanted = encoder.encode_queries([question], [words]).words[0][positions[0]]
    return np.array([wanted @ vector if is_new else -1.0 for vector, is_new in zip(vectors, new, strict=True)])


def maxima(row: NDArray[Any], counts: Sequence[int]) -> list[float]:
    """The largest of the first counts[0] numbers, of the next counts[1], …; 0 for a count of 0."""
    rest = iter(row.tolist())
    return [max((next(rest) for _ in range(count)), default=0.0) for count in counts]


def assert_same(actual: Evidence, expected: Evidence, tolerance: float) -> None:
    for field in fields(Evidence):
        ours, theirs = getattr(actual, field.name), getattr(expected, field.name)
        if theirs is None or isinstance(theirs, QuestionKind):
            assert ours is theirs, field.name
            continue
        if isinstance(theirs, Ragged):
            assert ours.starts.tolist() == theirs.starts.tolist(), field.name
            continue
        assert (ours.shape, ours.dtype.kind) == (theirs.shape, theirs.dtype.kind), field.name
        # A bool or a whole number is right or wrong.
        within = tolerance if theirs.dtype.kind == "f" else 0
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=within, err_msg=field.name)
