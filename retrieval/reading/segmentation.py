"""Blocks of text → passages and sentences, as spans of the article's text.

A passage is a block (paragraph, list, quote, table, code). A block too long for the encoder is split at sentence
ends; code stays whole. Sentences come from nupunkt, which knows abbreviations, decimals and quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from nupunkt import sent_spans

from retrieval.article import Passage, Span

_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\n]+")
_BULLET_ONLY = re.compile(r"\s*(?:[-*•]|\d+[.)])\s*")
# Footnote marks hold a letter seldom and punctuation often: what one alternative took, no other may take again, or
# the time doubles with each mark.
_FOOTNOTES = re.compile(r"(?:\[[^\[\].!?\n]{1,30}+\])++(?!\S)")
_FOOTNOTE_OR_LETTER = re.compile(r"\[[^\[\].!?\n]{1,30}+\]|(?P<letter>[^\W_])")
_NUMBER = re.compile(r"\d+\.\s+(?=\w)")
# Without such a place the segmenter finds one sentence only.
_MAY_END = re.compile(r"[.!?…](?=[^\w.…])")
# Between two words the segmenter decides nothing, so a long text can be cut there; the second is no number of a list.
_BETWEEN_WORDS = re.compile(r"(?<=\w)\s(?=[^\W\d_]{7})")
_AFTER_WORD = re.compile(r"(?<=\w)\s")
# How many characters the segmenter is given at least, and how many the encoder counts at a time: more would fill the
# memory with what they note on each word.
_WINDOW = 20_000
# In a word without end the segmenter's time grows with the square of its punctuation marks.
_ENDLESS = 500
_ENDLESS_WORD = re.compile(rf"(?<!\S)\S{{{_ENDLESS},}}(?=\S{{3}})")


class Kind(StrEnum):
    """What a block is: how it is cut into sentences depends on it."""

    HEADING = "heading"
    PROSE = "prose"
    LINES = "lines"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article between blank lines."""

    kind: Kind
    text: str


class Measure(Protocol):
    """Tells how long a text is for the encoder, in word pieces."""

    @property
    def max_tokens(self) -> int:
        """The word pieces a passage may have."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """An article's text and the passages in it."""

    text: str
    passages: tuple[Passage, ...]


def segment(blocks: Sequence[Block], measure: Measure, title: str) -> Segmentation:
    """Join the blocks by blank lines and cut them into passages. A heading that repeats the title is no section."""
    text = "\n\n".join(block.text for block in blocks)
    passages: list[Passage] = []
    section: str | None = None
    for block, piece in zip(blocks, _measured(text, _places(blocks), measure), strict=True):
        if block.kind is Kind.HEADING:
            section = None if block.text == title else block.text
        else:
            for group in _groups(text, piece, block.kind, measure):
                number = len(passages) + 1
                passages.append(Passage(number, group[0].start, group[-1].end, section, tuple(group)))
    return Segmentation(text, tuple(passages))


def _places(blocks: Iterable[Block]) -> Iterator[Span]:
    """Where each block stands in the article's text."""
    offset = 0
    for block in blocks:
        yield Span(offset, offset + len(block.text))
        offset += len(block.text) + 2


def split_sentences(text: str, kind: Kind = Kind.PROSE) -> list[Span]:
    """The sentences of a block: in order, without overlap, trimmed of white space. Lines of lists and code end one."""
    return _sentences(text, Span(0, len(text)), kind)


def _sentences(text: str, block: Span, kind: Kind) -> list[Span]:
    spans: list[Span] = []
    for line in _lines(text, block, kind):
        if kind is Kind.CODE or not _may_end(text, line):
            spans.append(_trimmed(text, line))
        else:
            found = (_trimmed(text, span) for span in _segmented(text, line))
            spans += _joined(text, _footnotes_apart(text, found))
    return spans


def _lines(text: str, block: Span, kind: Kind) -> Iterator[Span]:
    """The stretches no sentence crosses, none blank: single lines in lists and code, the whole block in prose."""
    if kind is not Kind.PROSE:
        for match in _LINE.finditer(text, block.start, block.end):
            if not match.group().isspace():
                yield Span(*match.span())
    elif _WORD.search(text, block.start, block.end):
        yield block


def _may_end(text: str, line: Span) -> bool:
    """Whether a sentence may end within the line. The number at the start of a list's item is not a sentence."""
    number = _NUMBER.match(text, line.start, line.end)
    return bool(_MAY_END.search(text, number.end() if number else line.start, line.end))


