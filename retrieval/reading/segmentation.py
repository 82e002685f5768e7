"""Blocks of text → passages that fit the encoder, as spans of the article's text.

A passage is a unit: a block (paragraph, list, quote, table, code), or several that are quoted together. A unit too long
for the encoder is split at sentence ends; code stays whole. The parts of a list behind the first remember the sentence
that introduces the list, the parts of a table its head, a passage that begins with "It" the sentence before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count

from retrieval.article import Link, Passage, Span
from retrieval.language.languages import sentence_ends_of
from retrieval.language.pointing import points_back
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.furniture import furniture
from retrieval.reading.lengths import Measure, Piece, measured
from retrieval.reading.sentences import sentences_in
from retrieval.reading.units import introduces, units

_WORD = re.compile(r"\S+")
# A lead that takes more than this part of what the encoder can read leaves too little room for the passage.
_LONGEST_LEAD = 0.25


@dataclass(frozen=True, slots=True)
class Segmentation:
    """An article's text and the passages in it."""

    text: str
    passages: tuple[Passage, ...]


def segment(blocks: Sequence[Block], measure: Measure, title: str, language: str | None = None) -> Segmentation:
    """Join the blocks by blank lines and cut them into passages; `language` is the code of their language.

    A heading that repeats the title is not a section.
    """
    text = "\n\n".join(block.text for block in blocks if block.text)
    return Segmentation(text, tuple(_passages(text, blocks, measure, title, language)))


def _passages(
    text: str, blocks: Sequence[Block], measure: Measure, title: str, language: str | None
) -> Iterator[Passage]:
    ends = sentence_ends_of(language)
    paths = enumerate(_paths(blocks, title))
    links = _links(blocks)
    link_starts = [link.start for link in links]
    quotable = [
        block.kind is not Kind.HEADING and not each for block, each in zip(blocks, furniture(blocks), strict=True)
    ]
    # Each block that is quotable is in a unit, and the units are in order.
    pieces = measured(text, compress(_spans(blocks), quotable), measure)
    numbers = count(1)
    before: Passage | None = None
    for unit in units(blocks, quotable):
        path = next(path for number, path in paths if number == unit[0])
        for part in _parts(text, [(blocks[i], next(pieces)) for i in unit], measure, ends):
            start, end = part.sentences[0].start, part.sentences[-1].end
            inside = links[bisect_left(link_starts, start) : bisect_left(link_starts, end)] if links else ()
            lead = part.lead
            if lead is None and before is not None and points_back(text[start:end], language):
                lead = _said_before(text, before, blocks[unit[0] - 1], Span(start, end), measure)
            before = Passage(next(numbers), start, end, path, tuple(part.sentences), lead, tuple(inside))
            yield before


def _said_before(text: str, before: Passage, block: Block, span: Span, measure: Measure) -> Span | None:
    """The last sentence of the passage before, if it ends right before the span and fits the encoder beside it.

    `block` is the block before the passage's own: a heading parts them.
    """
    if block.kind is Kind.HEADING or not text[before.end : span.start].isspace():
        return None
    lead, passage = measured(text, [before.sentences[-1], span], measure)
    return lead.span if _short(lead, measure) and lead.tokens + passage.tokens <= measure.max_tokens else None


def _spans(blocks: Iterable[Block]) -> Iterator[Span]:
    """The span of each block in the article's text."""
    offset = 0
    for block in blocks:
        yield Span(offset, offset + len(block.text))
        offset += len(block.text) + 2 if block.text else 0


def _paths(blocks: Iterable[Block], title: str) -> Iterator[tuple[str, ...]]:
    """The path of headings above each block: the outermost first, without the title; one object for each section."""
    opened: list[Block] = []
    path: tuple[str, ...] = ()
    for block in blocks:
        if block.kind is Kind.HEADING:
            # A heading ends all sections of its own level and of deeper levels.
            while opened and opened[-1].level >= block.level:
                opened.pop()
            if block.text:
                opened.append(block)
            path = tuple(each.text for each in opened if each.text != title)
        yield path


def _links(blocks: Sequence[Block]) -> list[Link]:
    """All links, as offsets into the article's text."""
    if not any(block.links for block in blocks):
        return []
    return [
        Link(span.start + link.start, span.start + link.end, link.target)
        for block, span in zip(blocks, _spans(blocks), strict=True)
        for link in block.links
    ]


@dataclass(slots=True)
class _Part:
    """The sentences of a passage, and what introduces them if it stands apart."""

    sentences: list[Span]
    lead: Span | None = None


@dataclass(slots=True)
class _Atom:
    """What is not split: a sentence, a line, a piece of a sentence that fits the encoder, or code."""

    sentences: list[Span]
    tokens: int
    lead: Piece | None
    """What introduces a passage that begins with this atom."""
    introduces: bool = False
    """Whether it introduces what follows, so that no passage should end with it."""


