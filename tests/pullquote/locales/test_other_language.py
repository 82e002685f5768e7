"""The sentence for a question in a language that is not understood, in that language."""

from __future__ import annotations

import string

import pytest

from pullquote.locales.other_language import SENTENCES, language_name, other_language
from retrieval.answer import LanguageGap
from retrieval.language.detection import detected
from retrieval.language.languages import RULES


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_in_its_language_and_names_the_articles(code: str) -> None:
    sentence = other_language(LanguageGap(code, ("sv",)))
    assert detected(sentence) == code
    assert language_name("sv", code) in sentence
    assert [name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name] == ["articles"]


def test_every_language_with_rules_has_a_sentence() -> None:
    assert RULES.keys() < SENTENCES.keys()


def test_a_language_without_a_sentence_is_told_in_english() -> None:
    assert other_language(LanguageGap("sv", ("en", "de", "ja", "fr"))) == (
        "I do not understand questions in this language here. Language of the articles: English, German, Japanese. "
        "Please ask again in that language."
    )
    assert "：英語、ドイツ語。" in other_language(LanguageGap("ja", ("en", "de")))


def test_a_language_that_has_no_name_is_told_by_its_code() -> None:
    assert language_name("xx") == "xx"
