"""What pages bear beside their text goes; what only looks like it stays."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Kind
from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import LEFT, Text, below, pdf, wrapped

WORDS = "bees wasps hornets ants flies moths gnats mites".split()


def said(number: int) -> str:
    """A paragraph that is unlike those of other pages."""
    word = WORDS[number % len(WORDS)]
    return f"{word.title()} of page {number} live behind the mill, and fly in spring when the limes flower near {word}."


def texts(*edges: list[Text]) -> list[str]:
    """The texts of a document whose pages have a paragraph each and these lines at their edges."""
    pages = [[*edge, *wrapped(said(number), top=700)] for number, edge in enumerate(edges)]
    blocks = parse_pdf(pdf(*pages)).blocks
    assert all(block.kind is Kind.PROSE for block in blocks)
    return [block.text for block in blocks]


def head(text: str) -> Text:
    return Text(text, LEFT, 750)


def foot(text: str, left: float = LEFT) -> Text:
    return Text(text, left, 40)


@pytest.mark.parametrize("number", ["7", "- 7 -", "Page 7", "vii", "7 / 12", "Seite 7 von 12"])
def test_the_number_of_a_page_goes_from_a_single_page(number: str) -> None:
    assert texts([foot(number)]) == [said(0)]


@pytest.mark.parametrize("left", [LEFT, LEFT + 300])
def test_numbers_of_pages_go_wherever_they_stand(left: float) -> None:
    assert texts(*([foot(str(n + 5), left)] for n in range(4))) == [said(n) for n in range(4)]


def test_a_running_head_goes() -> None:
    assert texts(*([head("The life of bees")] for _ in range(3))) == [said(n) for n in range(3)]


def test_what_stands_on_two_pages_stays() -> None:
    assert texts([head("The life of bees.")], [head("The life of bees.")]) == [
        "The life of bees.", said(0), "The life of bees.", said(1),
    ]  # fmt: skip


def test_heads_that_change_go_where_they_count_with_the_pages() -> None:
    heads = ["1.1. Hives 1", "1.2. Queens 2", "1.3. Drones 3", "1.4. Workers 4"]
    assert texts(*([head(text)] for text in heads)) == [said(n) for n in range(4)]


def test_heads_of_even_and_odd_pages_go_where_other_heads_stand_at_their_height() -> None:
    heads = ["12 The life of bees", "Hives 13", "14 The life of bees", "Queens"]
    assert texts(*([head(text)] for text in heads)) == [said(n) for n in range(4)]


def test_heads_that_begin_alike_go() -> None:
    heads = ["CHAPTER 1. HIVES AND NESTS", "CHAPTER 1. THE QUEEN", "CHAPTER 2. DRONES", "CHAPTER 2. HONEY AND WAX"]
    assert texts(*([head(text)] for text in heads)) == [said(n) for n in range(4)]


def test_text_at_the_edge_stays() -> None:
    assert texts([], [], []) == [said(0), said(1), said(2)]


def test_large_headings_at_the_edge_stay() -> None:
    pages = [[Text(f"Chapter {n}", size=20), *wrapped(said(n), top=690)] for n in range(1, 5)]
    assert [block.text for block in parse_pdf(pdf(*pages)).blocks if block.kind is Kind.HEADING] == [
        "Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4",
    ]  # fmt: skip


def test_a_sentence_goes_on_over_foot_and_head() -> None:
    pages = []
    for number in range(4):
        first, *others = wrapped(said(number), top=100)
        pages.append([head("The life of bees"), *wrapped(said(number + 4), top=700), first, foot(str(number))])
        pages.append([head("The life of bees"), *(Text(line.text, baseline=700) for line in others), foot(str(number))])
    expected = [said(number) for pair in zip(range(4, 8), range(4), strict=True) for number in pair]
    assert [block.text for block in parse_pdf(pdf(*pages)).blocks] == expected


def test_a_table_of_contents_goes() -> None:
    entries = [Text("Contents", size=14), Text("1 Hives"), Text("2 Queens and what they do all day"), Text("3 Drones")]
    page = [Text(entry.text, LEFT, 700 - 20 * i, entry.size) for i, entry in enumerate(entries)]
    numbers = [Text(number, LEFT + 350, 680 - 20 * i) for i, number in enumerate("159")]
    rows = [text for pair in zip(page[1:], numbers, strict=True) for text in pair]
    text = wrapped(said(0), top=below(page, 60))
    assert [block.text for block in parse_pdf(pdf([page[0], *rows, *text])).blocks] == [said(0)]


def test_lines_with_leading_dots_go_wherever_they_stand() -> None:
    page = wrapped(said(0))
    page.append(Text("Hives . . . . . . . . . . . . . . 12", baseline=below(page)))
    page += wrapped(said(1), top=below(page))
    assert [block.text for block in parse_pdf(pdf(page)).blocks] == [said(0), said(1)]


def test_a_heading_called_contents_without_entries_stays() -> None:
    page = [Text("Contents", size=14), *wrapped(said(0), top=690)]
    assert [block.text for block in parse_pdf(pdf(page)).blocks] == ["Contents", said(0)]


def test_a_table_of_contents_may_end_the_document() -> None:
    page = [*wrapped(said(0)), Text("Contents", baseline=500, size=14), Text("Hives 1", baseline=470)]
    assert [block.text for block in parse_pdf(pdf(page)).blocks] == [said(0)]
