"""Paragraphs and lists from the places of their lines."""

from __future__ import annotations

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import BOLD, LEFT, PITCH, TOP, Page, Text, below, pdf, wrapped

BEES = (
    "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive, and come "
    "home in "
    "the evening. They bring nectar from the lime trees behind the mill, and pollen from the fields below the "
    "road, which "
    "they keep in cells of wax."
)
WASPS = (
    "Wasps live in nests of paper under the roof and leave them in autumn, when the first cold nights have come "
    "and the "
    "fruit below the trees is eaten. Only the queens live through the winter, each alone in the bark of a tree."
)


def shown(*pages: Page) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_pdf(pdf(*pages)).blocks]


def prose(*texts: str) -> list[tuple[Kind, str]]:
    return [(Kind.PROSE, text) for text in texts]


def test_lines_are_joined_and_wider_space_parts_paragraphs() -> None:
    bees = wrapped(BEES)
    assert len(bees) > 2
    assert shown([*bees, *wrapped(WASPS, top=below(bees))]) == prose(BEES, WASPS)


def test_an_indented_line_begins_a_paragraph_behind_the_end_of_a_sentence() -> None:
    def indented(text: str, top: float) -> list[Text]:
        first, *others = wrapped(text, LEFT + 15, top, 385, hanging=-15)
        return [first, *others]

    bees = indented(BEES, TOP)
    assert shown([*bees, *indented(WASPS, below(bees, PITCH))]) == prose(BEES, WASPS)


def test_a_short_line_ends_a_paragraph() -> None:
    bees = wrapped(BEES)
    assert shown([*bees, *wrapped(WASPS, top=below(bees, PITCH))]) == prose(BEES, WASPS)


def test_a_sentence_goes_on_on_the_next_page() -> None:
    lines = wrapped(BEES)
    moved = [Text(line.text, baseline=TOP - PITCH * i) for i, line in enumerate(lines[2:])]
    assert shown([*wrapped(WASPS, top=TOP + 60), *lines[:2]], moved) == prose(WASPS, BEES)


def test_a_paragraph_ends_with_its_page_where_its_sentence_ends() -> None:
    assert shown(wrapped(BEES), wrapped(WASPS)) == prose(BEES, WASPS)


def test_a_hyphen_at_a_line_end_goes_with_it_unless_the_text_has_it_elsewhere() -> None:
    lines = ["The old beekeeper looks after a well-known hive, and the bee-", "keeper of the mill after a well-",
             "known swarm behind the long semi-", "detached house of the pollin-", "ator."]  # fmt: skip
    page = [Text(line, baseline=TOP - PITCH * i) for i, line in enumerate(lines)]
    assert shown(page) == prose(
        "The old beekeeper looks after a well-known hive, and the beekeeper of the mill after a well-known swarm "
        "behind the long semi-detached house of the pollinator."
    )


def test_items_of_a_list_are_lines_and_hang() -> None:
    first = wrapped(f"1. {WASPS}", LEFT + 10, hanging=12, width=390)
    second = wrapped("2. Hornets live in trees.", LEFT + 10, below(first, PITCH))
    assert shown([*first, *second, *wrapped(BEES, top=below(second))]) == [
        (Kind.LINES, f"1. {WASPS}\n2. Hornets live in trees."), (Kind.PROSE, BEES),
    ]  # fmt: skip


def test_a_list_in_a_list_is_indented() -> None:
    items = [("• Insects", 10.0), ("– Bees", 25.0), ("– Wasps", 25.0), ("• Birds", 10.0)]
    page = [Text(text, LEFT + left, TOP - PITCH * i) for i, (text, left) in enumerate(items)]
    assert shown(page) == [(Kind.LINES, "• Insects\n  – Bees\n  – Wasps\n• Birds")]


def test_an_item_has_several_paragraphs() -> None:
    first = wrapped(f"• {WASPS}", LEFT + 10, hanging=8, width=390)
    more = wrapped(BEES, LEFT + 18, below(first), width=382)
    second = wrapped("• Hornets live in trees.", LEFT + 10, below(more))
    assert shown([*first, *more, *second]) == [(Kind.LINES, f"• {WASPS}\n  {BEES}\n• Hornets live in trees.")]


