"""Where sentences end in other languages than English."""

from __future__ import annotations

import pytest

from retrieval.language.languages import language_of, sentence_ends_of
from retrieval.reading.blocks import Kind
from retrieval.reading.sentences import split_sentences


def sentences(code: str, text: str, kind: Kind = Kind.PROSE) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, kind, sentence_ends_of(code))]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", ["Das geht z. B. mit apt.", "Dann weiter."]),
        ("de", ["Am 3. Oktober 2010 kam Dr. Hale.", "Er blieb bis 2012.", "Danach nicht."]),
        ("de", ["Siehe Abb. 3 bzw. Kap. 4 ff. und so fort.", "„Wirklich?“ fragte er.", "»Ja!«", "Schluss."]),
        (
            "es",
            ["Puede usarse, p. ej. con apt.", "¿Funciona?", "Sí.", "El Sr. Hale lo vio en EE. UU.", "Luego se fue."],
        ),
        ("fr", ["M. Hale habite p. ex. ici.", "Voir cf. p. 12.", "« C'est vrai ? » dit-il.", "Oui."]),
        ("pt", ["O Sr. Hale, p. ex. ontem, veio.", "Depois saiu."]),
        ("it", ["Il sig. Hale, ad es. ieri, venne ecc. a casa.", "Poi andò via."]),
        ("nl", ["Dit is bijv. een pakket, d.w.z. iets.", "Dhr. Hale kwam o.a. langs."]),
        ("ru", ["Это, т. е. пакет, и т. д. можно найти на с. 5.", "Потом А. С. Хейл написал.", "Конец."]),
        ("uk", ["Це, т. зв. пакет, тощо.", "Див. рис. 5.", "Потім І. Хейл написав."]),
        ("pl", ["To np. pakiet itd. i plik.", "Potem prof. Hale przyszedł w 2010 r. i został."]),
        ("tr", ["Dr. Hale vb. geldi.", "Saat 3. katta."]),
        ("sv", ["Det är t. ex. ett hus.", "Det är bra."]),
        ("ar", ["كتب الرجل الرسالة.", "هل وصلت؟", "نعم."]),
    ],
)
def test_abbreviations_end_no_sentence(code: str, expected: list[str]) -> None:
    assert sentences(code, " ".join(expected)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ja", ["これはペンです。", "「本当？」", "はい！", "次へ"]),
        ("zh", ["这是一个测试。", "真的吗？", "“是的。”", "好！"]),
    ],
)
def test_sentences_that_no_space_parts(code: str, expected: list[str]) -> None:
    assert sentences(code, "".join(expected)) == expected


def test_lists_and_footnotes_are_as_in_english() -> None:
    assert sentences("de", "1. Erstens z. B. das.\n2. Ende. [3] ...", Kind.LINES) == [
        "1. Erstens z. B. das.",
        "2. Ende. [3] ...",
    ]
    assert sentences("de", "sage = 'Ja. Nein.'", Kind.CODE) == ["sage = 'Ja. Nein.'"]
    assert sentences("de", "Es begann.[1] Es endete.") == ["Es begann.[1]", "Es endete."]


def test_english_has_a_segmenter_instead() -> None:
    assert sentence_ends_of("en-GB") is sentence_ends_of(None) is sentence_ends_of("English") is None
    assert language_of("en").sentence_ends is None
