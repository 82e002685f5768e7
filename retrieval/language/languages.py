"""Which language's rules hold for a text."""

from __future__ import annotations

from retrieval.language.english import ENGLISH
from retrieval.language.language import Language

LANGUAGES = {ENGLISH.code: ENGLISH}
"""The languages whose rules are known, by their codes."""


def language_of(code: str | None) -> Language:
    """The language with this code, whatever the region: "en-GB" is English. English, if it is not known or not said."""
    return LANGUAGES.get((code or "").lower().replace("_", "-").partition("-")[0], ENGLISH)
