"""Text as scrapers leave it becomes the paragraphs that its author wrote."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.reading.blocks import Kind
from retrieval.reading.plaintext.parsing import parse_plaintext
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


def broken(*breaks: str, between: str = "\n") -> str:
    """The ferry's story with single newlines between paragraphs and line breaks at the spaces marked by "|"."""
    text = between.join(FERRY)
    for words in breaks:
        assert text.count(words.replace("|", " ")) == 1
        text = text.replace(words.replace("|", " "), words.replace("|", "\n"))
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
@given(PARAGRAPHS, st.randoms(use_true_random=True), st.sampled_from(["\n", "\r\n", " \n", "\n "]))
def test_breaks_in_mid_sentence_are_repaired(written: list[str], chance: Random, newline: str) -> None:
    def broken_up(paragraph: str) -> str:
        return re.sub(r"(?<![.?!…”]) ", lambda _: newline if chance.random() < 0.1 else " ", paragraph)

    assert paragraphs(newline.join(map(broken_up, written))) == written


def with_short_last_line(paragraph: str, width: int) -> str:
    """The paragraph with a short last line: in wrapped text a paragraph seems to go on after a full last line."""
    while len(textwrap.wrap(paragraph, width)[-1]) > width / 2:
        paragraph += " So it is."
    return paragraph


LONG_PARAGRAPHS = st.lists(st.lists(sentence(), min_size=6, max_size=8).map(" ".join), min_size=2, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(LONG_PARAGRAPHS, st.integers(50, 90), st.sampled_from(["\n", "\n\n"]))
def test_wrapped_paragraphs_are_repaired(written: list[str], width: int, between: str) -> None:
    written = [with_short_last_line(paragraph, width) for paragraph in written]
    assert paragraphs(between.join(textwrap.fill(paragraph, width) for paragraph in written)) == written
