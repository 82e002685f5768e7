"""A block's text → sentences, as spans of the text around it.

English sentences come from nupunkt, which knows abbreviations, decimals and quotation marks; where those of other
languages end, their Language says. Lines of lists and code end there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from nupunkt import sent_spans

from retrieval.article import Span
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.reading.blocks import Kind

_VISIBLE = re.compile(r"\S")
_LINE = re.compile(r"[^\n]+")
# In these blocks each line is a sentence.
_WHOLE_LINES = (Kind.CODE, Kind.TABLE)
_BULLET_ONLY = re.compile(r"\s*(?:[-*•]|\d+[.)])\s*")
# Footnote marks hold a letter seldom and punctuation often. No alternative may take again what another took, or the
# time doubles with each mark.
_FOOTNOTES = re.compile(r"(?:\[[^\[\].!?\n]{1,30}+\])++(?!\S)")
_FOOTNOTE_OR_LETTER = re.compile(r"\[[^\[\].!?\n]{1,30}+\]|(?P<letter>[^\W_])")
_NUMBER = re.compile(r"\d+\.\s+(?=\w)")
# The segmenter finds a single sentence in a text that this pattern does not match.
_MAY_END = re.compile(r"[.!?…](?=[^\w.…])")
# The segmenter ends no sentence between two words, so a long text can be cut there; a list's number is not a word here.
_BETWEEN_WORDS = re.compile(r"(?<=\w)\s(?=[^\W\d_]{7})")
_AFTER_WORD = re.compile(r"(?<=\w)\s")
# The number of characters before a place that the segmenter is shown to tell whether a sentence ends there.
_BESIDE = 40
# The segmenter reads windows of 20,000 to 40,000 characters: what it notes on each word of more would fill the memory.
_WINDOW = 20_000
# The segmenter's time grows with the square of the punctuation marks in a word of endless length.
_ENDLESS = 500
_ENDLESS_WORD = re.compile(rf"(?<!\S)\S{{{_ENDLESS},}}(?=\S{{3}})")


def split_sentences(text: str, kind: Kind = Kind.PROSE, ends: SentenceEnds | None = None) -> list[Span]:
    """The sentences of a text that is a block: in order, without overlap, trimmed of white space."""
    return sentences_in(text, Span(0, len(text)), kind, ends)


def ends_between(before: str, after: str) -> bool:
    """Whether a sentence ends between two texts that are a sentence's length, or parts of it.

    The segmenter looks at the words beside the place and, for a list's number, twelve characters back.
    """
    if len(before) > _BESIDE:
        before = before[-_BESIDE:]
        before = before[before.find(" ") + 1 :]
    word = after.split(" ", 1)[0]
    return _ends_between(before, word if word[:1].isalnum() else after)


@lru_cache(maxsize=10_000)  # the same words meet again and again
def _ends_between(before: str, after: str) -> bool:
    return any(sentence.end == len(before) for sentence in split_sentences(f"{before} {after}"))


def sentences_in(text: str, block: Span, kind: Kind, ends: SentenceEnds | None = None) -> list[Span]:
    """The sentences of a block that stands in a longer text: in order, without overlap, trimmed of white space.

    `ends` are the rules of the text's language; None: it is English.
    """
    sentences: list[Span] = []
    for line in _lines(text, block, kind):
        if kind in _WHOLE_LINES or not (ends or _may_end(text, line)):
            sentences.append(_trimmed(text, line))
        else:
            found = _by_rules(text, line, ends) if ends else _segmented(text, line)
            trimmed = (_trimmed(text, span) for span in found)
            sentences += _joined(text, _footnotes_apart(text, trimmed))
    return sentences


def _by_rules(text: str, line: Span, rules: SentenceEnds) -> Iterator[Span]:
    """The sentences of a line by the rules of its language, without white space around them."""
    start = line.start
    for end in rules.find(text, line.start, line.end):
        if not text[start:end].isspace():
            yield Span(start, end)
        start = end


def _lines(text: str, block: Span, kind: Kind) -> Iterable[Span]:
    """The stretches that sentences do not cross, blank stretches left out: lines of lists and code, blocks of prose."""
    if kind is not Kind.PROSE and "\n" in text[block.start : block.end]:
        lines = _LINE.finditer(text, block.start, block.end)
        return (Span(*line.span()) for line in lines if not line.group().isspace())
    return (block,) if _VISIBLE.search(text, block.start, block.end) else ()


def _may_end(text: str, line: Span) -> bool:
    """Whether a sentence may end within the line. The number at the start of a list's item is not a sentence."""
    if not _MAY_END.search(text, line.start, line.end):
        return False
    number = _NUMBER.match(text, line.start, line.end)
    return not number or bool(_MAY_END.search(text, number.end(), line.end))


def _segmented(text: str, line: Span) -> Iterator[Span]:
    """The segmenter's sentences, window by window."""
    last: Span | None = None
    for window in _windows(text, line):
        for span in _in_window(text, window):
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
    """The line, or pieces of it that are cut where no sentence ends."""
    start = line.start
    while line.end - start > 2 * _WINDOW:
        stretch = (start + _WINDOW, start + 2 * _WINDOW)
        space = _BETWEEN_WORDS.search(text, *stretch) or _AFTER_WORD.search(text, *stretch)
        end = space.end() if space else stretch[1]
        yield Span(start, end)
        start = end
    yield Span(start, line.end)


def _in_window(text: str, window: Span) -> Iterator[Span]:
    """The sentences that the segmenter finds in a window. Of an endless word it is shown only the end."""
    shown = text[window.start : window.end]
    if len(shown) > _ENDLESS:
        shown = _ENDLESS_WORD.sub(lambda word: "x" * len(word.group()), shown)
    return (Span(window.start + start, window.start + end) for start, end in sent_spans(shown))


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
    """Join marks alone ("...", "* *", "[4]") to the sentence before them, and a bare "2." to the sentence after it."""
    joined: list[Span] = []
    for span in spans:
        if span.start >= span.end:
            continue
        if joined and (_is_marks(text, span) or _BULLET_ONLY.fullmatch(text, joined[-1].start, joined[-1].end)):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_marks(text: str, span: Span) -> bool:
    """Whether the span holds nothing but punctuation and footnote marks."""
    if text[span.start].isalnum():
        return False
    return not any(match["letter"] for match in _FOOTNOTE_OR_LETTER.finditer(text, span.start, span.end))
