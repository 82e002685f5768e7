"""Two columns are read one after the other, however the page draws them."""

from __future__ import annotations

from dataclasses import replace

from retrieval.reading.pdf.document import parse_pdf
from tests.support.pdfs import LEFT, Text, below, pdf, texts, wrapped

BEES = (
    "Bees live in hives and fly out in the morning, when the sun has warmed the board before the hive, and come "
    "home in "
    "the evening with nectar from the lime trees behind the mill, and with pollen from the fields below the road."
)
WASPS = (
    "Wasps live in nests of paper under the roof and leave them in autumn, when the first cold nights have come "
    "and the "
    "fruit below the trees is eaten, and only the queens live through the winter, each alone in the bark of a tree."
)
BESIDE = LEFT + 230


def columns(left: str, right: str) -> tuple[list[Text], list[Text]]:
    return wrapped(left, width=200), wrapped(right, BESIDE, width=200)


def read(page: list[Text]) -> list[str]:
    return [block.text for block in parse_pdf(pdf(page)).blocks]


def test_columns_that_are_drawn_one_after_the_other() -> None:
    left, right = columns(BEES, WASPS)
    assert read([*left, *right]) == [BEES, WASPS]


def test_columns_that_are_drawn_row_by_row() -> None:
    left, right = columns(BEES, WASPS)
    assert read(list(texts(left, right))) == [BEES, WASPS]


def test_a_sentence_goes_on_in_the_next_column() -> None:
    whole = f"{BEES} {WASPS} {BEES}"
    lines = wrapped(whole, width=200)
    half = len(lines) // 2
    right = [Text(line.text, BESIDE, lines[i].baseline) for i, line in enumerate(lines[half:])]
    assert read(list(texts(lines[:half], right))) == [whole]


def test_what_stands_over_both_columns_stays_above_and_below_them() -> None:
    left, right = columns(BEES, WASPS)
    title = [Text("Insects of our gardens and of the fields around the old mill", baseline=760, size=14)]
    after = wrapped("Both live together with people, and both are looked after by the beekeeper of the mill now.",
                    top=below([*left, *right]), width=430)  # fmt: skip
    assert read([*title, *texts(left, right), *after]) == [title[0].text, BEES, WASPS, " ".join(t.text for t in after)]


def test_short_cells_are_a_table_and_not_columns() -> None:
    rows = [(Text(f"Hive {n}", LEFT, 700 - 14 * n), Text(f"{n} bees.", BESIDE, 700 - 14 * n)) for n in range(8)]
    assert read([cell for row in rows for cell in row]) == ["\n".join(f"Hive {n} | {n} bees." for n in range(8))]


def test_lines_that_one_column_has_alone_stay_in_it() -> None:
    left, right = columns(f"{BEES} {BEES}", WASPS)
    assert len(left) > len(right) + 2
    assert read(list(texts(left, right))) == [f"{BEES} {BEES}", WASPS]
    assert read(list(texts(right_of(left), left_of(right)))) == [WASPS, f"{BEES} {BEES}"]


def right_of(lines: list[Text]) -> list[Text]:
    return [replace(line, left=BESIDE) for line in lines]


def left_of(lines: list[Text]) -> list[Text]:
    return [replace(line, left=LEFT) for line in lines]
