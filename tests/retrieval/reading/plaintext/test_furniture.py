"""Page numbers, running heads and footers go, and the sentence that they cut in two goes on."""

from __future__ import annotations

from retrieval.reading.plaintext.furniture import without_furniture
from retrieval.reading.plaintext.lines import lines_of, wrap_width


def kept(text: str) -> list[str]:
    lines = lines_of(text)
    return [line.text for line in without_furniture(lines, wrap_width(lines))]


STANDARD = """\
   The buoy sends its name once a minute, and whoever hears it answers

Hall                         Standards Track                    [Page 1]

RFC 9999                     Talking Buoys                      May 2031


   within a second. A buoy that nobody answers falls silent.

Hall                         Standards Track                    [Page 2]

RFC 9999                     Talking Buoys                      May 2031

   Silence is reported."""


def test_the_feet_and_heads_of_a_standard_go() -> None:
    assert kept(STANDARD) == [
        "The buoy sends its name once a minute, and whoever hears it answers",
        "within a second. A buoy that nobody answers falls silent.",
        "",
        "Silence is reported.",
    ]


BOOK = """\
The ferry left the quay before
anybody had seen the

12

smoke that came out of its hold,
and when the wind

THE FERRY'S LAST SUMMER

turned there was no way back.
Nobody was hurt.

13

The harbour master wrote it all
down, so that the

THE FERRY'S LAST SUMMER

council could read it, and the
council read it with

14

care. A year went by.
It was a hard one.

THE FERRY'S LAST SUMMER

Then the new boat came,
which was white."""


def test_the_numbers_and_the_running_head_of_a_book_go() -> None:
    assert kept(BOOK) == [
        "The ferry left the quay before",
        "anybody had seen the",
        "smoke that came out of its hold,",
        "and when the wind",
        "turned there was no way back.",
        "Nobody was hurt.",
        "",
        "The harbour master wrote it all",
        "down, so that the",
        "council could read it, and the",
        "council read it with",
        "care. A year went by.",
        "It was a hard one.",
        "",
        "Then the new boat came,",
        "which was white.",
    ]


def test_what_repeats_between_whole_sentences_is_text() -> None:
    song = "\n\n".join(f"Verse {n} is sung\nby all.\n\nHEY HO\n\n{n}\n\nThe boat\nsails." for n in range(1, 6))
    assert kept(song) == song.split("\n")


def test_numbers_that_do_not_count_pages_are_text() -> None:
    scores = "\n\n".join(f"then the\nhome side had\n\n{n}\n\ngoals at\nthe end" for n in (9, 2, 7, 1))
    assert kept(scores) == scores.split("\n")


def test_a_word_torn_by_a_page_end_stays_together() -> None:
    text = "the har-\n\nPage 1\n\nbour is old.\n\nPage 2\n\nIt is deep."
    assert kept(text) == ["the har-", "bour is old.", "", "It is deep."]


def test_a_page_ends_where_a_capital_begins_unless_a_line_is_full() -> None:
    text = "They sailed to the\n\nPage 1\n\nOld quay\n\nPage 2\n\nby night."
    assert kept(text) == ["They sailed to the", "", "Old quay", "by night."]
    lines = [line.text for line in without_furniture(lines_of(text), 20)]
    assert lines == ["They sailed to the", "Old quay", "by night."]


def test_one_page_mark_is_text() -> None:
    assert kept("See\n\nPage 3\n\nfor more.") == ["See", "", "Page 3", "", "for more."]
