"""Blocks are cut into passages that fit the encoder, and nothing but white space is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Link, Passage, Span
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.furniture import furniture
from retrieval.reading.segmentation import Segmentation, segment


@dataclass(frozen=True)
class Words:
    """A measure that can be counted by hand: a word is a word piece."""

    max_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def passages(segmentation: Segmentation) -> list[str]:
    return [segmentation.text[passage.start : passage.end] for passage in segmentation.passages]


def test_blocks_are_joined_by_blank_lines_and_numbered() -> None:
    blocks = [Block(Kind.PROSE, "One. Two."), Block(Kind.LINES, "- a\n- b"), Block(Kind.CODE, "x = 1")]
    assert segment(blocks, Words(100), "Title") == Segmentation(
        "One. Two.\n\n- a\n- b\n\nx = 1",
        (
            Passage(1, 0, 9, (), (Span(0, 4), Span(5, 9))),
            Passage(2, 11, 18, (), (Span(11, 14), Span(15, 18))),
            Passage(3, 20, 25, (), (Span(20, 25),)),
        ),
    )


def test_the_path_of_headings_is_the_section_and_is_not_quoted() -> None:
    blocks = [
        Block(Kind.PROSE, "Before."),
        Block(Kind.HEADING, "Title"),
        Block(Kind.HEADING, "Part", 2),
        Block(Kind.HEADING, "Chapter", 4),
        Block(Kind.PROSE, "Inside."),
        Block(Kind.HEADING, "Next chapter", 3),
        Block(Kind.PROSE, "Still inside."),
        Block(Kind.HEADING, "Next title"),
        Block(Kind.PROSE, "After."),
    ]
    result = segment(blocks, Words(100), "Title")
    assert passages(result) == ["Before.", "Inside.", "Still inside.", "After."]
    headings = [(), ("Part", "Chapter"), ("Part", "Next chapter"), ("Next title",)]
    assert [passage.headings for passage in result.passages] == headings
    assert [passage.section for passage in result.passages] == [
        None, "Part › Chapter", "Part › Next chapter", "Next title",
    ]  # fmt: skip


def test_a_heading_without_text_ends_the_section_of_its_level() -> None:
    blocks = [
        Block(Kind.HEADING, "Part", 2),
        Block(Kind.HEADING, "On Linux", LABEL_LEVEL),
        Block(Kind.PROSE, "Inside."),
        Block(Kind.HEADING, "", LABEL_LEVEL),
        Block(Kind.PROSE, "After."),
    ]
    result = segment(blocks, Words(100), "Title")
    assert result.text == "Part\n\nOn Linux\n\nInside.\n\nAfter."
    assert [(result.text[p.start : p.end], p.headings) for p in result.passages] == [
        ("Inside.", ("Part", "On Linux")),
        ("After.", ("Part",)),
    ]


def test_nothing_comes_of_nothing() -> None:
    assert segment([], Words(100), "Title") == Segmentation("", ())
    assert segment([Block(Kind.HEADING, "Only this")], Words(100), "Title").passages == ()


def test_a_long_paragraph_is_split_at_sentence_ends_into_about_even_parts() -> None:
    text = "Ants are very small. Bees make good honey. Cats sleep all day. Dogs bark at night. Eels live in water."
    assert passages(segment([Block(Kind.PROSE, text)], Words(20), "")) == [text]
    assert passages(segment([Block(Kind.PROSE, text)], Words(16), "")) == [
        "Ants are very small. Bees make good honey. Cats sleep all day.",
        "Dogs bark at night. Eels live in water.",
    ]
    assert passages(segment([Block(Kind.PROSE, text)], Words(7), "")) == text.replace(". ", ".|").split("|")


def test_a_long_list_is_split_between_its_items() -> None:
    items = [f"- item {letter} of the list" for letter in "abcdef"]
    parts = passages(segment([Block(Kind.LINES, "\n".join(items))], Words(13), ""))
    assert parts == ["\n".join(items[:2]), "\n".join(items[2:4]), "\n".join(items[4:])]


def test_a_sentence_that_is_too_long_is_cut_between_words() -> None:
    text = "Start here. one two three four five six seven eight nine ten, and so on. End."
    result = segment([Block(Kind.PROSE, text)], Words(5), "")
    assert [result.text[s.start : s.end] for passage in result.passages for s in passage.sentences] == [
        "Start here.",
        "one two three four five",
        "six seven eight nine ten,",
        "and so on.",
        "End.",
    ]
    assert max(Words(5).count_tokens(passages(result))) == 5


def test_code_stays_whole_however_long(encoder: SentenceTransformerEncoder) -> None:
    code = "\n".join(f"x{i} = compute({i})" for i in range(1_000))
    result = segment([Block(Kind.CODE, code), Block(Kind.PROSE, "The end.")], encoder, "")
    assert passages(result) == [code, "The end."]
    assert len(result.passages[0].sentences) == 1_000


def test_a_word_of_five_thousand_characters_is_one_word_piece_and_stays_whole(
    encoder: SentenceTransformerEncoder,
) -> None:
    text = f"The chemist wrote {'methyl' * 833}ic and went home. Nobody could read it."
    assert encoder.count_tokens([text]) == [13]
    assert passages(segment([Block(Kind.PROSE, text)], encoder, "")) == [text]


def test_long_words_that_are_many_word_pieces_are_cut(encoder: SentenceTransformerEncoder) -> None:
    # A text without spaces whose syllables are three word pieces each to this model; the stops keep words short enough.
    text = "한.국," * 400
    parts = passages(segment([Block(Kind.PROSE, text)], encoder, ""))
    assert "".join(parts) == text
    assert max(encoder.count_tokens(parts)) <= encoder.max_tokens == 254


def parts(blocks: list[Block], max_tokens: int) -> list[tuple[str | None, str]]:
    """Each passage's lead and text."""
    result = segment(blocks, Words(max_tokens), "")
    return [
        (result.text[p.lead.start : p.lead.end] if p.lead else None, result.text[p.start : p.end])
        for p in result.passages
    ]


