"""Archives that are hostile or damaged: each gets a sentence, none gets the memory."""

from __future__ import annotations

import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import Reason
from retrieval.reading.packaged.package import LARGEST, Package, PackageError
from tests.support.packages import docx, packed, styled
from tests.support.wording import unfitness

NOT_DOCX = Reason.of("not-docx")
ENTRY = b"PK\x01\x02"


def refusal(raw: bytes, name: str = "a.xml") -> str:
    with pytest.raises(PackageError) as caught:
        Package(raw, NOT_DOCX).read(name)
    return unfitness(caught.value)


def test_a_bomb_is_not_unpacked() -> None:
    raw = packed({"a.xml": bytes(LARGEST * 1_000_000 + 1)})
    assert len(raw) < 100_000
    assert refusal(raw) == f"holds more than {LARGEST} MB of text and markup; split it into several files"


def test_parts_count_together() -> None:
    package = Package(packed({f"{n}.xml": bytes(LARGEST * 250_000) for n in range(5)}), NOT_DOCX)
    for number in range(4):
        assert len(package.read(f"{number}.xml")) == LARGEST * 250_000
    with pytest.raises(PackageError) as caught:
        package.read("4.xml")
    assert unfitness(caught.value).startswith("holds more than")


def test_a_size_that_is_a_lie_unpacks_no_more_than_it_says() -> None:
    raw = bytearray(packed({"a.xml": bytes(1_000_000)}))
    place = raw.index(ENTRY) + 24
    raw[place : place + 4] = struct.pack("<I", 10)
    assert refusal(bytes(raw)).startswith("is damaged and cannot be read")


def test_a_part_that_is_locked() -> None:
    raw = bytearray(packed({"a.xml": b"Bees fly."}))
    raw[raw.index(ENTRY) + 8] |= 1
    assert refusal(bytes(raw)).startswith("is locked (encrypted), so it cannot be read")


def test_a_part_that_is_missing_is_named_without_its_folder() -> None:
    assert refusal(packed({"b.xml": b""}), "word/a.xml").startswith("is damaged: its part a.xml is missing; open it")


def test_a_part_that_is_damaged() -> None:
    raw = bytearray(packed({"a.xml": b"Bees fly. " * 50}, zipfile.ZIP_STORED))
    raw[raw.index(b"fly")] ^= 1
    assert refusal(bytes(raw)).startswith("is damaged and cannot be read")


def test_too_many_parts() -> None:
    raw = packed({str(number): b"" for number in range(20_001)})
    assert refusal(raw) == "has more than 20,000 parts; split it into several files"


@given(place=st.integers(0, 10_000), value=st.integers(0, 255), cut=st.integers(0, 10_000))
def test_a_damaged_document_gets_nothing_but_a_sentence(place: int, value: int, cut: int) -> None:
    raw = bytearray(docx(styled("Bees fly.")))
    raw[place % len(raw)] = value
    try:
        package = Package(bytes(raw[: cut % (2 * len(raw)) or 1]), NOT_DOCX)
        for name in package.names():
            package.read(name)
    except PackageError:
        pass
