"""What counts as a word, where it stands, its stem and what it looks like."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.language.english import ENGLISH
from retrieval.language.words import Look, Word, plain

NOTHING = Look(0)
FIGURES = Look.NUMBER | Look.DIGITS
YEAR = FIGURES | Look.TIME


def looks(text: str) -> dict[str, Look]:
    """The words of a text that look like something."""
    return {word.form: word.look for word in ENGLISH.find_words(text) if word.look}


def names(text: str) -> list[str]:
    return [text[word.start : word.end] for word in ENGLISH.find_words(text) if word.look & Look.NAME]


def test_a_word_knows_where_it_stands_its_stem_and_its_look() -> None:
    assert ENGLISH.find_words("The “Ærø ferries”, 1874.") == [
        Word(0, 0, 3, "the", "the", False, NOTHING),
        Word(1, 5, 8, "ærø", "ærø", True, Look.NAME),
        Word(2, 9, 16, "ferries", "ferri", True, NOTHING),
        Word(3, 19, 23, "1874", "1874", True, YEAR),
    ]


def test_content_words_keep_their_positions_among_all_words() -> None:
    found = ENGLISH.content_words("Who painted the door of the house?")
    assert [(word.position, word.stem) for word in found] == [(1, "paint"), (3, "door"), (6, "hous")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lighthouses", ["lighthous"]),
        ("LIGHTHOUSE lighthouse", ["lighthous", "lighthous"]),
        ("claimed, claims, claiming", ["claim", "claim", "claim"]),
        ("Putin's", ["putin"]),
        ("Putin’s", ["putin"]),
        ("Putinʼs", ["putin"]),
        ("the dogs’ bowls", ["dog", "bowl"]),
        ("l'été", ["l'ete"]),
        ("café cafe CAFÉ", ["cafe", "cafe", "cafe"]),
        ("cafe\u0301 re\u0301sume\u0301", ["cafe", "resum"]),
        ("İstanbul Istanbul", ["istanbul", "istanbul"]),
        ("Straße strasse", ["strass", "strass"]),
        ("ﬁve ｆｉｖｅ", ["five", "five"]),
        ("Kęstutis Đoković", ["kestuti", "đokov"]),
        ("well-known snake_case", ["well", "known", "snake", "case"]),
        ("1,500 miles in 2022", ["1", "500", "mile", "2022"]),
        ("½ 2½ 10¼", ["1", "2", "2", "1", "2", "10", "1", "4"]),
        ("m² m2", ["m2", "m2"]),
        ("1\ufe0f\u20e3", ["1"]),
        ("Київ Москва", ["киів", "москва"]),
        ("日本語", ["日本語"]),
        ("한국어", [unicodedata.normalize("NFKD", "한국어")]),
        ("مَرْحَبًا مرحبا", ["مرحبا", "مرحبا"]),
        ("שָׁלוֹם שלום", ["שלום", "שלום"]),
        # Vowel signs are marks that belong to their letter; the virama ्, which has a combining class, is left out.
        ("हिन्दी है", ["हिनदी", "है"]),
        ("தமிழ்", ["தமிழ"]),
        ("ﾞ", []),
        ("ͺ", []),
        ("…!? 🙂 — ''", []),
        ("", []),
    ],
)
def test_stems(text: str, expected: list[str]) -> None:
    assert ENGLISH.stems(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "who is it, what and where",
        "they don't, he doesn’t",
        "The of AND",
        "who's what's where's when's how's why's",
        "I'm, you're, he'd, we'll, they've, she’s, that's",
        "can't won't aren't",
        "whats whos wheres whens hows",
        "dont didnt isnt doesnt cant im ive",
    ],
)
def test_words_that_hold_sentences_together_are_words_without_content(text: str) -> None:
    found = ENGLISH.find_words(text)
    assert len(found) >= 3
    assert not any(word.content for word in found)
    # Nothing looks such a word up, so it is left as it is.
    assert [word.stem for word in found] == [word.form for word in found]
    assert ENGLISH.stems(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who won?", ["won"]),
        ("Don Giovanni", ["don", "giovanni"]),
        ("O'Neill’s o'clock", ["o'neil", "o'clock"]),
        ("it's the dog's", ["dog"]),
        ("wanted: want's", ["want", "want"]),
    ],
)
def test_words_like_those_have_content(text: str, expected: list[str]) -> None:
    assert ENGLISH.stems(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday Alice met Bob Stone.", ["Alice", "Bob", "Stone"]),
        ("they left Oslo", ["Oslo"]),
        ("Carol left. Dave stayed! Erin wept? Frank slept", []),
        ("One.\nTwo\nThree\n\n  Four", []),
        ("(Alice) “Bob” \"Carol\" ['Dave']", ["Bob", "Carol", "Dave"]),
        ("It ended (so they say). Alice agreed.", []),
        ("He said “no.” Alice agreed.", []),
        ('He said "no!" Alice agreed.', []),
        ("It ended. “Alice agreed.”", []),
        ("She said “Alice agreed”", ["Alice"]),
        ("He said: Alice, go", ["Alice"]),
        ("the river—Thames", ["Thames"]),
        ("half-Danish", ["Danish"]),
        ("NASA built it. NATO paid", ["NASA", "NATO"]),
        ("iPhone eBay", []),
        ("McDonald is here, O’Neill too", ["O’Neill"]),
        ("to Élise and E\u0301lise in İzmir", ["Élise", "E\u0301lise", "İzmir"]),
        ("из Києва", ["Києва"]),
        ("when A met B", ["A", "B"]),
    ],
)
def test_a_name_is_a_capital_where_no_sentence_begins_or_a_word_of_capitals(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Dr. Grey, Mr. Green, Mrs. Brown and Ms. White of St. Ives", "Dr Grey Mr Green Mrs Brown Ms White St Ives"),
        ("by A. B. Grey", "A B Grey"),
        ("the U.S. Navy", "U S Navy"),
        ("at Mt. Grey", "Mt Grey"),
        ("They took the bus. Grey waited", ""),
        ("They met Drs. Grey waited", "Drs"),
    ],
)
def test_no_sentence_begins_after_initials_and_titles(text: str, expected: str) -> None:
    assert " ".join(names(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 1066", {"1066": YEAR}),
        ("the 1990s", {"1990s": YEAR}),
        ("until 2099, 2100", {"2099": YEAR, "2100": FIGURES}),
        ("999 or 10000", {"999": FIGURES, "10000": FIGURES}),
        ("the 3rd of 40%", {"3rd": FIGURES, "40": FIGURES}),
        ("½", {"1": FIGURES, "2": FIGURES}),
        ("٣ ३", {"٣": FIGURES, "३": FIGURES}),
        ("seven of twenty million", {"seven": Look.NUMBER, "twenty": Look.NUMBER, "million": Look.NUMBER}),
        ("the First", {"first": Look.NUMBER | Look.NAME}),
        ("in May, on Monday", {"may": Look.TIME | Look.NAME, "monday": Look.TIME | Look.NAME}),
        ("May came. March went", {"may": Look.TIME, "march": Look.TIME}),
        ("they may march on", {}),
        ("two centuries ago", {"two": Look.NUMBER, "centuries": Look.TIME, "ago": Look.TIME}),
        ("Winter came", {"winter": Look.TIME}),
        ("a cat sat", {}),
    ],
)
def test_numbers_and_times(text: str, expected: dict[str, Look]) -> None:
    assert looks(text) == expected


# Much of what people write is Latin letters, accents, digits and the punctuation in between.
written = st.text("aBc d.1'’-½²éÉ\u0301\u0308ñßİﬁह\u093f\u094dКи日\n\t\"(_\ufe0f🙂") | st.text()


@given(written)
@example("ﾞ")
@example("ﹰ")
@example("\u0301a")
@settings(max_examples=300, deadline=None)
def test_words_are_slices_of_the_text_in_order(text: str) -> None:
    found = ENGLISH.find_words(text)
    assert [word.position for word in found] == list(range(len(found)))
    end = 0
    for before, word in zip([None, *found], found, strict=False):
        # Only a character that is taken apart into several words, as ½ is, gives words that start at the same offset.
        assert word.start >= end or (before is not None and (word.start, word.end) == (before.start, before.end))
        end = word.end
        assert word.start < end <= len(text)
        assert word.form in plain(text[word.start : end])
        assert word.form
        assert word.stem
        assert not any(char.isspace() for char in word.form + word.stem)


@given(written)
@settings(max_examples=200, deadline=None)
def test_no_letter_or_digit_is_left_out(text: str) -> None:
    within = {offset for word in ENGLISH.find_words(text) for offset in range(word.start, word.end)}
    assert {offset for offset, char in enumerate(text) if char in string.ascii_letters + string.digits} <= within


@given(written)
@settings(max_examples=300, deadline=None)
def test_accents_may_be_characters_of_their_own(text: str) -> None:
    composed, decomposed = (ENGLISH.find_words(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert [(word.form, word.stem, word.look) for word in composed] == [
        (word.form, word.stem, word.look) for word in decomposed
    ]


@given(st.text(string.printable))
@settings(max_examples=100, deadline=None)
def test_plain_leaves_ascii_letters_as_they_are_but_for_their_case(text: str) -> None:
    assert plain(text) == text.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ÀÉÎÕÜ", "aeiou"),
        ("e\u0301", "e"),
        ("ẞ", "ss"),
        ("it’sʼ", "it's'"),
        ("Ⅻ", "xii"),
        ("Ёж", "еж"),
        ("ŁÓDŹ", "łodz"),
    ],
)
def test_plain_has_neither_capitals_nor_accents(text: str, expected: str) -> None:
    assert plain(text) == expected