def test_a_list_is_quoted_with_what_introduces_it() -> None:
    blocks = [Block(Kind.PROSE, "It is cold. Take these:"), Block(Kind.LINES, "- a hat\n- two gloves\n- a scarf")]
    assert parts(blocks, 20) == [(None, "It is cold. Take these:\n\n- a hat\n- two gloves\n- a scarf")]


def test_the_later_items_of_a_long_list_remember_what_introduces_the_list() -> None:
    blocks = [Block(Kind.PROSE, "Take these:"), Block(Kind.LINES, "- a hat\n- two gloves\n- a scarf\n- some boots")]
    assert parts(blocks, 8) == [
        (None, "Take these:\n\n- a hat\n- two gloves"),
        ("Take these:", "- a scarf\n- some boots"),
    ]


def test_a_paragraph_that_points_back_remembers_the_sentence_before_it() -> None:
    blocks = [Block(Kind.PROSE, "The lamp is old. It burns oil."), Block(Kind.PROSE, "It was lit in May.")]
    assert parts(blocks, 20) == [(None, "The lamp is old. It burns oil."), ("It burns oil.", "It was lit in May.")]


@pytest.mark.parametrize(
    ("between", "max_tokens"),
    [([Block(Kind.HEADING, "The lamp")], 20), ([Block(Kind.HEADING, "")], 20), ([], 11), ([], 7)],
    ids=["a heading", "the end of a section", "a long sentence before it", "no room for both"],
)
def test_a_paragraph_that_stands_apart_remembers_nothing(between: list[Block], max_tokens: int) -> None:
    blocks = [Block(Kind.PROSE, "It burns oil."), *between, Block(Kind.PROSE, "It was lit in May.")]
    assert parts(blocks, max_tokens)[-1] == (None, "It was lit in May.")


def test_a_long_list_is_cut_between_items_not_within() -> None:
    blocks = [Block(Kind.LINES, "- One is first. It leads.\n  It is short.\n- Two is next. It follows.")]
    assert parts(blocks, 12) == [
        (None, "- One is first. It leads.\n  It is short."),
        (None, "- Two is next. It follows."),
    ]


