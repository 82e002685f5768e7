"""The rules of each language: inflected words meet, function words carry no meaning, question words tell the kind."""

from __future__ import annotations

import pytest

from retrieval.language.languages import RULES, language_of
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Look

TIME, NUMBER, NAME, OTHER = QuestionKind.TIME, QuestionKind.NUMBER, QuestionKind.NAME, QuestionKind.OTHER


def stems(code: str, text: str) -> list[str]:
    return language_of(code).stems(text)


@pytest.mark.parametrize("code", RULES)
def test_a_language_is_what_its_code_says(code: str) -> None:
    assert (language_of(code).code, language_of(code).is_known) == (code, True)


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("de", "Paket Pakete Paketen Pakets"),
        ("de", "Haus Häuser Hauses"),
        ("de", "installieren installiert"),
        ("de", "Straße Strasse STRASSEN"),
        ("es", "información informacion INFORMACIONES"),
        ("es", "instalar instalan instalado"),
        ("fr", "réunion reunion réunions"),
        ("fr", "l'installation d'installations"),
        ("pt", "informação informacao informações"),
        ("it", "pacchetto pacchetti"),
        ("it", "l'aggiornamento dell'aggiornamento"),
        ("nl", "bijeenkomst bijeenkomsten"),
        ("ru", "новый нового новыми"),
        ("ru", "ёлка елки"),
        ("uk", "пакет пакета пакетами"),
        ("uk", "комп'ютер комп'ютери комп’ютером"),
        ("pl", "hasło hasła haslo"),
        ("pl", "użytkownik użytkownika uzytkownik"),
        ("tr", "paket paketler PAKETLERİ"),
        ("tr", "Ankara Ankara'nın Ankara'da"),
    ],
)
def test_inflected_words_have_the_same_stem_with_or_without_accents(code: str, forms: str) -> None:
    assert len(set(stems(code, forms))) == 1


@pytest.mark.parametrize(
    ("code", "question", "kind", "content"),
    [
        ("de", "Wann wurde der Turm fertig?", TIME, ["turm", "fertig"]),
        ("de", "Wie viele Leute passen auf den Server?", NUMBER, ["viel", "leut", "pass", "serv"]),
        ("de", "Wer darf einladen?", NAME, ["einlad"]),
        ("de", "In welchem Jahr?", TIME, ["jahr"]),
        ("de", "Wie installiere ich das?", OTHER, ["installi"]),
        ("es", "¿Cuándo es la reunión?", TIME, ["reunion"]),
        ("es", "cuantas personas caben", NUMBER, ["person", "cab"]),
        ("es", "¿En qué ciudad está?", NAME, ["ciud"]),
        ("fr", "Quand a lieu la réunion ?", TIME, ["lieu", "reunion"]),
        ("fr", "Combien coûte le serveur ?", NUMBER, ["cout", "serveur"]),
        ("fr", "Quelle ville ?", NAME, ["vill"]),
        ("pt", "Quem pode convidar?", NAME, ["convid"]),
        ("pt", "Em que ano?", TIME, ["ano"]),
        ("it", "Dov'è la torre?", NAME, ["torr"]),
        ("it", "Quanti membri?", NUMBER, ["membr"]),
        ("nl", "Hoe oud is de toren?", NUMBER, ["oud", "toor"]),
        ("nl", "Wanneer begint het?", TIME, ["begint"]),
        ("ru", "Сколько стоит сервер?", NUMBER, ["сто", "сервер"]),
        ("ru", "В каком году?", TIME, ["год"]),
        ("uk", "Хто може запрошувати?", NAME, ["запрош"]),
        ("uk", "Скільки коштує?", NUMBER, ["кошт"]),
        ("pl", "Kiedy jest spotkanie?", TIME, ["spotkan"]),
        ("pl", "Ile osób?", NUMBER, ["osob"]),
        ("tr", "Kaç kişi?", NUMBER, ["kis"]),
        ("tr", "Kule ne zaman bitti?", OTHER, ["kule", "bit"]),
        ("zh", "灯塔什么时候建成？", TIME, ["灯塔", "建成"]),
        ("zh", "服务器多少钱？", NUMBER, ["服务", "务器", "钱"]),
        ("ja", "塔はいつ完成しましたか？", TIME, ["塔", "完成"]),
        ("ja", "誰が招待できますか？", NAME, ["招待"]),
        ("ja", "サーバーは何年から？", TIME, ["サー", "ーバ", "バー"]),
    ],
)
def test_a_question_and_what_it_asks_for(code: str, question: str, kind: QuestionKind, content: list[str]) -> None:
    language = language_of(code)
    assert language.question_kind(language.find_words(question)) is kind
    assert language.stems(question) == content


def test_words_stand_where_they_are_found() -> None:
    for code, text in {
        "ja": "Dockerのインストール方法、½とﾃｽﾄ",
        "fr": "L'été d'avant",
        "zh": "软件包ABC的安装",
    }.items():
        for word in language_of(code).find_words(text):
            assert word.form == text[word.start : word.end].lower() or word.form in "1⁄2テスト"


def test_pairs_of_characters_overlap_and_other_scripts_keep_their_words() -> None:
    words = language_of("zh").find_words("软件包ABC 2.0的安装")
    assert [(word.form, word.content) for word in words] == [
        ("软件", True), ("件包", True), ("abc", True), ("2", True), ("0", True), ("的", False), ("安装", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("de", "Der Turm in Berlin gehört der NASA.", ["nasa"]),
        ("es", "La torre de Madrid. El río.", ["madrid"]),
        ("ru", "Башня в Москве. Она стоит.", ["москве"]),
        ("tr", "Kule Ankara'da. Yeni.", ["ankara"]),
    ],
)
def test_capitals_make_names_but_not_in_german(code: str, text: str, names: list[str]) -> None:
    assert [word.form for word in language_of(code).find_words(text) if word.look & Look.NAME] == names


@pytest.mark.parametrize(
    ("code", "common", "rare"), [("de", "haus", "xylograf"), ("ja", "時間", "ーバ"), ("uk", "місто", "ґзимс")]
)
def test_how_common_a_word_is_in_its_language(code: str, common: str, rare: str) -> None:
    language = language_of(code)
    assert language.background(common) > 100 * language.background(rare)


def test_a_language_that_nobody_counted_has_no_common_words() -> None:
    assert language_of("eo").background("la") == language_of("eo").background("xyz")
