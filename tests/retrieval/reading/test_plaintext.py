"""Text as scrapers leave it becomes the paragraphs that its author wrote."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.reading.plaintext import parse_plaintext
from retrieval.reading.segmentation import Block, Kind
from tests.support.scraped_article import scraped_articles

FERRY = [
    "The ferry to Skarholm stopped running in March, when its engine failed for the third time in a year. "
    "Since then, islanders have crossed the sound in fishing boats.",
    "According to the harbour office, a new engine costs £240,000. The owner, Norra Lines Ltd. of Visby, says "
    "that it “cannot and will not” pay so much. It has asked the U.S. maker for a cheaper one.",
    "Some people have given up waiting. “We bought a boat,” said a teacher, who crosses each day at 6.45 a.m. to "
    "be at school on time. “And it leaks.”",
    "The council will meet on Thursday.",
    "Norra Lines did not want to comment – for now – on when the ferry might sail again.",
]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in parse_plaintext(normalise(text))]


def broken(*places: str, between: str = "\n") -> str:
    """The ferry's story with single newlines between paragraphs and line breaks at the spaces marked by "|"."""
    text = between.join(FERRY)
    for place in places:
        assert text.count(place.replace("|", " ")) == 1
        text = text.replace(place.replace("|", " "), place.replace("|", "\n"))
    return text


LINKS = broken("ferry to|Skarholm", "owner,|Norra", "the|U.S.|maker", "people|have", "it|“cannot", "not”|pay")
ABBREVIATIONS = broken("Lines Ltd.|of", "the U.S.|maker", "6.45 a.m.|to")
DASHES = broken("comment|– for", "now|– on")
QUOTES = broken("it|“cannot", "not”|pay", "boat,”|said")
BLANKS = broken("stopped|running", "fishing|boats", "office,|a", "owner,|Norra", "the|U.S.", "teacher,|who")


SCRAPED_ENDS = {
    "made": [
        ("The council of", "a radio station."),
        ("On a page", "or Easter Head."),
        ("The guild adds", "a quiet summer.”"),
        ("On Tuesday a", "of the county."),
        ("During the spring", "storm’s first night."),
        ("Pumps for Northness", "water is “confidential.”"),
        ("Skippers were brief", "horns at noon."),
        ("For its part", "printed on posters."),
        ("The council calls", "feet for everyone."),
        ("Neither the council", "answered our letters."),
    ],
    "published": [
        ("Elon Musk spoke", "has been claimed."),
        ("In a mailout", "Kherson and Zaporizhzhia."),
        ("According to Bremmer,", "avoid that outcome.”"),
        ("Last week, Musk", "the United Nations."),
        ("Musk earlier this", "after Russia’s invasion."),
        ("Bremmer wrote that", "battlefield is “classified.”"),
        ("The Ukrainian response", "own Twitter poll."),
        ("Meanwhile the Kremlin", "Russian state media."),
        ("Musk says he", "avoid nuclear war."),
        ("Tesla and Musk", "contacted for comment."),
    ],
}


@pytest.mark.parametrize("name", scraped_articles())
def test_a_scraped_article_has_ten_paragraphs(name: str) -> None:
    blocks = parse_plaintext(normalise(scraped_articles()[name]))
    ends = [(" ".join(b.text.split()[:3]), " ".join(b.text.split()[-3:])) for b in blocks]
    assert ends == SCRAPED_ENDS[name]
    assert {block.kind for block in blocks} == {Kind.PROSE}
    assert not any("\n" in block.text or "  " in block.text for block in blocks)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(FERRY), id="single newlines"),
        pytest.param("\n\n".join(FERRY), id="blank lines"),
        pytest.param("\n \n\t\n".join(FERRY), id="blank lines of spaces"),
        pytest.param("\n* * *\n".join(FERRY), id="stars between"),
        pytest.param("\n\n-----\n\n".join(FERRY), id="rules between"),
        pytest.param(LINKS, id="breaks at links"),
        pytest.param(BLANKS.replace("\n", "\n\n"), id="blank lines in mid-sentence"),
        pytest.param(ABBREVIATIONS, id="breaks after abbreviations"),
        pytest.param(DASHES, id="dashes at line starts"),
        pytest.param(QUOTES, id="quotes at line starts and ends"),
        pytest.param(LINKS.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(LINKS.replace("\n", "\r"), id="CR"),
        pytest.param(LINKS.replace("\n", "\u2028"), id="line separators"),
        pytest.param("\u2029".join(FERRY), id="paragraph separators"),
        pytest.param("\f".join(FERRY), id="form feeds"),
        pytest.param(LINKS.replace("\n", "   \n\t"), id="spaces at line ends and starts"),
        pytest.param(LINKS.replace(" ", "\N{NO-BREAK SPACE}"), id="NBSP"),
        pytest.param(LINKS.replace(" ", " \N{ZERO WIDTH SPACE} \t"), id="zero-width characters and tabs"),
        pytest.param("\ufeff" + "\u200b\u200e\u00ad\u2060\x00\x1b".join(LINKS), id="unseen characters everywhere"),
    ],
)
def test_the_paragraphs_come_back(text: str) -> None:
    assert paragraphs(text) == FERRY


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_text_wrapped_at_a_width_comes_back(width: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, width) for paragraph in FERRY)
    assert paragraphs(text) == FERRY


