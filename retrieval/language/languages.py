"""Which language's rules hold for a text."""

from __future__ import annotations

import re

from retrieval.language.chinese import CHINESE
from retrieval.language.dutch import DUTCH
from retrieval.language.english import ENGLISH
from retrieval.language.french import FRENCH
from retrieval.language.german import GERMAN
from retrieval.language.italian import ITALIAN
from retrieval.language.japanese import JAPANESE
from retrieval.language.language import Language
from retrieval.language.plain_words import plain_words
from retrieval.language.polish import POLISH
from retrieval.language.portuguese import PORTUGUESE
from retrieval.language.russian import RUSSIAN
from retrieval.language.spanish import SPANISH
from retrieval.language.turkish import TURKISH
from retrieval.language.ukrainian import UKRAINIAN

LANGUAGES = {
    language.code: language
    for language in (
        ENGLISH, GERMAN, SPANISH, FRENCH, PORTUGUESE, ITALIAN, DUTCH, RUSSIAN, UKRAINIAN, POLISH, TURKISH, CHINESE,
        JAPANESE,
    )
}  # fmt: skip
"""The languages whose rules are known, by their codes."""

_CODE = re.compile(r"(?P<language>[a-z]{2,3})(?:-[a-z0-9]{1,8}){0,4}")


def code_of(written: str | None) -> str | None:
    """The code of a language as somebody wrote it, whatever its region: "en-GB" is en; None for what is not a code."""
    found = _CODE.fullmatch((written or "").strip().lower().replace("_", "-"))
    return found["language"] if found else None


def language_of(code: str | None) -> Language:
    """The language with this code; English where no code is given. Languages without rules are read as plain words."""
    found = code_of(code)
    return ENGLISH if found is None else LANGUAGES.get(found) or plain_words(found)
