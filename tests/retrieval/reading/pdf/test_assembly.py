"""Headings, code and tables by their looks and by the outline."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import BOLD, CODE, LEFT, PITCH, TOP, Entry, Page, Text, below, pdf, wrapped

BEES = (
    "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive, and come "
    "home in "
    "the evening. They bring nectar from the lime trees behind the mill, and pollen from the fields below the road."
)


def blocks(*pages: Page, outline: tuple[Entry, ...] = ()) -> list[Block]:
    return parse_pdf(pdf(*pages, outline=outline)).blocks


def under(*headings: Text, text: str = BEES) -> list[Text]:
    return [*headings, *wrapped(text, top=below(headings))]


def test_larger_text_is_a_heading_and_its_size_tells_the_level() -> None:
    first = under(Text("Bees", size=20), Text("Hives", baseline=TOP - 30, size=14))
    second = [Text("Honey", baseline=below(first), size=14), *wrapped(BEES, top=below(first) - 20)]
    assert blocks([*first, *second]) == [
        Block(Kind.HEADING, "Bees", 1), Block(Kind.HEADING, "Hives", 2), Block(Kind.PROSE, BEES),
        Block(Kind.HEADING, "Honey", 2), Block(Kind.PROSE, BEES),
    ]  # fmt: skip


def test_a_heading_has_several_lines() -> None:
    page = under(Text("How bees find their way home", size=20), Text("in the evening", baseline=TOP - 24, size=20))
    assert blocks(page)[0] == Block(Kind.HEADING, "How bees find their way home in the evening", 1)


def test_the_outline_tells_the_levels() -> None:
    page = [*under(Text("2.1 Hives", size=14, font=BOLD)), *under(Text("2.2 Honey", baseline=500, font=BOLD))]
    outline = (Entry("Bees", (Entry("Life", (Entry("Hives"), Entry("2.2. Honey"))),)),)
    assert [block for block in blocks(page, outline=outline) if block.kind is Kind.HEADING] == [
        Block(Kind.HEADING, "2.1 Hives", 3), Block(Kind.HEADING, "2.2 Honey", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "level"), [("In winter", LABEL_LEVEL), ("2 Hives", 1), ("2.3 Hives", 2), ("1. How do bees fly?", 1)]
)
def test_a_line_in_bold_letters_is_a_label_unless_it_is_numbered(text: str, level: int) -> None:
    page = under(Text(text, font=BOLD))
    assert blocks(page) == [Block(Kind.HEADING, text, level), Block(Kind.PROSE, BEES)]


@pytest.mark.parametrize("text", ["Bees fly.", "Bees, wasps,", "• Bees"])
def test_a_bold_line_that_is_no_title_is_text(text: str) -> None:
    assert all(block.kind is not Kind.HEADING for block in blocks(under(Text(text, font=BOLD))))


def test_a_long_paragraph_in_large_letters_is_text() -> None:
    large = wrapped(BEES, size=14, pitch=17)
    assert blocks([*large, *wrapped(f"{BEES} {BEES}", top=below(large, 40))]) == [
        Block(Kind.PROSE, BEES), Block(Kind.PROSE, f"{BEES} {BEES}"),
    ]  # fmt: skip


def test_code_keeps_its_lines_its_indentation_and_its_blank_lines() -> None:
    text = wrapped(BEES)
    top = below(text)
    code = [
        Text("def fly(bee):", baseline=top, font=CODE), Text("bee.rise()    # slowly", LEFT + 24, top - 11, font=CODE),
        Text("fly(Bee())", baseline=top - 33, font=CODE),
    ]  # fmt: skip
    assert blocks([*text, *code]) == [
        Block(Kind.PROSE, BEES), Block(Kind.CODE, "def fly(bee):\n    bee.rise()    # slowly\n\nfly(Bee())"),
    ]  # fmt: skip


def test_a_name_in_the_font_of_code_at_the_end_of_a_sentence_is_part_of_it() -> None:
    text = wrapped(f"{BEES} Their names are written in the file")
    name = Text("/etc/bees.", baseline=below(text, PITCH), font=CODE)
    assert blocks([*text, name]) == [Block(Kind.PROSE, f"{BEES} Their names are written in the file /etc/bees.")]


def test_text_that_is_all_in_one_font_for_code_is_text() -> None:
    assert blocks(wrapped(BEES, font=CODE)) == [Block(Kind.PROSE, BEES)]


def table(rows: list[tuple[str, str]], top: float, head: bool) -> list[Text]:
    return [
        Text(cell, LEFT + 150 * column, top - 14 * i, font=BOLD if head and i == 0 else "Helvetica")
        for i, row in enumerate(rows) for column, cell in enumerate(row)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "head", "kind"),
    [
        ([("Kind", "Where"), ("Queen", "hive"), ("Drone", "tree")], True, Kind.TABLE),
        ([("Kind", "Count"), ("Queen", "1"), ("Drone", "300")], False, Kind.TABLE),
        ([("Queen", "lays eggs"), ("Drone", "does not")], False, Kind.LINES),
    ],
)
def test_cells_that_stand_one_below_another_are_a_table(rows: list[tuple[str, str]], head: bool, kind: Kind) -> None:
    text = wrapped(BEES)
    assert blocks([*text, *table(rows, below(text), head)]) == [
        Block(Kind.PROSE, BEES), Block(kind, "\n".join(" | ".join(row) for row in rows)),
    ]  # fmt: skip


def test_a_cell_has_several_lines() -> None:
    text = wrapped(BEES)
    top = below(text)
    rows = table([("Queen", "lays eggs in cells"), ("Drone", "does not")], top, head=False)
    cells = [*rows[:2], Text("of wax", LEFT + 150, top - 12), *(Text(c.text, c.left, top - 26) for c in rows[2:])]
    assert blocks([*text, *cells])[1] == Block(Kind.LINES, "Queen | lays eggs in cells of wax\nDrone | does not")


def test_wide_space_in_one_line_is_not_a_table() -> None:
    assert blocks([Text("Bees fly"), Text("in spring.", LEFT + 120)]) == [Block(Kind.PROSE, "Bees fly in spring.")]