def _segmented(text: str, line: Span) -> Iterator[Span]:
    """The segmenter's sentences, found window by window."""
    last: Span | None = None
    for window in _windows(text, line):
        for span in _seen(text, window):
            if last is None:
                last = span
            elif span.start == window.start:
                last = Span(last.start, span.end)
            else:
                yield last
                last = span
    if last is not None:
        yield last


def _windows(text: str, line: Span) -> Iterator[Span]:
    """The line, or pieces of it cut where no sentence ends."""
    start = line.start
    while line.end - start > 2 * _WINDOW:
        stretch = (start + _WINDOW, start + 2 * _WINDOW)
        place = _BETWEEN_WORDS.search(text, *stretch) or _AFTER_WORD.search(text, *stretch)
        end = place.end() if place else stretch[1]
        yield Span(start, end)
        start = end
    yield Span(start, line.end)


def _seen(text: str, window: Span) -> Iterator[Span]:
    """What the segmenter finds there. Of an endless word it sees the end."""
    seen = text[window.start : window.end]
    if len(seen) > _ENDLESS:
        seen = _ENDLESS_WORD.sub(lambda word: "x" * len(word.group()), seen)
    return (Span(window.start + start, window.start + end) for start, end in sent_spans(seen))


def _trimmed(text: str, span: Span) -> Span:
    if span.start < span.end and not text[span.start].isspace() and not text[span.end - 1].isspace():
        return span
    inner = text[span.start : span.end]
    return Span(span.start + len(inner) - len(inner.lstrip()), span.end - (len(inner) - len(inner.rstrip())))


def _footnotes_apart(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Cut off footnote marks that stand against the sentence before, as in "It began.[4] It went on."."""
    end = -1
    for span in spans:
        marks = _FOOTNOTES.match(text, span.start, span.end) if span.start == end else None
        if marks:
            yield Span(marks.start(), marks.end())
        yield _trimmed(text, Span(marks.end(), span.end)) if marks else span
        end = span.end


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Join what is no sentence ("...", "* *", "[4]") to the one before, and a bare "2." to the one after."""
    joined: list[Span] = []
    for span in spans:
        if span.start >= span.end:
            continue
        if joined and (_is_none(text, span) or _BULLET_ONLY.fullmatch(text, joined[-1].start, joined[-1].end)):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_none(text: str, span: Span) -> bool:
    """Whether there is nothing in it but punctuation and footnote marks."""
    if text[span.start].isalnum():
        return False
    return not any(found["letter"] for found in _FOOTNOTE_OR_LETTER.finditer(text, span.start, span.end))


@dataclass(slots=True)
class _Piece:
    """A span and its length in word pieces."""

    span: Span
    tokens: int


def _groups(text: str, block: _Piece, kind: Kind, measure: Measure) -> Iterator[list[Span]]:
    """The block's sentences in groups that each fit the encoder; groups of about even length."""
    sentences = _sentences(text, block.span, kind)
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
    """The sentence itself, or pieces of it cut between words (within one only if it alone is too long)."""
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
    """The spans, those that do not fit the encoder cut until they do. One character can be several word pieces."""
    for piece in _measured(text, spans, measure):
        start, end = piece.span.start, piece.span.end
        if piece.tokens <= measure.max_tokens or end - start == 1:
            yield piece
        else:
            step = min(measure.max_tokens, (end - start) // 2)
            cuts = (Span(i, min(i + step, end)) for i in range(start, end, step))
            yield from _narrowed(text, cuts, measure)


def _measured(text: str, spans: Iterable[Span], measure: Measure) -> Iterator[_Piece]:
    """The spans with their lengths. What is too long for the encoder is not counted to its end."""
    for batch in _batches(spans):
        starts = [text[span.start : span.end][:_WINDOW] for span in batch]
        # In a text made to be slow, most pieces are the same.
        distinct = list(dict.fromkeys(starts))
        counts = dict(zip(distinct, measure.count_tokens(distinct), strict=True))
        for span, start in zip(batch, starts, strict=True):
            tokens = counts[start]
            if len(start) == _WINDOW:
                tokens += _rest(text, span, tokens, measure)
            yield _Piece(span, tokens)


def _rest(text: str, span: Span, tokens: int, measure: Measure) -> int:
    """The word pieces beyond the first window, until there are too many for the encoder."""
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
