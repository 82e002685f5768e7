"""The rules of English."""

from __future__ import annotations

import re
from functools import partial

from bm25s.stopwords import STOPWORDS_EN_PLUS
from wordfreq import word_frequency

from retrieval.language.language import Language
from retrieval.language.question_kind import QuestionKind, QuestionRules
from retrieval.language.stemmer import SnowballStemmer

# The list has halves of words that were cut at an apostrophe. Here nothing is cut, and these halves are other words.
_LISTED = frozenset(STOPWORDS_EN_PLUS) - {"don", "ma", "shan", "won"}
_STOPWORDS = (
    _LISTED
    | {word.replace("'", "") for word in _LISTED}
    | frozenset("cant im ive whats whos wheres whens hows thats theres".split())
)
_SHORTENED = re.compile(r"'(?:s|re|m|d|ll|ve|t)$")
# A full stop after an initial or a title (Dr, Mr, Mrs, Mt, St) does not end a sentence.
_SENTENCE_BEGINS = re.compile(
    r"(?:^|(?:[!?]|(?<!\b[A-Z])(?<!\b[DMS][rst])(?<!\bMrs)\.)[\"'”’)\]]*\s+|\n\s*)[\"'“‘(\[]*$"
)
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
    "billion trillion half dozen first second third fourth fifth percent".split()
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)
_TIMES = frozenset(
    "century centuries year years decade decades day days week weeks month months ago today yesterday tomorrow "
    "morning evening night spring summer autumn winter".split()
)
# The forms of question words: who's, whos and who'd are who.
_QUESTION_FORMS = {
    f"{word}{ending}": word
    for word in "who whom whose what when where which why how".split()
    for ending in ("", "s", "'s", "'d", "'re", "'ve", "'ll")
}

_QUESTIONS = QuestionRules(
    forms=_QUESTION_FORMS,
    kinds={"when": QuestionKind.TIME} | dict.fromkeys(("who", "whom", "whose", "where"), QuestionKind.NAME),
    measuring=frozenset(["how"]),
    amounts=frozenset("many much long old far tall large high often big deep fast wide heavy".split()),
    choosing=frozenset(["what", "which"]),
    times=frozenset("year date month century decade day time period era".split()),
    numbers=frozenset("number percentage percent amount population rate age distance size cost price total".split()),
    names=frozenset(
        "country city state place town location region continent river person name author president king queen leader "
        "scientist company organization organisation group team".split()
    ),
)

ENGLISH = Language(
    code="en",
    stop_words=_STOPWORDS,
    shortened=_SHORTENED,
    stem=SnowballStemmer("english").stem,
    capitals_name=True,
    sentence_begins=_SENTENCE_BEGINS,
    numbers=_NUMBERS,
    times=_TIMES,
    calendar=_CALENDAR,
    questions=_QUESTIONS,
    # The small list has everyday words only: most other words are names and foreign words.
    frequency=partial(word_frequency, lang="en", wordlist="small"),
)
