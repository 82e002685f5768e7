"""Which language's rules hold for a text."""

from __future__ import annotations

import re
from functools import cache
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.language.language import Language
    from retrieval.language.sentence_ends import SentenceEnds

# Rules are loaded when a text in their language is first met: most bots need those of one language, and the process
# that reads articles needs none for English.
RULES = {
    "en": "retrieval.language.english:ENGLISH",
    "de": "retrieval.language.german:GERMAN",
    "es": "retrieval.language.spanish:SPANISH",
    "fr": "retrieval.language.french:FRENCH",
    "pt": "retrieval.language.portuguese:PORTUGUESE",
    "it": "retrieval.language.italian:ITALIAN",
    "nl": "retrieval.language.dutch:DUTCH",
    "ru": "retrieval.language.russian:RUSSIAN",
    "uk": "retrieval.language.ukrainian:UKRAINIAN",
    "pl": "retrieval.language.polish:POLISH",
    "tr": "retrieval.language.turkish:TURKISH",
    "zh": "retrieval.language.chinese:CHINESE",
    "ja": "retrieval.language.japanese:JAPANESE",
}
"""The languages that have rules, by their codes: where each language's rules are."""

_CODE = re.compile(r"(?P<language>[a-z]{2,3})(?:-[a-z0-9]{1,8}){0,4}")


def code_of(written: str | None) -> str | None:
    """The code of a language as somebody wrote it, whatever its region: "en-GB" is en; None for what is not a code."""
    found = _CODE.fullmatch((written or "").strip().lower().replace("_", "-"))
    return found["language"] if found else None


def language_of(code: str | None) -> Language:
    """The language with this code; English where no code is given. Languages without rules are read as plain words."""
    found = code_of(code) or "en"
    if found in RULES:
        return _loaded(RULES[found])
    from retrieval.language.plain_words import plain_words

    return plain_words(found)


def sentence_ends_of(code: str | None) -> SentenceEnds | None:
    """Where sentences end in the language with this code; None for English. The rules of English are not loaded."""
    return None if code_of(code) in (None, "en") else language_of(code).sentence_ends


@cache
def _loaded(place: str) -> Language:
    language: Language = resolve_name(place)
    return language