def _parts(
    text: str, unit: Sequence[tuple[Block, Piece]], measure: Measure, ends: SentenceEnds | None
) -> Iterable[_Part]:
    """The unit as one passage if it fits the encoder, else as passages of about even length."""
    is_code = len(unit) == 1 and unit[0][0].kind is Kind.CODE
    if is_code or sum([piece.tokens for _, piece in unit]) <= measure.max_tokens:
        sentences = [span for block, piece in unit for span in sentences_in(text, piece.span, block.kind, ends)]
        return (_Part(sentences),) if sentences else ()
    return map(_part, _groups(list(_atoms(text, unit, measure, ends)), measure.max_tokens))


def _part(group: Sequence[_Atom]) -> _Part:
    lead = group[0].lead
    return _Part([span for atom in group for span in atom.sentences], lead.span if lead else None)


def _groups(atoms: Sequence[_Atom], max_tokens: int) -> Iterator[list[_Atom]]:
    total = sum(atom.tokens for atom in atoms)
    target = total / max(1, -(-total // max_tokens))
    group: list[_Atom] = []
    filled = 0
    for atom in atoms:
        lead = group[0].lead if group else None
        room = max_tokens - (lead.tokens if lead else 0)
        # An introduction belongs with what follows, rather than with what stands before it.
        enough = target / 2 if atom.introduces else target
        if group and (filled >= min(enough, room) or filled + atom.tokens > room):
            # Nor does an introduction end a passage, unless it fills that passage alone.
            goes_over = len(group) > 1 and group[-1].introduces and group[-1].tokens + atom.tokens <= max_tokens
            yield group[:-1] if goes_over else group
            group = group[-1:] if goes_over else []
            filled = sum(each.tokens for each in group)
        group.append(atom)
        filled += atom.tokens
    if group:
        yield group


def _atoms(
    text: str, unit: Sequence[tuple[Block, Piece]], measure: Measure, ends: SentenceEnds | None
) -> Iterator[_Atom]:
    """The atoms of a unit, each with what introduces it: the sentence with a colon, the head of the table, or both."""
    introduction: Piece | None = None
    for block, whole in unit:
        sentences = sentences_in(text, whole.span, block.kind, ends)
        if block.kind is Kind.CODE:
            yield _Atom(sentences, whole.tokens, introduction)
            continue
        lead = introduction
        for item in _items(text, block, measured(text, sentences, measure)):
            is_last = introduces(block) and item[-1].span is sentences[-1]
            tokens = sum(piece.tokens for piece in item)
            if tokens <= measure.max_tokens:
                yield _Atom([piece.span for piece in item], tokens, lead, introduces=is_last)
            else:
                for piece in (each for sentence in item for each in _fitting(text, sentence, measure)):
                    yield _Atom([piece.span], piece.tokens, lead)
            if is_last:
                introduction = _short(item[-1], measure)
            elif block.kind is Kind.TABLE and item[0].span is sentences[0]:
                lead = _short(_joined(introduction, item[0]), measure) or _short(item[0], measure)


def _items(text: str, block: Block, sentences: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The sentences of a block, those of each item of a list together: an item's further lines are indented."""
    item: list[Piece] = []
    for sentence in sentences:
        if item and (block.kind is not Kind.LINES or text[sentence.span.start - 1] == "\n"):
            yield item
            item = []
        item.append(sentence)
    if item:
        yield item


def _joined(introduction: Piece | None, head: Piece) -> Piece:
    """The head of a table together with the sentence above it."""
    if introduction is None:
        return head
    return Piece(Span(introduction.span.start, head.span.end), introduction.tokens + head.tokens)


def _short(lead: Piece, measure: Measure) -> Piece | None:
    """The lead, if it leaves room for a passage."""
    return lead if lead.tokens <= _LONGEST_LEAD * measure.max_tokens else None


def _fitting(text: str, sentence: Piece, measure: Measure) -> Iterator[Piece]:
    """The sentence itself, or pieces of it, cut between words; a word is cut only if it alone is too long."""
    if sentence.tokens <= measure.max_tokens:
        yield sentence
        return
    words = (Span(*match.span()) for match in _WORD.finditer(text, sentence.span.start, sentence.span.end))
    start, end, filled = sentence.span.start, sentence.span.start, 0
    for word in _narrowed(text, words, measure):
        if end > start and filled + word.tokens > measure.max_tokens:
            yield Piece(Span(start, end), filled)
            start, filled = word.span.start, 0
        end = word.span.end
        filled += word.tokens
    yield Piece(Span(start, end), filled)


def _narrowed(text: str, spans: Iterable[Span], measure: Measure) -> Iterator[Piece]:
    """The spans; a span that does not fit the encoder is cut until it fits. A character can be several word pieces."""
    for piece in measured(text, spans, measure):
        start, end = piece.span.start, piece.span.end
        if piece.tokens <= measure.max_tokens or end - start == 1:
            yield piece
        else:
            step = min(measure.max_tokens, (end - start) // 2)
            cuts = (Span(i, min(i + step, end)) for i in range(start, end, step))
            yield from _narrowed(text, cuts, measure)
