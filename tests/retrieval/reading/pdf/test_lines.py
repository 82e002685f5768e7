"""Lines from characters: what stands on one height, in which order, with which characters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import CODE, LEFT, TOP, Text, below, pdf, pdf_objects, wrapped, written

BEES = (
    "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive, and come "
    "home in "
    "the evening. They bring nectar from the lime trees behind the mill."
)


def read(page: list[Text]) -> list[str]:
    return [block.text for block in parse_pdf(pdf(page)).blocks]


def test_raised_and_lowered_characters_are_part_of_their_line() -> None:
    water = Text("H")
    two = Text("2", water.left + water.width, TOP - 2, 6)
    rest = Text("O is water.", two.left + two.width)
    assert read([water, two, rest]) == ["H2O is water."]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    first, *others = wrapped(f"hey {BEES}", LEFT + 18.5, width=381)
    letter = Text("T", LEFT, TOP - 12, 36)
    assert read([letter, first, *others]) == [f"They {BEES}"]


def test_text_that_is_turned_unlike_the_rest_goes() -> None:
    assert read([*wrapped(BEES), Text("A draft of the bees", 30, 200, 20, turned=1)]) == [BEES]


def turned(text: Text, angles: int) -> Text:
    """The text on a page that is turned to the left by these right angles."""
    x, y = text.left, text.baseline
    left, baseline = ((x, y), (792 - y, x), (612 - x, 792 - y), (y, 612 - x))[angles]
    return replace(text, left=left, baseline=baseline, turned=angles)


@pytest.mark.parametrize("angles", range(4))
def test_a_page_that_is_turned_as_a_whole_is_read(angles: int) -> None:
    lines = wrapped(BEES)
    code = [Text("if bees:", baseline=500, font=CODE), Text("fly()", LEFT + 24, 488, font=CODE)]
    head = [Text("Bees", baseline=740, size=16)]
    assert read([turned(text, angles) for text in [*head, *lines, *code]]) == ["Bees", BEES, "if bees:\n    fly()"]


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ({"a": "FB01"}, "fielders fly."), ({"a": "006600660069"}, "ffielders fly."),
        ({"a": "FFFD"}, "\ufffdelders fly."),
        ({"a": "0065", "b": "0301"}, "éelders fly."), ({"a": "F0B7"}, "•elders fly."), ({"a": "200B"}, "elders fly."),
    ],
)  # fmt: skip
def test_characters_are_repaired_once(codes: dict[str, str], text: str) -> None:
    """A font says which characters its glyphs stand for."""
    objects = pdf_objects([[Text(f"{''.join(codes)}elders fly.")]], {}, "", ())
    said = "\n".join(f"<{ord(code):02X}> <{to}>" for code, to in codes.items()).encode()
    said = b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n%d beginbfchar\n%s\nendbfchar" % (len(codes), said)
    objects[9] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(said), said)
    objects[10] = objects[10].replace(b"/Type /Font", b"/Type /Font /ToUnicode 9 0 R")
    [block] = parse_pdf(written(objects)).blocks
    assert block.text == text


def test_a_soft_hyphen_at_a_line_end_goes() -> None:
    assert read([Text("The bees of the old mill and the bee\u00ad"), Text("keeper.", baseline=TOP - 12)]) == [
        "The bees of the old mill and the beekeeper."
    ]  # fmt: skip


def test_what_is_drawn_from_right_to_left_is_read_from_left_to_right() -> None:
    page = [
        *wrapped(BEES),
        Text("of bees", LEFT + 50, below(wrapped(BEES))),
        Text("The life", LEFT, below(wrapped(BEES))),
    ]
    assert read(page) == [BEES, "The life of bees"]
