"""What the languages of Europe share that write with letters: how their Language objects are made of lists of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from retrieval.language.language import Language
from retrieval.language.question_kind import QuestionKind, QuestionRules
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.language.vocabulary import frequency, spelt
from retrieval.language.words import APART, accented, find_forms, plain

_NOT_SHORTENED = re.compile(r"(?!)")
_SENTENCE_BEGINS = re.compile(r"(?:^|(?:[!?…]|(?<!\b[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ])\.)[\"'”’“»)\]]*\s+|\n\s*)[\"'“‘„«¿¡(\[]*$")


def words(text: str) -> frozenset[str]:
    """The words of a list in one string, as they are and as people type them who leave accents out."""
    return frozenset(form for word in text.split() for form in (accented(word), plain(word)))


def questions(
    *,
    when: str,
    who: str,
    how_many: str = "",
    how: str = "",
    amounts: str = "",
    which: str,
    others: str = "",
    times: str,
    numbers: str,
    names: str,
) -> QuestionRules:
    """Rules of lists of words: `which` asks for what the noun after it names, `how` for a number before `amounts`."""
    kinds = dict.fromkeys(words(when), QuestionKind.TIME)
    kinds |= dict.fromkeys(words(who), QuestionKind.NAME)
    kinds |= dict.fromkeys(words(how_many), QuestionKind.NUMBER)
    measuring, choosing = words(how), words(which)
    return QuestionRules(
        forms={word: word for word in (*kinds, *measuring, *choosing, *words(others))},
        kinds=kinds,
        measuring=measuring,
        amounts=words(amounts),
        choosing=choosing,
        times=words(times),
        numbers=words(numbers),
        names=words(names),
    )


def european(
    code: str,
    *,
    stemmer: Callable[[str], str],
    stop_words: Iterable[str],
    questions: QuestionRules,
    numbers: str,
    times: str,
    calendar: str,
    abbreviations: str,
    ordinals: bool = False,
    capitals_name: bool = True,
    apostrophe_parts: bool = False,
    fold: Callable[[str], str] = accented,
) -> Language:
    """A Language whose words are parted by spaces.

    `stemmer` is given words with their accents, and the stem loses them: words are found however they are typed.
    `abbreviations` are parted by spaces, the spaces in them left out.
    """
    forms = partial(find_forms, fold=fold, words=APART) if apostrophe_parts else partial(find_forms, fold=fold)
    return Language(
        code=code,
        stop_words=words(" ".join(stop_words)) | questions.forms.keys(),
        shortened=_NOT_SHORTENED,
        stem=lambda form: plain(stemmer(spelt(form, code))),
        capitals_name=capitals_name,
        sentence_begins=_SENTENCE_BEGINS,
        numbers=words(numbers),
        times=words(times),
        calendar=words(calendar),
        questions=questions,
        frequency=partial(frequency, code=code),
        forms=forms,
        sentence_ends=SentenceEnds(frozenset(abbreviations.split()), ordinals),
    )
