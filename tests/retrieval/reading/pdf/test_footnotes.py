"""Footnotes are quoted by themselves, behind the paragraph they stand below; their numbers leave the text."""

from __future__ import annotations

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import LEFT, TOP, Page, Text, pdf, wrapped

BEES = "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive."


def blocks(*pages: Page) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_pdf(pdf(*pages)).blocks]


def raised(after: Text, mark: str) -> Text:
    return Text(mark, after.left + after.width + 0.2, after.baseline + 3.5, 6)


def note(mark: str, text: str, baseline: float) -> list[Text]:
    sign = Text(mark, LEFT + 10, baseline + 2.5, 5)
    return [sign, Text(text, LEFT + 10 + sign.width + 1, baseline, 8)]


def test_a_note_stands_behind_its_paragraph_without_its_number_in_the_text() -> None:
    first = Text("Bees fly in spring.")
    second = Text("They come home.", first.left + first.width + 10)
    page = [first, raised(first, "1"), second, *note("1", "Not in the rain.", 60)]
    assert blocks(page) == [(Kind.PROSE, "Bees fly in spring. They come home."), (Kind.LINES, "1. Not in the rain.")]


def test_a_sentence_goes_on_on_the_next_page_over_a_note() -> None:
    first, second = wrapped(f"{BEES} They come home in the evening and bring nectar.")[:2]
    page = [Text(first.text), raised(first, "*"), *note("*", "Not in the rain.", 60)]
    assert blocks(page, [Text(second.text)]) == [
        (Kind.PROSE, f"{first.text} {second.text}"), (Kind.LINES, "* Not in the rain."),
    ]  # fmt: skip


def test_a_note_has_several_lines_and_goes_on_on_the_next_page() -> None:
    text = Text("Bees fly in spring.")
    one = [text, raised(text, "12"), *note("12", "Not in the", 60), Text("rain, and not", LEFT, 50, 8)]
    two = [*wrapped(BEES), Text("in the cold.", LEFT, 50, 8)]
    assert blocks(one, two, wrapped(BEES)) == [
        (Kind.PROSE, "Bees fly in spring."), (Kind.LINES, "12. Not in the rain, and not"), (Kind.PROSE, BEES),
        (Kind.LINES, "in the cold."), (Kind.PROSE, BEES),
    ]  # fmt: skip


def test_raised_numbers_that_lead_to_no_note_stay() -> None:
    text = Text("A hive has an area of 3 m")
    page = [*wrapped(BEES), Text(text.text, baseline=600), raised(Text(text.text, baseline=600), "2")]
    assert blocks(page) == [(Kind.PROSE, BEES), (Kind.PROSE, "A hive has an area of 3 m2")]


def test_small_text_at_the_foot_is_not_a_note_without_a_number() -> None:
    assert blocks([*wrapped(BEES), Text("Made by the bees.", baseline=60, size=8)]) == [
        (Kind.PROSE, BEES), (Kind.PROSE, "Made by the bees."),
    ]  # fmt: skip


def test_a_page_of_one_size_has_no_notes() -> None:
    assert parse_pdf(pdf([Text("1 Bees fly.", baseline=TOP)])).blocks == [Block(Kind.PROSE, "1 Bees fly.")]


def test_a_number_that_stands_alone_in_the_text_goes_with_the_others() -> None:
    alone = [Text("1", LEFT + 5, 503, 6), Text("Bees fly in spring.", LEFT + 60, 500)]
    assert blocks([*wrapped(BEES), *alone, *note("1", "Not in the rain.", 60)]) == [
        (Kind.PROSE, BEES), (Kind.PROSE, "Bees fly in spring."), (Kind.LINES, "1. Not in the rain."),
    ]  # fmt: skip


def test_another_raised_number_on_the_page_of_a_note_stays() -> None:
    text = Text("A hive has an area of 3 m")
    more = Text("and room for bees.", text.left + text.width + 8)
    page = [text, raised(text, "2"), more, raised(more, "1"), *note("1", "Not in the rain.", 60)]
    assert blocks(page) == [
        (Kind.PROSE, "A hive has an area of 3 m2 and room for bees."), (Kind.LINES, "1. Not in the rain."),
    ]  # fmt: skip
