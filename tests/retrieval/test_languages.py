"""Questions and articles in several languages: how they meet, and what is said where they do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.evaluation.run import Fixed
from retrieval.answer import LanguageGap, Verdict
from retrieval.answering import Answerer, language_gap
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.language.languages import language_of
from retrieval.question import Question
from retrieval.ranking.evidence import encode, gather
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from tests.support.fake_encoder import LetterEncoder, article
from tests.support.made_answers import SHIPPED
from tests.support.tiny_models import make_multilingual

GERMAN = "Die Pakete werden mit dem Installer eingerichtet. Die Häuser stehen am Fluss."
ENGLISH = "The packages are set up by the installer. The houses stand by the river."
TRANSLATIONS = (
    ("tower", "turm", "torre"),
    ("whale", "wal", "ballena"),
    ("lamp", "lampe", "lámpara"),
    ("river", "fluss", "río"),
)


def corpus_in(encoder: Encoder, **texts: str) -> Corpus:
    articles = [replace(article(text, f"{code}.txt"), language=code) for code, text in texts.items()]
    return build_corpus(articles, encoder).corpus


class Knowing(LetterEncoder):
    """An encoder that says which languages it knows."""

    def __init__(self, *codes: str) -> None:
        super().__init__()
        self.languages = frozenset(codes)


# Which language's rules find the words of a question


@pytest.mark.parametrize(
    ("text", "languages", "code"),
    [
        ("Where are the houses?", ("en",), "en"),
        ("Wo stehen die Häuser am Fluss?", ("en",), "de"),
        ("Wo stehen die Häuser am Fluss?", ("en", "de"), "de"),
        ("como reinicio el router", ("en", "es"), "es"),
        ("wifi pw?", ("de", "fr"), "fr"),
        ("wifi pw?", ("fr",), "fr"),
        ("Hur installerar jag ett paket?", ("en",), "en"),
        ("Hur installerar jag ett paket?", ("en", "sv"), "sv"),
    ],
)
def test_a_question_is_read_by_the_rules_of_its_language(text: str, languages: tuple[str, ...], code: str) -> None:
    asked = Question.parse(text).asked_of([language_of(each) for each in languages])
    assert (asked.language.code, asked.text) == (code, text)
    assert asked == Question.parse(text, code)


def test_a_question_in_the_language_that_it_was_parsed_in_stays_as_it_is() -> None:
    question = Question.parse("Where are the houses?")
    assert question.asked_of([language_of("en")]) is question


def test_the_language_of_most_passages_comes_first() -> None:
    corpus = corpus_in(LetterEncoder(), de=GERMAN, en=f"{ENGLISH}\n\n{ENGLISH}", fr="Voici la maison.")
    assert [language.code for language in corpus.layout.languages] == ["en", "de", "fr"]


def test_a_word_is_looked_up_by_its_stem_in_each_language_of_the_articles() -> None:
    corpus = corpus_in(LetterEncoder(), en=ENGLISH, de=GERMAN)
    [query] = encode([Question.parse("Welche Installers? Haus, houses", "de")], LetterEncoder())
    found = gather(query, corpus)
    # The German article has "Installer" and "Häuser", the English article "installer" and "houses".
    rows = [corpus.layout.passages[row].article.language for row in found.rows.tolist()]
    assert rows == ["en", "de"]
    # The words of content of the question: Installers, Haus, houses.
    assert found.passage_match.tolist() == [[True, True], [False, True], [True, False]]


# A model that knows several languages


@pytest.fixture(scope="module")
def multilingual(tmp_path_factory: pytest.TempPathFactory) -> SentenceTransformerEncoder:
    folder: Path = tmp_path_factory.mktemp("models") / "multilingual"
    return SentenceTransformerEncoder.load(str(make_multilingual(folder, TRANSLATIONS)))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("¿Dónde está la torre?", "Some say that a tower stood here."),
        ("Was ist mit dem Wal geschehen?", "A whale came that year."),
        ("Where is the river?", "Ein Fluss war in der Nähe."),
    ],
)
def test_a_question_in_one_language_finds_a_passage_in_another(
    multilingual: SentenceTransformerEncoder, question: str, text: str
) -> None:
    others = "\n\n".join(["Nobody was at home.", "All was quiet.", "It rained.", "They had a lamp."])
    corpus = build_corpus([article(f"{others}\n\n{text}")], multilingual).corpus
    answer = Answerer(Fixed(corpus, multilingual), SHIPPED).answer(Question.parse(question))
    assert answer.hits[0].text == text
    assert (answer.gap, multilingual.languages) == (None, None)


# A language that neither articles nor model know


@pytest.mark.parametrize(
    ("question", "known", "articles", "gap"),
    [
        ("Wo stehen die Häuser am Fluss?", {"en"}, ("en",), LanguageGap("de", ("en",))),
        ("متى اكتمل البرج؟", {"en"}, ("en", "de"), LanguageGap("ar", ("en", "de"))),
        ("Where are the houses?", {"en"}, ("de",), LanguageGap("en", ("de",))),
        ("Wo stehen die Häuser am Fluss?", {"en"}, ("en", "de"), None),
        ("Wo stehen die Häuser am Fluss?", {"en", "de"}, ("en",), None),
        ("Wo stehen die Häuser am Fluss?", None, ("en",), None),
        ("wifi pw?", {"en"}, ("de",), None),
    ],
)
def test_a_gap_between_the_languages(
    question: str, known: set[str] | None, articles: tuple[str, ...], gap: LanguageGap | None
) -> None:
    encoder = LetterEncoder() if known is None else Knowing(*known)
    corpus = corpus_in(encoder, **dict.fromkeys(articles, ENGLISH))
    assert language_gap(Question.parse(question), corpus, encoder) == gap


@pytest.mark.parametrize(
    ("known", "verdict"), [(Knowing("en"), Verdict.OTHER_LANGUAGE), (LetterEncoder(), Verdict.NOT_IN_CORPUS)]
)
def test_a_question_that_is_not_understood_is_not_said_to_have_no_answer(known: Encoder, verdict: Verdict) -> None:
    corpus = corpus_in(known, en=ENGLISH)
    unsure = replace(SHIPPED, weights=replace(SHIPPED.weights, answered=1.0, closest=1.0))
    answer = Answerer(Fixed(corpus, known), unsure).answer(Question.parse("Wer hat den Käse zum Bahnhof gerollt?"))
    assert answer.verdict is verdict
    assert answer.gap == (LanguageGap("de", ("en",)) if verdict is Verdict.OTHER_LANGUAGE else None)
    assert answer.quotes  # the nearest passage is still there


def test_an_answer_that_was_found_all_the_same_is_an_answer() -> None:
    encoder = Knowing("en")
    corpus = corpus_in(encoder, en=ENGLISH)
    answerer = Answerer(Fixed(corpus, encoder), SHIPPED)
    sure = replace(SHIPPED, weights=replace(SHIPPED.weights, answered=0.0, closest=0.0))
    answer = replace(answerer, ranker=sure).answer(Question.parse("Wer hat den Käse zum Bahnhof gerollt?"))
    assert (answer.verdict, answer.gap) == (Verdict.ANSWERED, None)