def test_the_later_rows_of_a_long_table_remember_its_head_and_introduction() -> None:
    rows = "Key | Use\na | up one\nb | down one\nc | left one\nd | right one"
    assert parts([Block(Kind.TABLE, rows)], 12) == [
        (None, "Key | Use\na | up one\nb | down one"),
        ("Key | Use", "c | left one\nd | right one"),
    ]
    assert parts([Block(Kind.PROSE, "Keys:"), Block(Kind.TABLE, rows)], 16) == [
        (None, "Keys:\n\nKey | Use\na | up one\nb | down one"),
        ("Keys:\n\nKey | Use", "c | left one\nd | right one"),
    ]


def test_no_passage_ends_with_an_introduction() -> None:
    blocks = [
        Block(Kind.PROSE, "It is cold out there. Wear a hat. Take these:"),
        Block(Kind.LINES, "- gloves\n- boots"),
    ]
    assert parts(blocks, 8) == [
        (None, "It is cold out there. Wear a hat."),
        (None, "Take these:\n\n- gloves\n- boots"),
    ]


def test_links_are_kept_beside_the_passage_that_holds_them() -> None:
    blocks = [
        Block(Kind.PROSE, "See the plan."),
        Block(Kind.PROSE, "Read on: the rest is here.", links=(Link(0, 7, "a.md"), Link(21, 25, "b.md"))),
    ]
    result = segment(blocks, Words(100), "")
    assert [p.links for p in result.passages] == [(), (Link(15, 22, "a.md"), Link(36, 40, "b.md"))]
    assert result.text[36:40] == "here"


PROSE = st.text(st.sampled_from("aAbéß 1.,!?…“”\"'()[]-–*\n"), max_size=200)
ANY = st.text(max_size=100)
LONG = st.lists(
    st.sampled_from(["word", "Longer", "end.", "“Yes!”", "한국어.가", "😀😀", "x" * 300, "a.b/c?d=" * 40, "\n"])
).map(lambda words: " ".join(words * 20))
BLOCKS = st.lists(st.builds(Block, st.sampled_from(Kind), PROSE | ANY | LONG), max_size=5)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(BLOCKS)
def test_passages_and_sentences_are_slices_in_order_that_leave_out_only_white_space(
    encoder: SentenceTransformerEncoder, blocks: list[Block]
) -> None:
    result = segment(blocks, encoder, "Title")
    assert result.text == "\n\n".join(block.text for block in blocks if block.text)
    assert [passage.number for passage in result.passages] == list(range(1, len(result.passages) + 1))
    spans = [sentence for passage in result.passages for sentence in passage.sentences]
    end = 0
    for span in spans:
        quoted = result.text[span.start : span.end]
        assert span.start >= end
        assert quoted
        assert quoted == quoted.strip()
        end = span.end
    for passage in result.passages:
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
    covered = "".join(result.text[span.start : span.end] for span in spans)
    kept = zip(blocks, furniture(blocks), strict=True)
    whole = "".join(block.text for block, dropped in kept if block.kind is not Kind.HEADING and not dropped)
    assert "".join(covered.split()) == "".join(whole.split())


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(st.builds(Block, st.sampled_from([Kind.PROSE, Kind.LINES]), PROSE | ANY | LONG), max_size=3))
def test_passages_fit_the_encoder(encoder: SentenceTransformerEncoder, blocks: list[Block]) -> None:
    parts = passages(segment(blocks, encoder, "Title"))
    assert all(count <= encoder.max_tokens for count in encoder.count_tokens(parts))


@pytest.mark.parametrize("unit", ["[", "a ", "- a\n", "A. "])
def test_the_encoder_counts_a_text_that_is_too_long_once(unit: str) -> None:
    """The encoder does not count a whole article at a time, which would fill the memory."""

    class Counting(Words):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            sizes.append(sum(map(len, texts)))
            return [len(text) for text in texts]

    read = []
    for size in (50_000, 100_000):
        sizes: list[int] = []
        segment([Block(Kind.LINES, (unit * size)[:size])], Counting(254), "Title")
        assert max(sizes) <= 40_000
        read.append(sum(sizes))
    assert read[1] <= 2.1 * read[0]
