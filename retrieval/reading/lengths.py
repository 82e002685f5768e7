"""How long the parts of a text are for the encoder, counted batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.article import Span

# The encoder counts about 20,000 characters at a time: what it notes on each word of more would fill the memory.
_WINDOW = 20_000
# How many texts the encoder counts at a time: what it notes on a short one is many times as long as the text.
_MOST = 500
# How many lengths of short texts are remembered.
_MOST_KNOWN = 4_000


class Measure(Protocol):
    """Tells how long a text is for the encoder, in word pieces."""

    @property
    def max_tokens(self) -> int:
        """The number of word pieces that a passage may have."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The number of word pieces of each text."""


@dataclass(slots=True)
class Piece:
    """A span and its length in word pieces."""

    span: Span
    tokens: int


def measured(text: str, spans: Iterable[Span], measure: Measure) -> Iterator[Piece]:
    """The spans with their lengths. A span that is too long for the encoder is not counted to its end."""
    counts: dict[str, int] = {}
    for batch in _batches(spans):
        starts = [text[span.start : span.end][:_WINDOW] for span in batch]
        # Most pieces of a text made to be slow are the same, and short.
        new = [start for start in dict.fromkeys(starts) if start not in counts]
        counts.update(zip(new, measure.count_tokens(new), strict=True))
        for span, start in zip(batch, starts, strict=True):
            tokens = counts[start]
            if len(start) == _WINDOW:
                tokens += _rest(text, span, tokens, measure)
            yield Piece(span, tokens)
        if len(counts) > _MOST_KNOWN or len(batch) < _MOST:
            counts.clear()


def _rest(text: str, span: Span, tokens: int, measure: Measure) -> int:
    """The number of word pieces beyond the first window, counted until the encoder could not take them."""
    rest = 0
    for i in range(span.start + _WINDOW, span.end, _WINDOW):
        if tokens + rest > measure.max_tokens:
            break
        rest += sum(measure.count_tokens([text[i : min(span.end, i + _WINDOW)]]))
    return rest


def _batches(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The spans in lists that each hold a window's worth of characters, and not too many spans."""
    batch: list[Span] = []
    size = 0
    for span in spans:
        batch.append(span)
        size += span.end - span.start
        if size >= _WINDOW or len(batch) == _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
