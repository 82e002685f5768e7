"""Where the paragraphs and lists of plain text end, and nothing but white space and separators is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.joining import joined
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.parsing import parse_plaintext


def paragraphs(text: str) -> list[str]:
    return [block.text for block in parse_plaintext(normalise(text))]


def test_lines_of_like_length_that_end_sentences_are_not_taken_for_wrapped_text() -> None:
    lines = [
        "The mayor said on Monday that the bridge would stay closed for weeks.",
        "The ferry runs every hour instead, and it costs nothing until Easter.",
        "Nobody knows who pays for it after that, said a man from the council.",
        "The bridge is the only one in town, so the queue at the quay is long.",
        "Some drive around the bay, but that is more than an hour on bad roads.",
        "A new one was promised.",
    ]
    assert paragraphs("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text", ["Mrs.Jones works at Acme Inc.Sales rose.", "The U.S.Army has ASP.NET and e.g.Python."]
)
def test_other_missing_spaces_cut_nothing(text: str) -> None:
    assert paragraphs(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The firm is Acme Inc.\nShares rose.", ["The firm is Acme Inc. Shares rose."]),
        ("It was the U.S.\nArmy that came.", ["It was the U.S. Army that came."]),
        ("In the year\n2014. Then it ended.\n12 people came.", ["In the year 2014. Then it ended.", "12 people came."]),
        ("It is “over.”\nShe left (for good).\n“So what?”", ["It is “over.”", "She left (for good).", "“So what?”"]),
        ("It began in 1990.[4]\nIt went on.[citation needed]\nIt ended.", None),
        ("Why?\nBecause.\nSo it is!\nNo…\nYes.", None),
        ("It ended.\nand so on.", ["It ended. and so on."]),
        ("Il a vu la Première ministre\n\nélue en mai.", ["Il a vu la Première ministre élue en mai."]),
        ("He said “\nfuck off\n,” and left (\nagain\n)\n.", ["He said “fuck off,” and left (again)."]),
        ("They are pro-\nUkraine.", ["They are pro-Ukraine."]),
        ("He waited -\nand left.", ["He waited - and left."]),
        ("It is so\n... or not.", ["It is so ... or not."]),
        ("A headline\n\nThe text begins. It goes on.", ["A headline", "The text begins. It goes on."]),
        ("A headline\n=====\nThe text begins.", ["A headline", "The text begins."]),
        ("He wrote this:\n\nNothing is over.", ["He wrote this:", "Nothing is over."]),
        ("One.\n\n\n\nTwo.", ["One.", "Two."]),
        ("第一段。\n\n第二段。", ["第一段。", "第二段。"]),
        ("one two", ["one two"]),
        ("* * *\n\n—————\n", []),
        (" \n\t\n", []),
        ("", []),
    ],
)
def test_where_paragraphs_end(text: str, expected: list[str] | None) -> None:
    assert paragraphs(text) == (text.split("\n") if expected is None else expected)


@pytest.mark.parametrize("end", ["Acme Inc.", "the U.S.", "J. R.", "p.m.", "1990. 2014."])
def test_what_stands_far_from_a_line_break_does_not_end_a_paragraph(end: str) -> None:
    for words in range(80):
        before = " ".join(["All of them said that", *["they"] * words, f"it was {end}"])
        after = "Smith came." + " It is so." * words
        assert paragraphs(f"{before}\n{after}") == [f"{before} {after}"]


@pytest.mark.parametrize("end", ["over.", "“over.”", "in chapter IV.", "in 1990.[4][citation needed]", "£3.50."])
def test_what_stands_far_from_a_line_break_does_not_keep_a_paragraph_from_ending(end: str) -> None:
    for words in range(80):
        before = " ".join(["All of them said that", *["they"] * words, f"it was {end}"])
        after = "Smith came." + " It is so." * words
        assert paragraphs(f"{before}\n{after}") == [before, after]


def test_lists_are_one_block_each_with_a_line_an_item() -> None:
    text = """\
You need:
- a rope that is long enough to reach from one bank of the river to the other
- two
  strong friends

