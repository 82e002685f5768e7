"""Bytes become the text that their author wrote, or a sentence that names the byte."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import Reason
from retrieval.reading.decoding import Decoded, DecodingError, decode
from tests.support.wording import unfitness


def refusal(raw: bytes) -> str:
    with pytest.raises(DecodingError) as caught:
        decode(raw)
    return unfitness(caught.value)


@pytest.mark.parametrize("text", ["", "Hello", "Łódź, “naïve” – 東京 👩‍👧\n", "\x1b[1m\x07"])
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == Decoded(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding_and_is_not_text(encoding: str) -> None:
    assert decode("Łódź 👩 \x00".encode(encoding)) == Decoded("Łódź 👩 \x00")


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe", b"\x00\x00\xfe\xff", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_alone_is_empty_text(mark: bytes) -> None:
    assert decode(mark) == Decoded("")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Café"),
        ("cp1252", "He said “no”."),
        ("cp1252", "It’s £30 – or 35 € – for 5 m², ½ of it naïve."),
        ("cp1252", "Le président a déclaré que la Première ministre, élue en mai, était « très déçue » par l’échec."),
        ("cp1252", "Où est la fête ? À Noël, dit-elle. Le cœur de l’été, l’œuvre d’un élève, coûte 30 €."),
        ("cp1252", "Die Straßen in München sind übermäßig voll. Ärgerlich für die Bürger, sagte Jürgen Schröder."),
        ("latin-1", "Das Gebäude wurde 1874 für die Bürger eröffnet."),
        ("cp1252", "¿Dónde está el niño? ¡Mañana por la mañana!"),
        ("cp1252", "A eleição não será amanhã, disse o presidente."),
        ("cp1252", "La città è più grande di così; perché no?"),
        ("cp1252", "Åsa gick över ån. Räksmörgås på ön."),
        ("cp1250", "Łódź"),
        ("cp1250", "Zażółć gęślą jaźń."),
        ("cp1250", "Prezydent powiedział, że wojna się skończyła. Żołnierze wrócą do Łodzi w przyszłym miesiącu."),
        (
            "iso8859-2",
            "Prezydent powiedział, że wojna się skończyła, jeśli Żołnierze wrócą do Łodzi w przyszłym miesiącu.",
        ),
        ("cp1250", "Vláda schválila nový zákon o dani z přidané hodnoty."),
        ("cp1250", "Az elnök azt mondta, hogy a háború hamarosan véget ér, és a bőrönd tűzpiros."),
        # Half of the letters stand alone; half of them belong to one language; all of them are capitals.
        ("cp1252", "Il fut réélu à Évian."),
        ("cp1252", "El Niño, Øresund"),
        ("cp1252", "ÉTÉ À NOËL"),
        # ISO 8859-2 has a letter for the second sign, but a control character for the dash.
        ("cp1252", "§ – ¶"),
        # More than a third of the letters stand alone; more than a third belong to one Latin language.
        ("cp1251", "О том и о сём."),
        ("cp1251", "Я, О, Б."),
        ("cp1254", "Dün akşam Türkiye'de seçim yapıldı; sonuçlar yarın açıklanacak."),
        ("cp1251", "Президент заявил, что война закончится."),
        ("cp1251", "В Москве прошла встреча президента с журналистами, на которой он ответил на вопросы."),
        ("koi8-r", "В Москве прошла встреча президента с журналистами, на которой он ответил на вопросы."),
        ("iso8859-7", "Ο πρόεδρος δήλωσε ότι ο πόλεμος θα τελειώσει."),
        ("cp1256", "قال الرئيس إن الحرب ستنتهي قريبا."),
        ("shift-jis", "大統領は戦争が終わると述べた。"),
        ("shift-jis", "プログラミング言語のライブラリをインストールする"),
        ("euc-jp", "プログラミング言語のライブラリをインストールする"),
        ("gb18030", "总统说战争将会结束。使用 Python 编写的机器人可以回答问题。"),
        ("big5", "總統說戰爭將會結束。"),
        ("euc-kr", "대통령은 전쟁이 끝날 것이라고 말했다."),
    ],
)
def test_other_encodings_are_guessed_and_noted(encoding: str, text: str) -> None:
    raw = text.encode(encoding)
    position = next(i for i, byte in enumerate(raw) if byte > 0x7F)
    decoded = decode(raw)
    assert decoded.text == text
    assert decoded.note is not None
    assert decoded.note.code == "guessed-encoding"
    assert (decoded.note.fields["byte"], decoded.note.fields["position"]) == (raw[position], position)
    assert text.encode(str(decoded.note.fields["encoding"])) == raw


def test_the_note_in_full() -> None:
    assert decode(b"A caf\xe9 and a na\xefve one") == Decoded(
        "A café and a naïve one",
        Reason.of("guessed-encoding", byte=0xE9, position=5, encoding="cp1252"),
    )


def test_a_byte_far_from_the_start_is_noted_and_read() -> None:
    raw = b"All is well. " * 100_000 + "À bientôt".encode("cp1252")
    decoded = decode(raw)
    assert decoded.text.endswith("All is well. À bientôt")
    assert decoded.note == Reason.of("guessed-encoding", byte=0xC0, position=1_300_000, encoding="cp1252")


def test_a_bad_byte_in_utf8_is_named_rather_than_all_letters_misread() -> None:
    raw = "Zwölf Boxkämpfer jagen ".encode() + b"V\xedctor " + "quer über den Deich".encode()
    assert refusal(raw) == ("is not UTF-8 (byte 0xED at position 26), and no other encoding fits; save it as UTF-8")
    assert refusal("größer".encode()[:-1] + b"\xff") == (
        "is not UTF-8 (byte 0xFF at position 7), and no other encoding fits; save it as UTF-8"
    )


def test_a_text_with_as_many_bad_bytes_as_letters_in_utf8_may_be_in_another_encoding() -> None:
    assert decode(b"\xc3\xa9 caf\xe9").text == "Ã© café"


def test_one_control_character_in_a_thousand_is_allowed() -> None:
    assert decode(b"caf\xe9 \x07".ljust(1000, b".")).text == "café \x07".ljust(1000, ".")
    assert refusal(b"caf\xe9 \x07".ljust(999, b".")) == (
        "is not UTF-8 (byte 0xE9 at position 3), and no other encoding fits; save it as UTF-8"
    )


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xef\xbb\xbfabc\xff", "is not UTF-8 (byte 0xFF at position 6); save it as UTF-8"),
        (b"\xff\xfea", "is not UTF-16 (byte 0x61 at position 2); save it as UTF-8"),
        (b"\xff\xfe\x00\xd8a\x00", "is not UTF-16 (byte 0x00 at position 2); save it as UTF-8"),
        (b"\xff\xfe\x00\x00\x01", "is not UTF-32 (byte 0x01 at position 4); save it as UTF-8"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "is not a text file (a zero byte at position 8); only text can be read",
        ),
        ("Hi".encode("utf-16-le"), "is not a text file (a zero byte at position 1); only text can be read"),
        (b"\x00", "is not a text file (a zero byte at position 0); only text can be read"),
        (b"\x80\x05\x8d\x0a\x01\x02\x03\x9d", None),
    ],
)
def test_what_cannot_be_read_is_named_with_its_byte(raw: bytes, message: str | None) -> None:
    expected = "is not UTF-8 (byte 0x80 at position 0), and no other encoding fits; save it as UTF-8"
    assert refusal(raw) == (message or expected)


def test_compressed_bytes_without_a_zero_byte_are_not_text() -> None:
    packed = gzip.compress(b"".join(i.to_bytes(2, "big") for i in range(4_000)), mtime=0)
    raw = b"\x1f\x8b" + packed.replace(b"\x00", b"")
    assert refusal(raw) == "is not UTF-8 (byte 0x8B at position 1), and no other encoding fits; save it as UTF-8"


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=50).map(lambda text: text.encode("cp1252", errors="ignore")))
def test_any_bytes_are_read_alike_each_time_or_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except DecodingError:
        return
    assert decode(raw) == decoded
    decoded.text.encode()
