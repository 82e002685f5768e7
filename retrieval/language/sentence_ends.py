"""Where sentences end in languages other than English, whose segmenter knows English abbreviations alone.

sentencex, which knows three hundred languages, ends sentences behind "т. е.", "p. ex." and "M." (version 1.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Marks with the quotation marks, brackets and footnotes that end there, before white space; French has a space before
# "»". No white space follows the marks of Chinese and Japanese.
_END = re.compile(
    r"[.!?…؟۔।]{1,9}(?:[\"'”’“«›)\]]|[ \u00a0\u202f]?»){0,9}(?:\[[^\[\].!?\n]{1,30}+\]){0,9}+(?=\s)"
    r"|[。！？｡]{1,9}[」』）”’》】]{0,9}"
)
_NEXT = re.compile(r"\s+[\"'“‘„«‹¿¡(\[]*(?P<first>.)", re.DOTALL)
# The word before a full stop; a word this long is not an abbreviation.
_LAST_WORD = re.compile(r"(?:^|[\s(\[\"'“‘„«/–—-])(?P<word>[^\s(\[\"'“‘„«/–—-]{1,12})$")
_WIDE = frozenset("。！？｡")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,2}|[IVX]{1,5}")


@dataclass(frozen=True, slots=True)
class SentenceEnds:
    """What tells that a full stop ends no sentence, beside a small letter after it and an initial before it."""

    abbreviations: frozenset[str] = frozenset()
    """In small letters, without the last full stop. What often ends a sentence, too (etc., usw.), is left out."""
    ordinals: bool = False
    """Whether a full stop makes an ordinal of a number, as in "am 3. Oktober"."""

    def find(self, text: str, start: int, end: int) -> Iterator[int]:
        """The ends of the sentences in `text[start:end]`, in order, that of the last sentence included."""
        for match in _END.finditer(text, start, end):
            if match.end() < end and self._ends(text, match, start, end):
                yield match.end()
        yield end

    def _ends(self, text: str, match: re.Match[str], start: int, end: int) -> bool:
        if match.group()[0] in _WIDE:
            return True
        after = _NEXT.match(text, match.end(), end)
        if after is None or after["first"].islower():
            return False
        return match.group()[0] != "." or not self._is_shortened(text, max(start, match.start() - 13), match.start())

    def _is_shortened(self, text: str, start: int, stop: int) -> bool:
        """Whether the full stop at `stop` belongs to an abbreviation, an initial or an ordinal."""
        found = _LAST_WORD.search(text, start, stop)
        if found is None:
            return False
        word = found["word"]
        if _INITIALS.fullmatch(word) or word.lower() in self.abbreviations:
            return True
        return self.ordinals and _ORDINAL.fullmatch(word) is not None