• a boat
The boat should float.
1. Get in.
2) Row.
Then rest. It is one of
- as they say - the finer things.
"""
    rope = "- a rope that is long enough to reach from one bank of the river to the other"
    assert parse_plaintext(text) == [
        Block(Kind.PROSE, "You need:"),
        Block(Kind.LINES, f"{rope}\n- two strong friends\n• a boat The boat should float.\n1. Get in.\n2) Row."),
        Block(Kind.PROSE, "Then rest. It is one of - as they say - the finer things."),
    ]


def test_a_list_without_full_stops_ends_at_a_blank_line() -> None:
    items = [f"- the {number} of many things that stand in this list" for number in ("first", "second", "third")]
    assert parse_plaintext("\n".join(items) + "\n\nA paragraph follows.") == [
        Block(Kind.LINES, "\n".join(items)),
        Block(Kind.PROSE, "A paragraph follows."),
    ]


ANY = st.text(max_size=300) | st.text(st.sampled_from("aB1 .!?,-–*“”()[]\n\r\t\u00a0\u200b\u0301\u2029"), max_size=300)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY)
def test_blocks_leave_out_only_white_space_and_separators(text: str) -> None:
    text = normalise(text)
    kept = "".join("".join(block.text.split()) for block in parse_plaintext(text))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    assert kept == "".join("".join(line.split()) for line in lines if not re.fullmatch(r"[-–—*_=~#•·+ ]{3,}", line))


WRAPPED = """\
It is a ferry of no great beauty, built by the yard whose name nobody
in Skarholm will say aloud, and it sails whatever the sea may think,
and so the council has asked for a well-kept ferry many times, but it
has nothing to show for it but letters, of which every one is kept, too."""


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("many letters of the coun-\ncil are lost.", "many letters of the council are lost."),
        ("they want a well-\nkept ferry.", "they want a well-kept ferry."),
        ("they want a non-\nsmoking ferry.", "they want a non-smoking ferry."),
        ("they want a show-\nferry.", "they want a show-ferry."),
        ("they want a quick fer-\nryman.", "they want a quick ferryman."),
    ],
)
def test_a_word_that_a_line_end_tears_is_whole_again(torn: str, whole: str) -> None:
    assert paragraphs(f"{WRAPPED}\n\n{WRAPPED}\n\n{torn}")[-1] == whole


def test_lists_in_wrapped_text() -> None:
    text = """

Bring along:
  * a rope that reaches from one bank of the river to the other and back
    again, for nobody knows how wide it is;

    Ropes are sold on the quay.

  * a boat:
      - with oars
      - without a leak
  * a friend
And then row."""
    assert parse_plaintext(WRAPPED + text)[1:] == [
        Block(Kind.PROSE, "Bring along:"),
        Block(
            Kind.LINES,
            "* a rope that reaches from one bank of the river to the other and back again, for nobody knows how wide "
            "it is; Ropes are sold on the quay.\n* a boat:\n  - with oars\n  - without a leak\n* a friend",
        ),
        Block(Kind.PROSE, "And then row."),
    ]


def test_items_that_lie_very_deep_are_indented_no_further() -> None:
    items = [f"{'  ' * i}- {'deep ' * 4}".rstrip() for i in range(12)]
    [block] = parse_plaintext("\n".join(items))
    assert block == Block(Kind.LINES, "\n".join(f"{'  ' * min(i, 8)}- deep deep deep deep" for i in range(12)))


def test_no_lines_are_no_blocks() -> None:
    assert list(joined([], Layout([], None))) == []


def test_a_paragraph_may_begin_with_an_indented_line() -> None:
    whole = WRAPPED.replace("\n", " ")
    assert paragraphs(f"  {WRAPPED}\n  {WRAPPED}") == [whole, whole]


def test_what_is_shown_in_mid_sentence_does_not_end_it() -> None:
    assert paragraphs(f"{WRAPPED}\n\nTo sail, say\n\n    sail now please\n\nand wait.")[1:] == [
        "To sail, say sail now please and wait."
    ]
