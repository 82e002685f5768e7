"""Which articles a new article resembles: somebody may have added it before under another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Article
from retrieval.characters import one_line

# A shingle is this many words in a row (Broder 1997, "On the resemblance and containment of documents").
_SHINGLE = 5
# From which part of the smaller article's shingles on, found in the other, articles are near duplicates.
_NEAR = 0.5
_MOST = 5
# Scripts that put no blanks between words: Thai and Lao, Burmese, Khmer, kana, ideographs. A character is a word there.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


class Likeness(StrEnum):
    """In what an article resembles another, the plainest first."""

    TEXT = "text"
    LINK = "link"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """An article that a new article resembles. `share` is how much of the smaller one is in the larger, from 0 to 1."""

    article: Article
    likeness: Likeness
    share: float


def resembled(new: Article, others: Iterable[Article]) -> tuple[Resemblance, ...]:
    """The articles that a new article resembles, at most five, the plainest resemblance first."""
    found = sorted(_found(new, others), key=lambda each: (list(Likeness).index(each.likeness), -each.share))
    return tuple(found[:_MOST])


def _found(new: Article, others: Iterable[Article]) -> Iterator[Resemblance]:
    text, shingles = one_line(new.text), _shingles(new.text)
    for other in others:
        if one_line(other.text) == text:
            yield Resemblance(other, Likeness.TEXT, 1.0)
            continue
        theirs = _shingles(other.text)
        share = len(shingles & theirs) / min(len(shingles), len(theirs))
        if new.url is not None and new.url == other.url:
            yield Resemblance(other, Likeness.LINK, share)
        elif share >= _NEAR:
            yield Resemblance(other, Likeness.NEAR, share)


def _shingles(text: str) -> frozenset[int]:
    """The hashes of all runs of five words; of a shorter text, of all its words."""
    words = _WORD.findall(text.casefold())
    return frozenset(hash(tuple(words[i : i + _SHINGLE])) for i in range(max(1, len(words) - _SHINGLE + 1)))
