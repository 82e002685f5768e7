"""Which language's rules hold, and that a second language rules its own articles and questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from retrieval.article import Article
from retrieval.language.english import ENGLISH
from retrieval.language.languages import RULES, code_of, language_of
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Look
from retrieval.question import Question
from retrieval.ranking.evidence import Evidence, encode, gather
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder, article
from tests.support.made_language import ESPERANTO

TEXT = "La hundoj vidis la katon hieraŭ!"


@pytest.fixture
def esperanto() -> Iterator[None]:
    """While this lasts, Esperanto's rules are known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(RULES, "eo", "tests.support.made_language:ESPERANTO")
        yield


def written_in(code: str | None, text: str = TEXT, title: str = "Hundoj") -> Article:
    return replace(article(text, f"{code}.txt"), language=code, title=title)


def evidence(corpus: Corpus, question: str, code: str | None) -> Evidence:
    [query] = encode([Question.parse(question, code)], LetterEncoder())
    return gather(query, corpus)


def word_vectors(corpus: Corpus) -> list[list[int]]:
    vectors: list[list[int]] = corpus.word_vectors.read([(0, len(corpus.words.terms))]).tolist()
    return vectors


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US", "English", "", "-", "e", None])
def test_what_is_english_or_not_a_code_is_read_by_the_rules_of_english(code: str | None) -> None:
    assert language_of(code) is ENGLISH
    assert Question.parse("Who?", code).language is ENGLISH


@pytest.mark.usefixtures("esperanto")
@pytest.mark.parametrize("code", ["eo", "EO", "eo-XX", "eo_XX"])
def test_a_language_is_known_by_its_code_in_every_region(code: str) -> None:
    assert language_of(code) is ESPERANTO
    assert code_of(code) == "eo"


def test_a_language_without_rules_is_read_as_plain_words() -> None:
    swedish = language_of("sv-FI")
    assert (swedish.code, swedish.is_known, swedish is language_of("sv")) == ("sv", False, True)
    found = swedish.find_words("Vem såg det gröna huset 1905?")
    assert [(word.form, word.stem, word.content) for word in found] == [
        (form, form, True) for form in ("vem", "sag", "det", "grona", "huset", "1905")
    ]
    assert [word.look for word in found if word.look] == [Look.NUMBER | Look.DIGITS | Look.TIME]
    assert swedish.question_kind(found) is QuestionKind.OTHER


def test_a_language_has_its_own_stop_words_stems_and_looks() -> None:
    found = ESPERANTO.find_words("Kaj tri Hundojn vidis EU hieraŭ, majo kaj Majo 1905.")
    assert [(word.form, word.stem) for word in found if word.content] == [
        ("tri", "tr"), ("hundojn", "hund"), ("vidis", "vid"), ("eu", "e"), ("hierau", "hiera"),
        ("majo", "maj"), ("majo", "maj"), ("1905", "1905"),
    ]  # fmt: skip
    # Where capitals do not make names, only capitals throughout do.
    assert [(word.form, word.look) for word in found if word.look] == [
        ("tri", Look.NUMBER), ("eu", Look.NAME), ("hierau", Look.TIME), ("majo", Look.TIME),
        ("1905", Look.NUMBER | Look.DIGITS | Look.TIME),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Kiam venis la hundo?", QuestionKind.TIME),
        ("Kiun vidis la hundo?", QuestionKind.NAME),
        ("Kiom da hundoj?", QuestionKind.NUMBER),
        ("Kiom kostas?", QuestionKind.OTHER),
        ("Kia jaro estis?", QuestionKind.TIME),
        ("Kia estis la nombro?", QuestionKind.NUMBER),
        ("Kia urbo?", QuestionKind.NAME),
        ("Kia hundo?", QuestionKind.OTHER),
        ("When?", QuestionKind.OTHER),
    ],
)
def test_a_language_has_its_own_question_words(question: str, kind: QuestionKind) -> None:
    assert ESPERANTO.question_kind(ESPERANTO.find_words(question)) is kind


def test_a_language_knows_how_common_its_words_are() -> None:
    assert ESPERANTO.background("hundo") == pytest.approx(1 - 0.99**100, rel=1e-12)
    assert ESPERANTO.background("kato") == pytest.approx(1 - (1 - 1e-8) ** 100, rel=1e-12)


@pytest.mark.usefixtures("esperanto")
def test_an_article_and_a_question_meet_by_the_rules_of_their_language() -> None:
    corpus = build_corpus([written_in("eo")], LetterEncoder()).corpus
    found = evidence(corpus, "Kiam la hundo vidos katojn?", "eo")
    assert corpus.topics.title_stems == (frozenset(["hund"]),)
    # The words of the question are hundo, vidos, katojn; the words of the passage are hundoj, vidis, katon, hieraŭ.
    assert found.match.tolist() == [[i == j for j in range(4)] for i in range(3)]
    assert found.in_title[:, 0].tolist() == [True, False, False]
    assert found.question_kind is QuestionKind.TIME
    assert found.fits.tolist() == [False, False, False, True]
    assert found.question_word_similarity is not None
    # The only passage has each word; a hundred imagined passages have it as often as everyday texts do.
    backgrounds = np.array([1 - 0.99**100, 1e-6, 1e-6])
    np.testing.assert_allclose(found.rarity, -np.log((1 + 100 * backgrounds) / 101), rtol=1e-6)


def test_without_its_rules_they_are_plain_words() -> None:
    corpus = build_corpus([written_in("eo")], LetterEncoder()).corpus
    found = evidence(corpus, "Kiam la hundo vidos katojn?", "eo")
    assert corpus.topics.title_stems == (frozenset(["hundoj"]),)
    assert corpus.words.passages.lengths.tolist() == [6]  # no word is a stop word
    assert found.in_title.any(axis=1).tolist() == [False] * 5
    assert found.question_kind is QuestionKind.OTHER
    assert found.question_word_similarity is None


@pytest.mark.usefixtures("esperanto")
def test_the_same_text_in_two_languages_has_the_words_of_each() -> None:
    encoder = LetterEncoder()
    corpus = build_corpus([written_in("en"), written_in("eo")], encoder).corpus
    # In English "la" is a word of content: la, hundoj, vidis, la, katon, hieraŭ.
    assert corpus.words.passages.lengths.tolist() == [6, 4]
    assert encoder.encoded == [TEXT, TEXT, "Hundoj", "Hundoj"], "the title in each language, too"
    assert word_vectors(corpus) == [
        *word_vectors(build_corpus([written_in("en")], encoder).corpus),
        *word_vectors(build_corpus([written_in("eo")], encoder).corpus),
    ]


@pytest.mark.usefixtures("esperanto")
def test_vectors_of_words_found_by_another_language_are_not_taken_over() -> None:
    english = build_corpus([written_in(None)], LetterEncoder()).corpus
    encoder = LetterEncoder()
    built = build_corpus([written_in("eo")], encoder, english)
    assert (built.encoded, built.reused) == (1, 0)
    assert word_vectors(built.corpus) == word_vectors(build_corpus([written_in("eo")], encoder).corpus)
    # The code of an article may change and its rules be the same: nothing is encoded then.
    assert build_corpus([written_in("en-GB")], encoder, english).reused == 1
