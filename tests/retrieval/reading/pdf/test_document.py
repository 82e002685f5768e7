"""PDFs that cannot be read get a sentence, and none gets more than its share of time and memory."""

from __future__ import annotations

import contextlib
import zlib
from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.locales import for_operators
from retrieval.errors import UnfitError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.media_types import PDF
from retrieval.reading.pdf import document
from retrieval.reading.pdf.document import parse_pdf
from tests.support.measures import Words
from tests.support.pdfs import BOLD, CODE, REGULAR, Entry, Text, pdf, pdf_objects, stream, wrapped, written
from tests.support.wording import unfitness

BEES = "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive."
WHOLE = pdf(wrapped(BEES), wrapped(BEES), info={"Title": "Bees"}, outline=[Entry("Bees")])


def objects(pages: int = 1) -> dict[int, bytes]:
    return pdf_objects([wrapped(BEES)] * pages, {}, "", ())


def refusal(raw: bytes) -> str:
    with pytest.raises(UnfitError) as caught:
        parse_pdf(raw)
    return unfitness(caught.value)


def locked() -> bytes:
    handler = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O (%s) /U (%s) >>" % (b"o" * 32, b"u" * 32)
    return written({**objects(), 4: handler}, b"/Encrypt 4 0 R /ID [(a) (a)]")


def without_pages() -> bytes:
    return written({**objects(), 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "is not a PDF; open it in the program that made it and save it as PDF once more"),
        (b"Bees fly.", "is not a PDF; open it in the program that made it and save it as PDF once more"),
        (b"%PDF-1.7\nBees fly.", "is damaged and cannot be read; open it in a PDF reader and save or print it"),
        (locked(), "is locked with a password, so it cannot be read; put a copy without a password here"),
        (
            without_pages(),
            "is damaged and cannot be read; open it in a PDF reader and save or print it as PDF once more",
        ),
        (pdf([]), "has pictures of pages and no text in it, as a scanner makes them; have a program for text"),
        (pdf(*[[]] * 2_001), "has more than 2,000 pages; split it into several files"),
    ],
)
def test_what_cannot_be_read_is_said_why(raw: bytes, sentence: str) -> None:
    assert refusal(raw).startswith(sentence)


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_CHARACTERS", 300)
    assert len(parse_pdf(pdf(*[wrapped(BEES)] * 3)).blocks) == 3
    assert refusal(pdf(*[wrapped(BEES)] * 4)) == "has more than 300 characters; split it into several files"


def test_pages_that_claim_to_be_many() -> None:
    raw = written({**objects(), 2: b"<< /Type /Pages /Kids [20 0 R] /Count 2000000000 >>"})
    assert [block.text for block in parse_pdf(raw).blocks] == [BEES]


def test_a_tree_of_pages_that_leads_back_to_itself() -> None:
    raw = written({**objects(), 2: b"<< /Type /Pages /Kids [2 0 R 20 0 R] /Count 2 >>"})
    assert {block.text for block in parse_pdf(raw).blocks} == {BEES}


def test_an_outline_that_leads_back_to_itself() -> None:
    outline = {5: b"<< /First 6 0 R /Last 6 0 R >>", 6: b"<< /Title (Bees) /Next 6 0 R /First 5 0 R >>"}
    raw = written({**objects(), **outline, 1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>"})
    assert [block.text for block in parse_pdf(raw).blocks] == [BEES]


def test_a_page_that_is_damaged_is_left_out_and_said_to_be() -> None:
    parsed = parse_pdf(written({**objects(2), 20: b"(Bees)"}))
    assert [block.text for block in parsed.blocks] == [BEES]
    assert list(map(for_operators, parsed.notes)) == ["1 of its pages is damaged and was left out"]
    parsed = parse_pdf(written({**objects(3), 20: b"(Bees)", 22: b"(Bees)"}))
    assert list(map(for_operators, parsed.notes)) == ["2 of its pages are damaged and were left out"]


def test_a_stream_that_unpacks_to_megabytes() -> None:
    content = b"BT /F0 10 Tf 1 0 0 1 72 720 Tm (Bees fly.) Tj ET " + b" " * 20_000_000
    raw = written({**objects(), 21: stream(zlib.compress(content), b"/Filter /FlateDecode")})
    assert len(raw) < 100_000
    assert [block.text for block in parse_pdf(raw).blocks] == ["Bees fly."]


def test_a_page_of_many_lines() -> None:
    lines = [Text(f"Bee {n} flies.", baseline=700 - n / 50) for n in range(5_000)]
    assert parse_pdf(pdf(lines)).blocks


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_that_was_cut_gets_its_text_or_a_sentence(tenth: int) -> None:
    check(WHOLE[: tenth * len(WHOLE) // 10])


@pytest.mark.parametrize("table", [b"xref\n0 99999999\n", b"xref\n" + b"9" * 500, b"xref\n0 -1\n", b"\xff" * 500, b""])
def test_a_table_of_objects_that_is_garbage(table: bytes) -> None:
    check(WHOLE[: WHOLE.index(b"xref")] + table + WHOLE[WHOLE.index(b"trailer") :])


@settings(derandomize=True, deadline=None, max_examples=200)
@given(place=st.integers(0, len(WHOLE) - 1), value=st.integers(0, 255), length=st.integers(0, 3))
def test_a_file_with_wrong_bytes_gets_its_text_or_a_sentence(place: int, value: int, length: int) -> None:
    check(WHOLE[:place] + bytes([value]) * length + WHOLE[place + 1 :])


def check(raw: bytes) -> None:
    with contextlib.suppress(UnfitError):
        assert all(block.text for block in parse_pdf(raw).blocks)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(
        st.builds(
            Text,
            st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1, max_size=40),
            st.floats(0, 600), st.floats(0, 790), st.sampled_from([0.5, 8.0, 10.0, 10.0, 20.0]),
            st.sampled_from([REGULAR, BOLD, CODE]), st.integers(0, 3),
        ),
        max_size=30,
    )
)  # fmt: skip
def test_every_passage_is_an_exact_slice_of_the_text(texts: list[Text]) -> None:
    pages = [texts[:10], *([page] if (page := texts[10:20]) else []), list(islice(cycle(wrapped(BEES)), 2))]
    article = read_article(Document("bees.pdf", PDF, pdf(*pages)), Words())
    for passage in article.passages:
        quote = article.text[passage.start : passage.end]
        assert article.slice(passage) == quote == quote.strip()
        assert all(passage.start <= span.start < span.end <= passage.end for span in passage.sentences)
