"""What stands above the passages, as vectors and as words: titles of articles, and the headings of their sections.

Each text is encoded once, however many passages stand under it. It is no part of the passages' own vectors, for all
passages of a section would become alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.language.language import Language
from retrieval.precedence import unhurried
from retrieval.ragged import Ragged
from retrieval.search.arrays import read_arrays, write_arrays
from retrieval.search.layout import Layout
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_vectors import quantised

# How many sections are proposed for their headings, and how many of the first passages of each.
_SECTIONS, _FIRST = 10, 3
_BATCH = 64
_ARRAYS = ("vectors", "starts", "words")
_LEXICAL = "bm25"


@dataclass(frozen=True, slots=True)
class Above:
    """A text above passages. Equal texts of two languages differ in their words of content."""

    text: str
    language: Language

    @property
    def asks(self) -> bool:
        """Whether it is a question: it ends in a question mark or begins with a question word."""
        if self.text.rstrip().endswith(("?", "？", "؟")):
            return True
        words = self.language.find_words(self.text)
        return bool(words) and self.language.is_question_word(words[0])


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """The texts above the sections of a layout: of each section its innermost heading, and its path from the title."""

    texts: tuple[Above, ...]
    """Each text once."""
    paths: NDArray[np.int64]
    """(sections,): the number of the section's path."""
    innermost: NDArray[np.int64]
    """(sections,): the number of the section's innermost heading; of its title if no heading is above it."""
    asking: NDArray[np.bool_]
    """(texts,): whether the text is a question."""
    layout: Layout
    vectors: Vectors
    """(texts, dimension)"""
    text_words: Ragged
    """The words of content of each text."""
    word_vectors: NDArray[np.int8]
    """(words, dimension): their vectors, as WordVectors holds them."""
    lexical: LexicalIndex
    """The words above each passage: of its path, and of what introduces it."""

    @classmethod
    def encoded(cls, layout: Layout, encoder: Encoder, previous: Headings | None) -> Headings:
        """Encode the texts that are not known. `previous` has vectors of the same encoder."""
        texts, paths, innermost = _texts(layout)
        known = {} if previous is None else {text: number for number, text in enumerate(previous.texts)}
        vectors = np.empty((len(texts), encoder.dimension), np.float32)
        words: list[NDArray[np.int8]] = [np.empty((0, encoder.dimension), np.int8)] * len(texts)
        for number, text in enumerate(unhurried(texts)):
            if previous is not None and text in known:
                vectors[number] = previous.vectors[known[text]]
                words[number] = previous.word_vectors[slice(*previous.text_words.span(known[text]))]
        todo = sorted(
            (number for number, text in enumerate(texts) if text not in known), key=lambda i: len(texts[i].text)
        )
        for first in range(0, len(todo), _BATCH):
            batch = todo[first : first + _BATCH]
            content = [texts[i].language.content_words(texts[i].text) for i in batch]
            encoded = encoder.encode_passages([texts[i].text for i in batch], content)
            for number, vector, of_words in zip(batch, encoded.vectors, encoded.words, strict=True):
                vectors[number], words[number] = vector, quantised(of_words)
        lexical = LexicalIndex.build(_stems(layout))
        text_words = Ragged.of_lengths(map(len, words))
        return cls(texts, paths, innermost, _asking(texts), layout, vectors, text_words, np.concatenate(words), lexical)

    @classmethod
    def read(cls, layout: Layout, folder: Path) -> Headings:
        """Read what `write` wrote. Raises SnapshotError if it cannot be read or belongs to another layout."""
        texts, paths, innermost = _texts(layout)
        vectors, starts, words = read_arrays(folder, _ARRAYS)
        lexical = LexicalIndex.read(folder / _LEXICAL)
        return cls(texts, paths, innermost, _asking(texts), layout, vectors, Ragged(starts), words, lexical)

    def write(self, folder: Path) -> None:
        """Write what was encoded into a new folder. Raises OSError."""
        arrays = (self.vectors, self.text_words.starts, self.word_vectors)
        write_arrays(folder, dict(zip(_ARRAYS, arrays, strict=True)))
        self.lexical.write(folder / _LEXICAL)

    def proposed(self, query: Vectors) -> NDArray[np.int64]:
        """The first passages of the sections whose path or innermost heading is nearest to a query: (dimension,).

        What stands under a title alone is not proposed: its first passages answer no sooner than its others.
        """
        headed = np.flatnonzero(self.paths != self.innermost)
        cosines = self.vectors @ query
        of_headed = np.maximum(cosines[self.paths[headed]], cosines[self.innermost[headed]])
        nearest = headed[np.argsort(-of_headed, kind="stable")[:_SECTIONS]]
        starts, ends = self.layout.section_passages.starts[nearest], self.layout.section_passages.starts[nearest + 1]
        rows = starts[:, np.newaxis] + np.arange(_FIRST)
        return rows[rows < ends[:, np.newaxis]]


def _texts(layout: Layout) -> tuple[tuple[Above, ...], NDArray[np.int64], NDArray[np.int64]]:
    """The distinct texts above the sections, and the numbers of each section's path and of its innermost heading."""
    numbers: dict[Above, int] = {}
    paths: list[int] = []
    innermost: list[int] = []
    for first in unhurried(layout.section_passages.starts[:-1].tolist()):
        located = layout.passages[first]
        for text, into in ((located.path, paths), ((located.article.title, *located.passage.headings)[-1], innermost)):
            into.append(numbers.setdefault(Above(text, located.language), len(numbers)))
    return tuple(numbers), np.array(paths, np.int64), np.array(innermost, np.int64)


def _asking(texts: Sequence[Above]) -> NDArray[np.bool_]:
    return np.array([text.asks for text in unhurried(texts)], np.bool_)


def _stems(layout: Layout) -> list[Sequence[str]]:
    """The distinct stems above each passage. Most passages of a section have the same text above them."""
    known: dict[Above, Sequence[str]] = {}
    stems = []
    for located in unhurried(layout.passages):
        lead = located.passage.lead
        text = located.path if lead is None else f"{located.path}\n{located.article.slice(lead)}"
        above = Above(text, located.language)
        if above not in known:
            known[above] = list(dict.fromkeys(above.language.stems(text)))
        stems.append(known[above])
    return stems
