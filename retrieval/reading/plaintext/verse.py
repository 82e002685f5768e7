"""Lines that their writer ended on purpose: verse, addresses, terms with what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import Line, sentence_end

_BEGINS = re.compile(r"[“\"'‘`(\[_—-]{0,3}[^\W\d_a-zа-яàâæçèéêëîïôùûüÿœáíñóúãõìòäößąćęłńśźżçğışö]")
_TORN = re.compile(r"[^\W\d_]-$")
_PAUSE = re.compile(r"[,;:—–-]$|--$")
# Verse is shorter.
_LONGEST = 66
# How many columns a line of wrapped text must leave free to have been ended on purpose.
_ROOM = 10


def is_verse(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether the lines between two blank lines end where their writer wanted, and are to stay lines."""
    if len(lines) < 2 or any(len(line.text) > _LONGEST for line in lines):
        return False
    breaks = list(pairwise(lines))
    if _is_wrapped(breaks) or any(_TORN.search(a.text) and b.text[0].islower() for a, b in breaks):
        return False
    capitals = sum(bool(_BEGINS.match(line.text)) for line in lines)
    if layout.wrap is not None:
        room = sum(_has_room(a, b, layout.wrap) for a, b in breaks)
        if 5 * room >= 4 * len(breaks) or (2 * room >= len(breaks) and 5 * capitals >= 4 * len(lines)):
            return True
    pauses = sum(bool(_PAUSE.search(line.text)) for line in lines)
    return len(lines) > 3 and capitals * 5 >= 4 * len(lines) and pauses * 5 >= len(lines)


def _has_room(line: Line, following: Line, wrap: int) -> bool:
    return line.width + 1 + len(following.text.split(" ", 1)[0]) <= wrap - _ROOM


def _is_wrapped(breaks: Sequence[tuple[Line, Line]]) -> bool:
    """Whether the lines had no room for the next word at one width, which four lines do not have by chance."""
    if len(breaks) < 3:
        return False
    # How many more lines are full at a width than at the width before.
    steps: Counter[int] = Counter()
    for a, b in breaks:
        steps[len(a.raw)] += 1
        steps[len(a.raw) + 1 + len(b.text.split(" ", 1)[0][:40])] -= 1
    return 5 * max(accumulate(steps[width] for width in sorted(steps))) >= 4 * len(breaks)


def are_terms(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether the lines are terms, each with what it means indented below it, in text that is wrapped."""
    if layout.wrap is None or len(lines) < 2:
        return False
    base = lines[0].indent
    if any(line.indent < base for line in lines) or lines[-1].indent < base + 2:
        return False
    terms = [(a, b) for a, b in pairwise(lines) if a.indent == base]
    return all(b.indent == base or b.indent >= base + 2 for _, b in terms) and not any(
        layout.is_full(a, b) or _goes_on(a, b) or sentence_end(a.text) for a, b in terms
    )


def _goes_on(term: Line, below: Line) -> bool:
    """Whether the line is rather the first of a paragraph: too long for a term, or a sentence goes on below it."""
    return len(term.text) > _LONGEST or (term.text.count(" ") > 2 and below.text[0].islower())


def is_term(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the line is a term of these lines, and not what a term means."""
    return line.indent == lines[0].indent
