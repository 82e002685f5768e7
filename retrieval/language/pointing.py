"""Words at the start of a paragraph that point back: what they stand for was said in the sentence before."""

from __future__ import annotations

import re
from functools import lru_cache

from retrieval.language.languages import code_of

# Lists of their own, so that the process which reads articles loads no language's other rules for them.
_POINTING = {
    "en": "he her his it it's its she that that's their them these they this those",
    "de": "dabei dadurch dafür damit das dazu deshalb dies diese dieser dieses er es sein seine sie",
    "es": "ella ellas ellos esa esas ese eso esos esta estas este esto estos él",
    "fr": "c'est ce cela celle celles celui ceux ces cet cette ceci elle elles il ils",
    "pt": "ela elas ele eles essa essas esse esses esta estas este estes isso isto",
    "it": "ciò ella esse essa essi esso loro lui quella quelle quelli quello questa queste questi questo",
    "nl": "daarmee dat deze dit het hij hun zij ze zijn",
    "ru": "его ее её их он она они оно это эта эти этот",
    "uk": "його її їх він вона вони воно це цей ця ці",
    "pl": "jego jej ich on ona one oni ono ta te ten to",
    "tr": "bu bunlar o onlar şu şunlar",
    "zh": "他 她 它 这 此 该",
    "ja": "これ それ あれ この その あの 彼 彼女 同",
}
# How many characters a first word may need, with the marks before it.
_LONGEST = 40
_WITHOUT_SPACES = ("zh", "ja")
_FIRST = re.compile(r"[^\w\n]{0,3}(\w+(?:['’]\w+)?)")


def points_back(paragraph: str, language: str | None) -> bool:
    """Whether a paragraph's first word stands for something said before it; English rules hold without a code.

    Of a language without a list nothing is known: False.
    """
    words, whole = _words(language)
    first = _FIRST.match(paragraph[:_LONGEST])
    if first is None:
        return False
    return first[1].lower().replace("’", "'") in words if whole else first[1].startswith(words)


@lru_cache(maxsize=64)
def _words(language: str | None) -> tuple[tuple[str, ...], bool]:
    """The words that point back, and whether they are words of their own, rather than the start of a line of signs."""
    code = code_of(language) or "en"
    return tuple(_POINTING.get(code, "").split()), code not in _WITHOUT_SPACES