def test_a_list_goes_on_on_the_next_page() -> None:
    lines = wrapped(f"• {WASPS}", LEFT + 10, hanging=8, width=390)
    moved = [Text(line.text, line.left, TOP - PITCH * i) for i, line in enumerate(lines[1:])]
    last = Text("• Hornets live in trees.", LEFT + 10, below(moved, PITCH))
    assert shown([*wrapped(BEES, top=TOP + 60), lines[0]], [*moved, last]) == [
        (Kind.PROSE, BEES), (Kind.LINES, f"• {WASPS}\n• Hornets live in trees."),
    ]  # fmt: skip


def test_a_dash_in_a_sentence_is_not_an_item() -> None:
    page = [
        Text("Bees fly to the lime trees behind the mill"),
        Text("- and they are many - until evening.", baseline=708),
    ]
    assert shown(page) == prose("Bees fly to the lime trees behind the mill - and they are many - until evening.")


def test_lines_that_were_ended_on_purpose_stay_lines() -> None:
    bees = wrapped(BEES)
    top = below(bees)
    address = [
        Text("The Hive", baseline=top),
        Text("Lime Road 4", baseline=top - 12),
        Text("Milltown", baseline=top - 24),
    ]
    assert shown([*bees, *address]) == [(Kind.PROSE, BEES), (Kind.LINES, "The Hive\nLime Road 4\nMilltown")]


def test_entries_that_hang_are_a_line_each() -> None:
    first = wrapped(f"bees: {BEES[:-1]}", hanging=20)
    second = wrapped(f"wasps: {WASPS}", top=below(first, PITCH), hanging=20)
    assert shown([*first, *second]) == [(Kind.LINES, f"bees: {BEES[:-1]}\nwasps: {WASPS}")]


def test_text_in_another_size_is_a_block_of_its_own() -> None:
    bees = wrapped(BEES)
    caption = wrapped("Picture 1. A hive in spring", top=below(bees, PITCH), size=8)
    assert parse_pdf(pdf([*bees, *caption])).blocks == [
        Block(Kind.PROSE, BEES), Block(Kind.PROSE, "Picture 1. A hive in spring"),
    ]  # fmt: skip


def test_bold_words_in_a_paragraph_are_part_of_it() -> None:
    lines = wrapped(BEES)
    assert shown([Text(lines[0].text, font=BOLD), *lines[1:]]) == prose(BEES)


def test_an_item_ends_its_list_where_text_stands_left_of_it() -> None:
    item = wrapped("• Hornets live in trees.", LEFT + 10)
    assert shown([*item, *wrapped(BEES, top=below(item, PITCH))]) == [
        (Kind.LINES, "• Hornets live in trees."), (Kind.PROSE, BEES),
    ]  # fmt: skip


def test_items_whose_lines_do_not_hang_go_on() -> None:
    first = wrapped(f"1. {WASPS}")
    second = wrapped(f"2. {BEES}", top=below(first, PITCH))
    assert shown([*first, *second]) == [(Kind.LINES, f"1. {WASPS}\n2. {BEES}")]


def test_a_second_paragraph_of_an_item_may_follow_at_once() -> None:
    first = wrapped(f"• {WASPS}", LEFT + 10, hanging=8, width=390)
    more = wrapped(BEES, LEFT + 18, below(first, PITCH), width=382)
    assert shown([*first, *more]) == [(Kind.LINES, f"• {WASPS}\n  {BEES}")]


def test_text_far_right_of_a_list_is_not_of_it() -> None:
    first = wrapped(f"• {WASPS}", LEFT + 10, hanging=8, width=390)
    more = wrapped(BEES, LEFT + 80, below(first), width=320)
    assert shown([*first, *more]) == [(Kind.LINES, f"• {WASPS}"), (Kind.PROSE, BEES)]


def test_an_outer_item_has_a_paragraph_behind_inner_items() -> None:
    items = [("• Insects", 10.0, 0), ("– Bees", 25.0, 1), ("They all fly.", 18.0, 3)]
    page = [Text(text, LEFT + left, TOP - PITCH * row) for text, left, row in items]
    assert shown(page) == [(Kind.LINES, "• Insects\n  – Bees\n  They all fly.")]
