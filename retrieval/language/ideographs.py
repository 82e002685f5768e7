"""Words of Chinese and Japanese, which no spaces part: pairs of characters, as is usual for BM25, and words between.

A run of characters of the same script is cut into pairs that overlap: 软件包 is 软件 and 件包. A segmenter would need a
dictionary of many megabytes, and would cut a question in other places than a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.language.question_kind import QuestionKind, QuestionRules
from retrieval.language.words import Form, accented, find_forms

_HAN = r"[々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_HIRAGANA = r"[\u3041-\u3096\u309d\u309e]"
_KATAKANA = r"[\u30a1-\u30fa\u30fc-\u30fe\uff66-\uff9d]"
_RUN = re.compile(rf"{_HAN}+|{_HIRAGANA}+|{_KATAKANA}+")


class Ideographs:
    """Finds the forms of a text."""

    def __init__(self, whole: re.Pattern[str]) -> None:
        """`whole` matches, in a group, the words that are found whole and part a run: particles, question words."""
        self._whole = whole

    def __call__(self, text: str) -> Iterator[Form]:
        end = 0
        for run in _RUN.finditer(text):
            yield from _between(text, end, run.start())
            start = run.start()
            for piece in self._whole.split(run.group()):
                yield from self._pairs(piece, start)
                start += len(piece)
            end = run.end()
        yield from _between(text, end, len(text))

    def _pairs(self, piece: str, start: int) -> Iterator[Form]:
        if not piece:
            return
        if len(piece) <= 2 or self._whole.fullmatch(piece):
            yield Form(start, start + len(piece), accented(piece))
            return
        for i in range(len(piece) - 1):
            yield Form(start + i, start + i + 2, accented(piece[i : i + 2]))


def any_of(words: str) -> str:
    """A pattern that matches the words of a list in one string, the longest first, in a group."""
    return f"({'|'.join(sorted(words.split(), key=len, reverse=True))})"


def _between(text: str, start: int, end: int) -> Iterator[Form]:
    """The words of other scripts that stand between two runs."""
    for form in find_forms(text[start:end], accented):
        yield Form(start + form.start, start + form.end, form.form)


def pairs(text: str) -> frozenset[str]:
    """The words of a list in one string, and the pairs of characters in them."""
    words = text.split()
    return frozenset(words) | {word[i : i + 2] for word in words for i in range(len(word) - 1)}


# Chinese and Japanese join no endings to stop words, and mark where a sentence begins alike.
NOT_SHORTENED = re.compile(r"(?!)")
SENTENCE_BEGINS = re.compile(r"(?:^|[。！？\n]\s*)[「『（“]*$")


def question_rules(
    *, when: str, who: str, how_many: str, which: str, others: str, times: str, numbers: str, names: str
) -> QuestionRules:
    """The rules of questions whose words have one form each; every argument lists words with spaces between them."""
    kinds = dict.fromkeys(when.split(), QuestionKind.TIME)
    kinds |= dict.fromkeys(who.split(), QuestionKind.NAME)
    kinds |= dict.fromkeys(how_many.split(), QuestionKind.NUMBER)
    choosing = frozenset(which.split())
    return QuestionRules(
        forms={word: word for word in (*kinds, *choosing, *others.split())},
        kinds=kinds,
        measuring=frozenset(),
        amounts=frozenset(),
        choosing=choosing,
        times=frozenset(times.split()),
        numbers=frozenset(numbers.split()),
        names=frozenset(names.split()),
    )
