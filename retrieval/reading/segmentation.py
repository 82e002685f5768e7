"""Blocks of text → passages that fit the encoder, as spans of the article's text.

A passage is a block (paragraph, list, quote, table, code). A block too long for the encoder is split at sentence
ends; code stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.article import Passage, Span
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.sentences import sentences_in

_WORD = re.compile(r"\S+")
# The encoder counts about 20,000 characters at a time: what it notes on each word of more would fill the memory.
_WINDOW = 20_000


class Measure(Protocol):
    """Tells how long a text is for the encoder, in word pieces."""

    @property
    def max_tokens(self) -> int:
        """The number of word pieces that a passage may have."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of word pieces of each text."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """An article's text and the passages in it."""

    text: str
    passages: tuple[Passage, ...]


def segment(blocks: Sequence[Block], measure: Measure, title: str, ends: SentenceEnds | None = None) -> Segmentation:
    """Join the blocks by blank lines and cut them into passages. A heading that repeats the title is not a section."""
    text = "\n\n".join(block.text for block in blocks if block.text)
    passages: list[Passage] = []
    headings = _Headings(title)
    for block, piece in zip(blocks, _measured(text, _spans(blocks), measure), strict=True):
        if block.kind is Kind.HEADING:
            headings.enter(block)
        else:
            for group in _groups(text, piece, block.kind, measure, ends):
                number = len(passages) + 1
                passages.append(Passage(number, group[0].start, group[-1].end, headings.path, tuple(group)))
    return Segmentation(text, tuple(passages))


class _Headings:
    """The headings above the block at hand."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.open: list[Block] = []
        self.path: tuple[str, ...] = ()
        """The headings' texts, the outermost first; equal paths of one section are one object."""

    def enter(self, heading: Block) -> None:
        """A heading ends all sections of its own level and of deeper levels, and begins its own if it has a text."""
        while self.open and self.open[-1].level >= heading.level:
            self.open.pop()
        if heading.text:
            self.open.append(heading)
        self.path = tuple(each.text for each in self.open if each.text != self.title)


def _spans(blocks: Iterable[Block]) -> Iterator[Span]:
    """The span of each block in the article's text."""
    offset = 0
    for block in blocks:
        yield Span(offset, offset + len(block.text))
        offset += len(block.text) + 2 if block.text else 0


@dataclass(slots=True)
class _Piece:
    """A span and its length in word pieces."""

    span: Span
    tokens: int


def _groups(text: str, block: _Piece, kind: Kind, measure: Measure, ends: SentenceEnds | None) -> Iterator[list[Span]]:
    """The block's sentences in groups that each fit the encoder; groups of about even length."""
    sentences = sentences_in(text, block.span, kind, ends)
    if not sentences:
        return
    if kind is Kind.CODE or block.tokens <= measure.max_tokens:
        yield sentences
        return
    pieces = [piece for sentence in _measured(text, sentences, measure) for piece in _fitting(text, sentence, measure)]
    total = sum(piece.tokens for piece in pieces)
    target = total / max(1, -(-total // measure.max_tokens))
    group: list[Span] = []
    filled = 0
    for piece in pieces:
        if group and (filled >= target or filled + piece.tokens > measure.max_tokens):
            yield group
            group, filled = [], 0
        group.append(piece.span)
        filled += piece.tokens
    yield group


def _fitting(text: str, sentence: _Piece, measure: Measure) -> Iterator[_Piece]:
    """The sentence itself, or pieces of it, cut between words; a word is cut only if it alone is too long."""
    if sentence.tokens <= measure.max_tokens:
        yield sentence
        return
    words = (Span(*match.span()) for match in _WORD.finditer(text, sentence.span.start, sentence.span.end))
    start, end, filled = sentence.span.start, sentence.span.start, 0
    for word in _narrowed(text, words, measure):
        if end > start and filled + word.tokens > measure.max_tokens:
            yield _Piece(Span(start, end), filled)
            start, filled = word.span.start, 0
        end = word.span.end
        filled += word.tokens
    yield _Piece(Span(start, end), filled)


def _narrowed(text: str, spans: Iterable[Span], measure: Measure) -> Iterator[_Piece]:
    """The spans; a span that does not fit the encoder is cut until it fits. A character can be several word pieces."""
    for piece in _measured(text, spans, measure):
        start, end = piece.span.start, piece.span.end
        if piece.tokens <= measure.max_tokens or end - start == 1:
            yield piece
        else:
            step = min(measure.max_tokens, (end - start) // 2)
            cuts = (Span(i, min(i + step, end)) for i in range(start, end, step))
            yield from _narrowed(text, cuts, measure)


def _measured(text: str, spans: Iterable[Span], measure: Measure) -> Iterator[_Piece]:
    """The spans with their lengths. A span that is too long for the encoder is not counted to its end."""
    for batch in _batches(spans):
        starts = [text[span.start : span.end][:_WINDOW] for span in batch]
        # Most pieces of a text made to be slow are the same.
        distinct = list(dict.fromkeys(starts))
        counts = dict(zip(distinct, measure.count_tokens(distinct), strict=True))
        for span, start in zip(batch, starts, strict=True):
            tokens = counts[start]
            if len(start) == _WINDOW:
                tokens += _rest(text, span, tokens, measure)
            yield _Piece(span, tokens)


def _rest(text: str, span: Span, tokens: int, measure: Measure) -> int:
    """The number of word pieces beyond the first window, counted until the encoder could not take them."""
    rest = 0
    for i in range(span.start + _WINDOW, span.end, _WINDOW):
        if tokens + rest > measure.max_tokens:
            break
        rest += sum(measure.count_tokens([text[i : min(span.end, i + _WINDOW)]]))
    return rest


def _batches(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The spans in lists that each hold a window's worth of characters."""
    batch: list[Span] = []
    size = 0
    for span in spans:
        batch.append(span)
        size += span.end - span.start
        if size >= _WINDOW:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
