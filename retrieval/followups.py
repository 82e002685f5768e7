"""Follow-ups: questions that lean on what was asked before them, and how they are searched with it."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.language.depending import DependingWords, depending_words
from retrieval.language.words import Word
from retrieval.question import Question

STANDS_ALONE = 0.9
"""How likely the first quote for a follow-up alone must be, so that it is not searched with what was asked before."""
SURE = 0.6
"""How likely the first quote for a follow-up must be to count as its answer.

What was asked before is found in any case, which makes quotes likelier than they are: of follow-ups without an answer
most reach what is enough for other questions.
"""
# How many words of its own a question may have that opens with "and", or in which a word stands for something else.
_OPENED = 3
_POINTING = 1
# How many words a question has at most that is a question word with a noun.
_FRAGMENT = 4


def leans(question: Question) -> bool:
    """Whether a question can hardly be understood without what was asked before it.

    That is so if it opens with "and" or "what about" and names little, if a word stands for something and the question
    names next to nothing, or if it is hardly more than question words. Of a language whose words are not listed nothing
    is known: False.
    """
    words = depending_words(question.language.code)
    if words is None:
        return False
    forms = [word.form for word in question.words]
    asking = _asking(question)
    own = own_words(question)
    if not words.openings.isdisjoint(forms[:1]) or tuple(forms[:2]) in words.about:
        return len(own) <= _OPENED
    if len(own) <= _POINTING and _points_back(question, words):
        return True
    return bool(asking) and words.speakers.isdisjoint(forms) and (not own or _is_fragment(question, own))


def with_earlier(question: Question) -> Question:
    """The question as it is searched: itself, and behind it the questions that led up to it, the latest first.

    The first question word tells what kind of thing is asked for, so that a follow-up asks for its own kind.
    """
    return question.reworded(" ".join([question.text, *reversed(question.before)]))


def own_words(question: Question) -> tuple[Word, ...]:
    """The words of content that say what a question is about: "how long", "which year" and "what instead" have none."""
    words = depending_words(question.language.code)
    empty = words.asides | words.pronouns | words.pointers if words else frozenset[str]()
    asking = _asking(question)
    return tuple(word for word in question.words if word.content and word.form not in empty and word not in asking)


def _asking(question: Question) -> list[Word]:
    """The question words, and after them the words that say no more than what kind of thing is asked for."""
    rules = question.language.questions
    kinds = rules.amounts | rules.times | rules.numbers | rules.names
    asking: list[Word] = []
    for word in question.words:
        follows = bool(asking) and asking[-1].position == word.position - 1
        if question.language.is_question_word(word) or (follows and word.form in kinds):
            asking.append(word)
    return asking


def _points_back(question: Question, words: DependingWords) -> bool:
    """Whether a word stands for something that was named before."""
    following = [*question.words[1:], None]
    return any(
        word.form in words.pronouns or (word.form in words.pointers and not (after and after.content))
        for word, after in zip(question.words, following, strict=False)
    )


def _is_fragment(question: Question, own: Sequence[Word]) -> bool:
    """Whether a question ends with a question word and a noun and has little else: "under what conditions?"."""
    if len(question.words) > _FRAGMENT or own != question.words[-1:]:
        return False
    return question.language.is_question_word(question.words[-2])
