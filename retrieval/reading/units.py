"""Blocks → units: the blocks that a person would quote together.

A paragraph that ends in a colon goes with what it introduces, a question with its answer, the name of a command with
the text under it, a bare "Yes." with its reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.reading.blocks import Block, Kind

_QUESTION = re.compile(r"(?:Q\s?\d{0,3}\s?[:.)]|(?:Question|Frage|F|Pregunta|P)\s?\d{0,3}\s?:)\s", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:command|syntax|usage|permission|alias(?:es)?|example|option|parameter|function|method|class|event|hook|field"
    r"|setting|variable|key|default|type|befehl|beispiel|comando|commande)s?\s?:\s?\S",
    re.IGNORECASE,
)
_COLONS = (":", "：")
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'”’)]"
# The number of words of the longest block that may be a label, and of the longest answer that needs its reasons.
_LABEL = 12
_BARE = 3


def units(blocks: Sequence[Block], quotable: Sequence[bool]) -> Iterator[Sequence[int]]:
    """The numbers of the blocks of each unit, in order. Headings and blocks that are not quotable are in no unit."""
    unit: list[int] = []
    for number, block in enumerate(blocks):
        if not quotable[number]:
            if unit:
                yield unit
            unit = []
        elif unit and not _goes_on(blocks, unit, block):
            yield unit
            unit = [number]
        else:
            unit.append(number)
    if unit:
        yield unit


def introduces(block: Block) -> bool:
    """Whether the end of a block introduces the next block."""
    return block.kind is not Kind.CODE and _unclosed(block.text).endswith(_COLONS)


def _unclosed(text: str) -> str:
    """The last characters of a text without the quotation marks and brackets that close behind them.

    A list whose last item is empty ends with a line end.
    """
    return text[-10:].removesuffix("\n").rstrip(_CLOSING)


def _goes_on(blocks: Sequence[Block], unit: Sequence[int], block: Block) -> bool:
    """Whether the unit goes on with the next block."""
    last = blocks[unit[-1]]
    end = _unclosed(last.text)
    if end.endswith(_COLONS) and last.kind is not Kind.CODE:
        return True
    if last.kind is not Kind.PROSE:
        return False
    if _QUESTION.match(last.text):
        return not _QUESTION.match(block.text)
    words = last.text.split(None, _LABEL + 1)
    if end.endswith(_SENTENCE_ENDS):
        return len(words) <= _BARE and len(unit) == 1 and _is_first(blocks, unit[0]) and block.kind is Kind.PROSE
    return len(words) <= _LABEL and bool(_LABELLED.match(last.text))


def _is_first(blocks: Sequence[Block], number: int) -> bool:
    """Whether a heading stands right above a block."""
    return number > 0 and blocks[number - 1].kind is Kind.HEADING
