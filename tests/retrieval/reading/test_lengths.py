"""What the encoder is asked to count while blocks are cut into passages: little at a time, and nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.lengths import Measure
from retrieval.reading.segmentation import segment
from tests.support.measures import Words


@dataclass(frozen=True)
class Marks:
    """A measure that can be counted by hand: a "!" is a word piece. It remembers the lengths of what it counted."""

    max_tokens: int
    counted: list[list[int]] = field(default_factory=list)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        self.counted.append([len(text) for text in texts])
        return [text.count("!") for text in texts]


@dataclass(frozen=True)
class Threes:
    """A measure to which each character is three word pieces."""

    max_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [3 * len(text) for text in texts]


def passages(blocks: Sequence[Block], measure: Measure) -> list[str]:
    result = segment(blocks, measure, "")
    return [result.text[passage.start : passage.end] for passage in result.passages]


# Five sentences of 10,000 characters: with the spaces between them 50,004, of which the first 20,000 hold one "!".
SENTENCES = [letter + letter.lower() * 9_998 + "!" for letter in "ABCDE"]


@pytest.mark.parametrize(
    ("max_tokens", "groups"),
    [(5, [5]), (4, [3, 2]), (3, [3, 2]), (2, [2, 2, 1]), (1, [1, 1, 1, 1, 1])],
)
def test_a_text_longer_than_is_counted_at_once_is_counted_to_its_end(max_tokens: int, groups: list[int]) -> None:
    found = passages([Block(Kind.PROSE, " ".join(SENTENCES))], Marks(max_tokens))
    assert [passage.count("!") for passage in found] == groups


def test_what_is_too_long_is_not_counted_to_its_end_and_sentences_are_counted_together() -> None:
    measure = Marks(3)
    passages([Block(Kind.PROSE, " ".join(SENTENCES))], measure)
    assert measure.counted == [[20_000], [20_000], [10_004], [10_000, 10_000], [10_000, 10_000], [10_000]]
    measure = Marks(2)
    passages([Block(Kind.PROSE, " ".join(SENTENCES))], measure)
    assert measure.counted == [[20_000], [20_000], [10_000, 10_000], [10_000, 10_000], [10_000]]


def test_blocks_are_counted_together_and_equal_blocks_once() -> None:
    measure = Marks(1)
    passages([Block(Kind.PROSE, text) for text in ["Ants!", "Bees!", "Ants!"]], measure)
    assert measure.counted == [[5, 5]]


def test_blocks_are_counted_in_batches_of_20_000_characters() -> None:
    measure = Marks(1)
    texts = ["a" * 9_999, "b" * 10_000, "c", "d" * 9_999, "e" * 10_000, "f", "g"]
    passages([Block(Kind.PROSE, text) for text in texts], measure)
    assert measure.counted == [[9_999, 10_000, 1], [9_999, 10_000, 1], [1]]


def test_short_blocks_are_counted_in_batches_of_500_and_those_of_earlier_batches_not_again() -> None:
    measure = Marks(1)
    texts = [f"{i:03}" for i in range(500)]
    passages([Block(Kind.PROSE, text) for text in [*texts, *texts[:300], "Ants!", *texts[:199], "Bees!"]], measure)
    assert measure.counted == [[3] * 500, [5], [5]]


def test_the_lengths_of_too_many_short_blocks_are_forgotten() -> None:
    measure = Marks(1)
    texts = [f"{i:04}" for i in range(4_500)]
    passages([Block(Kind.PROSE, text) for text in [*texts, texts[0]]], measure)
    assert measure.counted == [*[[4] * 500] * 9, [4]]


def test_what_cannot_be_quoted_is_not_counted() -> None:
    measure = Marks(1)
    passages([Block(Kind.HEADING, "Insects"), Block(Kind.PROSE, "Ants!"), Block(Kind.PROSE, "* * *")], measure)
    assert measure.counted == [[5]]


def test_a_measure_that_leaves_out_a_text_is_noticed() -> None:
    class Forgetful(Words):
        def count_tokens(self, texts: Sequence[str]) -> list[int]:
            return super().count_tokens(texts)[1:]

    with pytest.raises(ValueError, match=r"^zip\(\) argument 2 is shorter than argument 1$"):
        passages([Block(Kind.PROSE, "Ants bite."), Block(Kind.PROSE, "Bees fly.")], Forgetful())


def test_a_text_that_fits_after_all_is_one_passage() -> None:
    """The first word of the second sentence is cut by the first window's edge, so that it is counted twice."""
    text = "Aaa " * 4_998 + "end. Bbbbbb is here."
    assert Words().count_tokens([text[:20_000], text[20_000:], text]) == [5_000, 3, 5_002]
    assert passages([Block(Kind.PROSE, text)], Words(5_002)) == [text]


def test_a_character_that_is_too_long_for_the_encoder_stays_whole() -> None:
    assert passages([Block(Kind.PROSE, "ab cd e")], Threes(2)) == ["a", "b", "c", "d", "e"]
