"""What became of an article's passages from one version to the next, in time that grows with their number alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from retrieval.article import Article

# How many passages, and how many characters of each, are compared with a passage that may have become one of them.
_LOOKED_AT = 20
_COMPARED = 1_000
# From which likeness of their characters on, in per cent, a passage is taken for another passage that was changed.
_ALIKE = 55.0
# How many pairs of words are compared: prose that fits the encoder has far fewer, code may have any number.
_WORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rewording:
    """A passage before and after a change."""

    before: str
    after: str

    def words(self) -> Iterator[tuple[str, str]]:
        """The change word by word: pairs of words that went and words that came in their place, joined by blanks.

        What stayed is a pair of two equal texts; of words that only went or only came, one text of the pair is empty.
        Where there are very many words, all went and all came.
        """
        old, new = self.before.split(), self.after.split()
        if len(old) * len(new) > _WORDS:
            yield " ".join(old), " ".join(new)
            return
        for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield " ".join(old[i:j]), " ".join(new[k:m])


@dataclass(frozen=True, slots=True)
class Difference:
    """The passages of an article that were added, reworded and removed, each in the order of the text."""

    added: tuple[str, ...]
    changed: tuple[Rewording, ...]
    removed: tuple[str, ...]
    unchanged: int
    """How many passages are as they were, wherever they stand now."""

    @classmethod
    def between(cls, before: Article, after: Article) -> Difference:
        """The difference of two versions of an article."""
        old, new = _passages(before), _passages(after)
        kept = Counter(old) & Counter(new)
        went, came = _others(old, kept), _others(new, kept)
        changed: list[Rewording] = []
        removed: list[str] = []
        for place, texts in went.items():
            instead = came.get(place, [])
            became = dict(_pairs(texts, instead))
            changed += (Rewording(texts[a], instead[b]) for a, b in became.items())
            removed += (text for a, text in enumerate(texts) if a not in became)
            taken = set(became.values())
            came[place] = [text for b, text in enumerate(instead) if b not in taken]
        added = tuple(text for texts in came.values() for text in texts)
        return cls(added, tuple(changed), tuple(removed), kept.total())


_Place = tuple[str, int]
"""A passage that is in both versions, and how many more of the same text follow."""


def _passages(article: Article) -> list[str]:
    return [article.slice(passage) for passage in article.passages]


def _others(passages: Sequence[str], kept: Mapping[str, int]) -> dict[_Place, list[str]]:
    """The passages that are not kept, by the kept passage before them, in order."""
    others: dict[_Place, list[str]] = {}
    left = Counter(kept)
    place = ("", 0)
    for text in passages:
        if left[text]:
            left[text] -= 1
            place = (text, left[text])
        else:
            others.setdefault(place, []).append(text)
    return others


def _pairs(went: Sequence[str], came: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which passages became which, by their numbers in the two lists: each the first that is like it, in order."""
    start = 0
    for a, text in enumerate(went):
        for b in range(start, min(len(came), start + _LOOKED_AT)):
            if fuzz.ratio(text[:_COMPARED], came[b][:_COMPARED], score_cutoff=_ALIKE):
                yield a, b
                start = b + 1
                break
