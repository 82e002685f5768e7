"""What wordfreq knows of a language's everyday words: how common they are, and how they are spelt with accents."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from wordfreq import available_languages, get_frequency_dict

from retrieval.language.words import plain


def frequency(form: str, code: str) -> float:
    """The share of the words of everyday texts that a form has; 0 if it is not known."""
    return _frequencies(code).get(form) or _frequencies(code).get(spelt(form, code), 0.0)


def spelt(form: str, code: str) -> str:
    """The form with its accents, which many people leave out when they type: "informacion" is "información".

    A form stays as it is if it is a commoner word than every word that has its letters and other accents.
    """
    return _spellings(code).get(form, form)


@cache
def _frequencies(code: str) -> Mapping[str, float]:
    """The small list has everyday words only: most other words are names and foreign words.

    A list takes a tenth of a second to read, so that it is read when a word is first looked up.
    """
    return get_frequency_dict(code, "small") if code in available_languages("small") else {}


@cache
def _spellings(code: str) -> Mapping[str, str]:
    """The commonest spelling with accents of each word without accents; words that are commoner without have none."""
    spellings: dict[str, str] = {}
    frequencies = _frequencies(code)
    for form, share in frequencies.items():
        bare = plain(form)
        if bare != form and share > frequencies.get(spellings.get(bare, bare), 0.0):
            spellings[bare] = form
    return spellings
