"""What a page bears beside its text is left out: numbers, running heads and footers. The text goes on over it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.reading.plaintext.lines import BLANK, Line, sentence_end, with_next_word

_NUMBER = re.compile(r"\d+")
_WORD_PAGE = r"(?i:page|seite|página|pagina|strona|sayfa|стр\.?)"
# "[Page 3]" and "Page 3 of 12" at a line's end say what they are.
_PAGE_MARK = re.compile(rf"(?:^|.*\s)(?:\[{_WORD_PAGE} \d+\]|{_WORD_PAGE} \d+(?: (?:of|von|de|di|z|/) \d+)?)")
_BARE_NUMBER = re.compile(r"\W{0,3}\d{1,4}\W{0,3}")
_GOES_ON = re.compile(r"[^\W\d_]")
# A running head or footer is a line; it repeats at least so often.
_LONGEST = 100
_FEWEST = 3
# How many lines with text a page's foot and the next page's head have at most.
_MARGIN = 3


@dataclass(frozen=True, slots=True)
class _Gap:
    """Lines between two lines of text that may be a foot and a head, as indices; `cuts`: a sentence runs over them."""

    lines: tuple[int, ...]
    cuts: bool


def without_furniture(lines: Sequence[Line], wrap: int | None) -> Sequence[Line]:
    """The lines without page numbers, running heads and footers, and without the gap that they leave in a paragraph.

    Lines without any come back as they are.
    """
    furniture = _marked(lines) | _repeated(lines)
    if not furniture:
        return lines
    kept: list[Line] = []
    page_ends = False
    for number, line in enumerate(lines):
        if number in furniture:
            page_ends = True
        elif not line.text:
            kept.append(BLANK)
        else:
            if page_ends:
                _close(kept, line, wrap)
                page_ends = False
            kept.append(line)
    return kept


def _close(kept: list[Line], following: Line, wrap: int | None) -> None:
    """Leave one blank line where a page ended, or none where a sentence goes on behind it."""
    while kept and not kept[-1].text:
        kept.pop()
    if kept and not _goes_on(kept[-1], following, wrap):
        kept.append(BLANK)


def _goes_on(last: Line, first: Line, wrap: int | None) -> bool:
    if sentence_end(last.text) or first.text.endswith(":") or last.text.endswith(":"):
        return False
    if first.text[0].islower() or last.text.endswith((",", "-")):
        return True
    return wrap is not None and with_next_word(last, first) > wrap and first.indent == last.indent


def _marked(lines: Sequence[Line]) -> set[int]:
    """The lines that call themselves a page's, and the heads behind them, which repeat or look like their footers."""
    feet = [i for i, line in enumerate(lines) if _is_page_mark(line.text)]
    if len(feet) < 2:
        return set()
    heads: dict[str, list[int]] = defaultdict(list)
    for foot in feet:
        head = next((i for i in range(foot + 1, min(foot + 12, len(lines))) if lines[i].text), None)
        if head is not None and "  " in lines[head].raw.strip():
            heads[_key(lines[head])].append(head)
    keys = {key for key, found in heads.items() if len(found) > 1}
    again = {i for i, line in enumerate(lines) if len(line.text) <= _LONGEST and _key(line) in keys}
    return {*feet, *again, *(head for found in heads.values() for head in found)}


def _is_page_mark(text: str) -> bool:
    """Whether the line ends with the number of a page."""
    ends = text[-1:] == "]" or text[-1:].isdecimal()
    return ends and len(text) <= _LONGEST and bool(_PAGE_MARK.fullmatch(text))


def _repeated(lines: Sequence[Line]) -> set[int]:
    """The lines that repeat between blank lines and cut sentences in two, as nothing but a page's end does."""
    places: dict[str, list[_Gap]] = defaultdict(list)
    numbers: dict[str, list[int]] = defaultdict(list)
    for gap in _gaps(lines):
        for i in gap.lines:
            key = _key(lines[i])
            places[key].append(gap)
            numbers[key].append(i)
    found: set[int] = set()
    for key, gaps in places.items():
        cutting = sum(gap.cuts for gap in gaps)
        counted = "0" not in key or _counts(lines, numbers[key])
        share = 5 if "0" in key else 2
        if len(gaps) >= _FEWEST and cutting > 1 and share * cutting >= len(gaps) and counted and "0.0" not in key:
            found.update(numbers[key])
    return found


def _gaps(lines: Sequence[Line]) -> Iterator[_Gap]:
    """The short lines that stand alone between blank lines, few together, and the text around them."""
    alone: list[int] = []
    last: Line | None = None
    padded = [BLANK, *lines, BLANK]
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if len(line.text) <= _LONGEST and not padded[i].text and not padded[i + 2].text:
            alone.append(i)
            continue
        if alone and len(alone) <= _MARGIN and last is not None:
            yield _Gap(tuple(alone), _cuts(last, line))
        alone, last = [], line


def _cuts(last: Line, first: Line) -> bool:
    """Whether a sentence plainly runs from the one line to the other."""
    return bool(not sentence_end(last.text) and last.text[-1] not in ":;" and _GOES_ON.match(first.text)) and (
        first.text[0].islower()
    )


def _counts(lines: Sequence[Line], places: list[int]) -> bool:
    """Whether the numbers in the lines rise as page numbers do."""
    values = [[int(digits[:9]) for digits in _NUMBER.findall(lines[i].text)] for i in places]
    rises = (any(0 < y - x <= 3 for x, y in zip(a, b, strict=False)) for a, b in pairwise(values))
    return 3 * sum(rises) >= 2 * (len(places) - 1)


def _key(line: Line) -> str:
    """The line with each number as "0": "12 A History" and "14 A History" are one running head."""
    return _NUMBER.sub("0", line.text)
