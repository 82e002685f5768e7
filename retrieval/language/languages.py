"""Which language's rules hold for a text."""

from __future__ import annotations

from retrieval.language.english import ENGLISH
from retrieval.language.language import Language

LANGUAGES = {ENGLISH.code: ENGLISH}
"""The languages whose rules are known, by their codes."""


def language_of(code: str | None) -> Language:
    """The language with this code, whatever its region: "en-GB" is English, and so is every code that is not known."""
    return LANGUAGES.get((code or "").lower().replace("_", "-").partition("-")[0], ENGLISH)
