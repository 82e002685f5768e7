"""What kind of thing a question asks for, by its words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from retrieval.words import Look, Word

# Asking words and what they are short for: who's, whos and who'd are who.
ASKING = {
    f"{word}{ending}": word
    for word in "who whom whose what when where which why how".split()
    for ending in ("", "s", "'s", "'d", "'re", "'ve", "'ll")
}
_TIMES = frozenset("year date month century decade day time period era".split())
_AMOUNTS = frozenset("many much long old far tall large high often big deep fast wide heavy".split())
_NUMBERS = frozenset("number percentage percent amount population rate age distance size cost price total".split())
_NAMED = frozenset(
    "country city state place town location region continent river person name author president king queen leader "
    "scientist company organization organisation group team".split()
)


class Asked(StrEnum):
    """What a question asks for."""

    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    OTHER = "other"

    @property
    def look(self) -> Look:
        """What words that name such a thing look like."""
        return {Asked.TIME: Look.TIME, Asked.NUMBER: Look.NUMBER, Asked.NAME: Look.NAME}.get(self, Look(0))


def asked_for(words: Sequence[Word]) -> Asked:
    """What a question with these words asks for, as its first asking word and what follows it tell."""
    forms = [word.form for word in words]
    for place, form in enumerate(forms):
        if form in ASKING:
            return _asked(ASKING[form], forms[place + 1 : place + 4])
    return Asked.OTHER


def _asked(asking: str, following: Sequence[str]) -> Asked:
    if asking == "when":
        return Asked.TIME
    if asking in ("who", "whom", "whose", "where"):
        return Asked.NAME
    if asking == "how":
        return Asked.NUMBER if _AMOUNTS.intersection(following[:1]) else Asked.OTHER
    if asking in ("what", "which"):
        return _asked_what(following)
    return Asked.OTHER


def _asked_what(following: Sequence[str]) -> Asked:
    if _TIMES.intersection(following[:2]):
        return Asked.TIME
    if _NUMBERS.intersection(following):
        return Asked.NUMBER
    return Asked.NAME if _NAMED.intersection(following[:2]) else Asked.OTHER
