"""The characters of a page → fragments of lines: runs of words without wide space between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low

from retrieval.article import Span
from retrieval.characters import normalise
from retrieval.reading.pdf.glyphs import HYPHEN, Glyphs
from retrieval.reading.pdf.lines import SMALL, WIDE, PdfLine

# A run of characters up to what PDFium takes for the end of a line, or to the hyphen for which it leaves the end out.
_RUN = re.compile(rf"[^\r\n{HYPHEN}]*[\r\n{HYPHEN}]?")
_WORD = re.compile(r"[^\s\0]+")
_HYPHENS = (HYPHEN, "\u00ad", "\u2010")
# Ligatures, and what fonts of symbols have for bullets, in Unicode's private area.
_REPAIRED = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\uf06c\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc", "•")
)
# Numbers and signs behind a word that may lead to a footnote.
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?)”’\"»\]])(?:\d{1,3}|[*†‡§¶])(?=[.,;:!?)”’\"»\]]{0,3}$)")
_LEADING_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶])(?=$|[^\W\d_])")
# In code, what stands far apart is still code: a comment behind a statement.
_WIDE_IN_CODE = 40
_MOST_SPACES = 120
# How many words of a fragment tell its fonts and its size.
_SAMPLES = 5
_TURNED_RIGHT = 3


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: the numbers of its characters, and where it begins and ends."""

    numbers: Span
    left: float
    right: float


def fragments_of(glyphs: Glyphs, page: int) -> Iterator[PdfLine]:
    """The fragments of a page, in the order in which they are drawn, without text that is turned unlike the rest."""
    text = glyphs.characters
    runs = [[Span(*word.span()) for word in _WORD.finditer(text, *run.span())] for run in _RUN.finditer(text)]
    runs = [run for run in runs if run]
    angles = [glyphs.angle(run[0].start) for run in runs]
    counted: Counter[int] = Counter()
    for run, angle in zip(runs, angles, strict=True):
        counted[angle] += run[-1].end - run[0].start
    del counted[-1]
    if not counted:
        return
    glyphs.turned = max(counted, key=counted.__getitem__)
    fragments: list[PdfLine] = []
    for run, angle in zip(runs, angles, strict=True):
        if angle == glyphs.turned:
            words = [_Word(word, glyphs.edges(word.start)[0], glyphs.edges(word.end - 1)[1]) for word in run]
            fragments += _parted(glyphs, words, page)
    if glyphs.turned == _TURNED_RIGHT:  # PDFium mixes the lines up
        fragments.sort(key=lambda fragment: (-round(fragment.baseline), fragment.left))
    yield from fragments


def _parted(glyphs: Glyphs, words: Sequence[_Word], page: int) -> Iterator[PdfLine]:
    """The fragments of a run, which wide space parts."""
    whole = _fragment(glyphs, words, page)
    widest = (_WIDE_IN_CODE if whole.fixed else WIDE) * whole.size
    cuts = [i for i in range(1, len(words)) if not -whole.size < words[i].left - words[i - 1].right <= widest]
    pieces = [whole]
    if cuts:
        ends = [*cuts, len(words)]
        pieces = [_fragment(glyphs, words[a:b], page) for a, b in zip([0, *cuts], ends, strict=True)]
    yield from (piece for piece in pieces if piece.text)


def _fragment(glyphs: Glyphs, words: Sequence[_Word], page: int) -> PdfLine:
    places = [words[i * (len(words) - 1) // (_SAMPLES - 1)].numbers for i in range(_SAMPLES)]
    numbers = [(place.start + place.end) // 2 for place in places]
    fonts = [glyphs.font(number) for number in numbers]
    size = median_low(map(glyphs.size, numbers)) or 1.0
    width = sum(word.right - word.left for word in words) / sum(word.numbers.end - word.numbers.start for word in words)
    fixed = all(font.fixed for font in fonts)
    text, marks = _text(glyphs, words, size, width if fixed else 0.0)
    return PdfLine(
        text=text,
        page=page,
        left=words[0].left,
        right=max(word.right for word in words),
        baseline=median_low(map(glyphs.baseline, numbers)),
        size=size,
        bold=all(font.bold for font in fonts),
        fixed=fixed,
        width=width,
        marks=tuple(marks),
    )


def _text(glyphs: Glyphs, words: Sequence[_Word], size: float, width: float) -> tuple[str, list[Span]]:
    """The text of the words, and the marks in it. Where a width is given, there are as many spaces as it looks."""
    parts: list[str] = []
    marks: list[Span] = []
    length = 0
    for word in words:
        raw = glyphs.characters[word.numbers.start : word.numbers.end]
        if not (text := _clean(raw)):
            continue
        if length:
            column = round((word.left - words[0].left) / width) if width > 0 else 0
            parts.append(" " * min(max(1, column - length), _MOST_SPACES))
            length += len(parts[-1])
        mark = (_MARK.search(text) or (None if parts else _LEADING_MARK.match(text))) if len(text) == len(raw) else None
        if mark and glyphs.size(word.numbers.start + mark.start()) < SMALL * size:
            marks.append(Span(length + mark.start(), length + mark.end()))
        parts.append(text)
        length += len(text)
    return "".join(parts), marks


def _clean(raw: str) -> str:
    """A word with its characters repaired; at its end every kind of hyphen is "-"."""
    if raw.isascii() and raw.isprintable():
        return raw
    torn = raw.endswith(_HYPHENS)
    text = normalise(raw[:-1] if torn else raw).translate(_REPAIRED)
    return f"{text}-" if torn else text
