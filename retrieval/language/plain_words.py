"""Languages without rules of their own: their words are found as they are written, without stems."""

from __future__ import annotations

import re
from functools import cache, partial

from retrieval.language.language import Language
from retrieval.language.question_kind import QuestionRules
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.language.vocabulary import frequency

_NEVER = re.compile(r"(?!)")
_NOTHING = frozenset[str]()
_NO_QUESTIONS = QuestionRules(
    forms={},
    kinds={},
    measuring=_NOTHING,
    amounts=_NOTHING,
    choosing=_NOTHING,
    times=_NOTHING,
    numbers=_NOTHING,
    names=_NOTHING,
)


@cache
def plain_words(code: str) -> Language:
    """The language with this code, as far as it can be read without rules."""
    return Language(
        code=code,
        stop_words=_NOTHING,
        shortened=_NEVER,
        stem=str,
        capitals_name=False,
        sentence_begins=_NEVER,
        numbers=_NOTHING,
        times=_NOTHING,
        calendar=_NOTHING,
        questions=_NO_QUESTIONS,
        frequency=partial(frequency, code=code),
        sentence_ends=SentenceEnds(),
        is_known=False,
    )
