"""What stands below the title in large letters and is not a heading."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import BOLD, Entry, Text, below, pdf, wrapped

BEES = (
    "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive, and come "
    "home in "
    "the evening. They bring nectar from the lime trees behind the mill, and pollen from the fields below the road."
)


def kinds(*headings: Text, outline: tuple[Entry, ...] = ()) -> list[Kind]:
    """The kinds of what stands below the title in an article with further headings of 14 points."""
    title = Text("The hive", baseline=740, size=20)
    placed = [Text(text.text, baseline=710 - 30 * i, size=text.size, font=text.font) for i, text in enumerate(headings)]
    first = wrapped(BEES, top=below(placed))
    page = [
        title,
        *placed,
        *first,
        Text("In winter", baseline=below(first, 40), size=14),
        *wrapped(BEES, top=below(first, 60)),
    ]
    blocks = parse_pdf(pdf(page, outline=outline)).blocks
    assert [blocks[0], *blocks[-2:]] == [
        Block(Kind.HEADING, "The hive", 1), Block(Kind.HEADING, "In winter", blocks[-2].level), Block(Kind.PROSE, BEES),
    ]  # fmt: skip
    return [block.kind for block in blocks[1 : 1 + len(headings)]]


@pytest.mark.parametrize("text", ["May 1, 2024", "A. Keeper", "keeper@hive.example", "https://hive.example/"])
def test_authors_and_days_are_text(text: str) -> None:
    assert kinds(Text(text, size=16), Text("Hives", size=14)) == [Kind.PROSE, Kind.HEADING]


def test_authors_in_the_letters_of_headings_are_text() -> None:
    assert kinds(Text("A. Keeper", size=14), Text("Hives", size=14)) == [Kind.PROSE, Kind.HEADING]


def test_headings_that_are_numbered_named_or_labels_stay() -> None:
    assert kinds(Text("Part I", size=16), Text("1 Hives", size=15)) == [Kind.HEADING, Kind.HEADING]
    assert kinds(Text("Life", size=16), outline=(Entry("Life"),)) == [Kind.HEADING]
    assert kinds(Text("In short", font=BOLD)) == [Kind.HEADING]