def test_wrapped_text_may_have_a_line_that_is_too_long() -> None:
    address = "It is all at https://norra.example.org/ferries/2026/skarholm/timetable/and-what-became-of-it."
    text = "\n\n".join(textwrap.fill(p, 72, break_long_words=False, break_on_hyphens=False) for p in [*FERRY, address])
    assert paragraphs(text) == [*FERRY, address]


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


def test_text_without_any_paragraph_break_is_cut_where_a_space_is_missing() -> None:
    assert paragraphs("".join(FERRY)) == FERRY
    assert paragraphs(broken("ferry to|Skarholm", "the|U.S.|maker", between="")) == FERRY
    parts = [
        "It was, it has been claimed.",
        "In a letter of 2014.",
        "“Never,” she wrote.",
        "He called it “a lie.”",
        'Then he said: "No."',
        '"Yes," said the woman (aged 40).',
        "A man laughed.",
    ]
    assert paragraphs("".join(parts)) == parts


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\n\nh"),
        ("a\u00a0b\u2003c\u3000d\te", "a b c d\te"),
        ("a\u200bb\u00ad\ufeff\x00\x1b\u202ec\u2066d", "abcd"),
        ("e\u0301 e\u200b\u0301", "é é"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
        ("«¡?!» — 東京", "«¡?!» — 東京"),
        ("a" + "\u0301" * 99, "á" + "\u0301" * 98),
        ("a" + "\u0301" * 100 + "b", "ab"),
    ],
)
def test_characters_are_repaired(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_accents_without_end_take_no_time() -> None:
    # Unicode normalisation alone would take some minutes over each.
    for accents in ("\u0301\u0316", "\u0f73", "\u200b\u0301\u0316"):
        assert normalise("a" + accents * 400_000) == "a"


ANY = st.text(max_size=300) | st.text(st.sampled_from("aB1 .!?,-–*“”()[]\n\r\t\u00a0\u200b\u0301\u2029"), max_size=300)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY)
def test_repair_leaves_nothing_to_repair(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not re.search(r"[^\S\n\t ]", once)
    assert not any(unicodedata.category(char) == "Cc" for char in once if char not in "\n\t")


@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY)
def test_blocks_leave_out_only_white_space_and_separators(text: str) -> None:
    text = normalise(text)
    kept = "".join("".join(block.text.split()) for block in parse_plaintext(text))
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    assert kept == "".join("".join(line.split()) for line in lines if not re.fullmatch(r"[-–—*_=~#•·+ ]{3,}", line))


WORDS = st.sampled_from(
    [
        "the",
        "old",
        "ferry",
        "and",
        "Skarholm",
        "of",
        "Norra",
        "Lines",
        "was",
        "bought",
        "by",
        "12",
        "islanders",
        "who",
        "Visby",
        "says",
    ]
)
ENDS = st.sampled_from([".", "?", "!", ".”", "…"])


@st.composite
def sentence(draw: Callable[[st.SearchStrategy[str]], str]) -> str:
    words = [draw(WORDS) for _ in range(int(draw(st.sampled_from(["4", "9", "15"]))))]
    text = " ".join(["Today", *words, "sailed"])
    end = draw(ENDS)
    return f"“{text}{end}" if end.endswith("”") else f"{text}{end}"


PARAGRAPHS = st.lists(st.lists(sentence(), min_size=1, max_size=4).map(" ".join), min_size=2, max_size=6)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(PARAGRAPHS, st.randoms(use_true_random=False), st.sampled_from(["\n", "\r\n", " \n", "\n "]))
def test_breaks_in_mid_sentence_are_repaired(written: list[str], chance: Random, newline: str) -> None:
    def broken_up(paragraph: str) -> str:
        return re.sub(r"(?<![.?!…”]) ", lambda _: newline if chance.random() < 0.1 else " ", paragraph)

    assert paragraphs(newline.join(map(broken_up, written))) == written


def with_short_last_line(paragraph: str, width: int) -> str:
    """In wrapped text a paragraph whose last line happens to be full cannot be told from one that goes on."""
    while len(textwrap.wrap(paragraph, width)[-1]) > width / 2:
        paragraph += " So it is."
    return paragraph


LONG_PARAGRAPHS = st.lists(st.lists(sentence(), min_size=6, max_size=8).map(" ".join), min_size=2, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(LONG_PARAGRAPHS, st.integers(50, 90), st.sampled_from(["\n", "\n\n"]))
def test_wrapped_paragraphs_are_repaired(written: list[str], width: int, between: str) -> None:
    written = [with_short_last_line(paragraph, width) for paragraph in written]
    assert paragraphs(between.join(textwrap.fill(paragraph, width) for paragraph in written)) == written
