"""Where the sentences of prose, lists and code end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nupunkt import sent_spans

from retrieval.article import Span
from retrieval.language.sentence_ends import SentenceEnds
from retrieval.reading.blocks import Kind
from retrieval.reading.sentences import sentences_in, split_sentences


def sentences(text: str, kind: Kind = Kind.PROSE) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text, kind)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Hale met Mr. Ode at 3.30 p.m. on Monday.", "They left at once."],
        ["The U.S. Navy paid £3.50 a head.", "It was too much."],
        ["Some 2.7 million came in 2014.", "In 2015 there were 3.1 million."],
        ["J. K. Rowling wrote it.", "George W. Bush did not."],
        ["See fig. 3 and p. 12, e.g. the table.", "Then turn the page."],
        ["The ship (est. 1999) sank, i.e. it is gone.", "No. 5 was lost, too."],
        ["Read https://example.org/a.b?c=d first.", "Then ask."],
        ["One of them told him to “fuck off,” while the other laughed."],
        ["He said “No.”", "Then he left."],
        ['"Why?" she asked.', '"Because!" he said.'],
        ["He asked “Why me?” and sat down.", "She cried “Stop!”", "Then all was still."],
        ["‘I am here.’", "‘So am I.’"],
        ["Wait... what?", "He left…", "She stayed."],
        ["Is it?!", "It is (he says) too late.", "(It was not.)"],
        ["2. The second point.", "3. The third point."],
        ["It began in 1990.[4]", "It went on.[5][a]", "So they say.[citation needed]"],
        ["It is over.", "[He means the war.]", "She agrees."],
        ["Hello. ...", "Good day."],
        ["Only a heading"],
        ["..."],
        ["2."],
        ["“”"],
        [],
    ],
)
def test_sentences_of_prose(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_blank_block_in_a_text_has_no_sentences() -> None:
    assert sentences_in("Ants.\n\n \n\nBees.", Span(7, 8), Kind.PROSE) == []


def test_blanks_behind_the_last_sentence_are_no_sentence() -> None:
    assert split_sentences("渡る。 ", ends=SentenceEnds()) == [Span(0, 3)]


def test_a_footnote_mark_at_the_start_belongs_to_the_sentence_after_it() -> None:
    assert sentences(" [4] It went on. It ended.") == ["[4] It went on.", "It ended."]


def test_a_line_break_in_prose_ends_no_sentence() -> None:
    assert sentences("The first line\ngoes on. The second\nends.") == ["The first line\ngoes on.", "The second\nends."]


def test_each_line_of_a_list_is_sentences_of_its_own_with_its_bullet() -> None:
    assert sentences("- Apples\n- Pears. They are ripe.\n\n  2. Plums", Kind.LINES) == [
        "- Apples",
        "- Pears.",
        "They are ripe.",
        "2. Plums",
    ]


def test_each_line_of_code_is_a_sentence_whatever_stands_in_it() -> None:
    assert sentences('if a:\n    say("Yes. No.")\n\n...', Kind.CODE) == ["if a:", 'say("Yes. No.")', "..."]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(st.sampled_from("aB1.!?…\"”’')]}*»[( -\t,:;_")))
def test_the_segmenter_is_left_out_only_where_it_finds_one_sentence(text: str) -> None:
    if not re.search(r"[.!?…](?=[^\w.…])", text):
        assert len(sent_spans(text)) <= 1


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.from_regex(r"[0-9]{1,6}\. ", fullmatch=True), st.text(st.sampled_from("aB1.!?…\"”’')]}*»[( -\t,:;_")))
def test_an_item_with_no_full_stop_but_the_number_s_is_a_single_sentence(number: str, item: str) -> None:
    if re.match(r"\w", item) and not re.search(r"[.!?…](?=[^\w.…])", item):
        segmented = [(number + item)[start:end] for start, end in sent_spans(number + item)]
        assert segmented in ([number + item], [number, item])
        assert sentences(number + item) == [(number + item).strip()]


@pytest.mark.parametrize("join", [" ", " constantinople "])
def test_a_paragraph_longer_than_the_segmenter_is_given_at_once_has_the_same_sentences(join: str) -> None:
    told = [f"Dr. Hale met no. {i} of the men at 3.30 p.m.{join}and they left." for i in range(3_000)]
    assert sentences(" ".join(told)) == told


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("He is it! " * 4_000, [40_000]),
        # Cut after the first word in the second 20,000 characters, or rather before the first long word in them.
        ("He is it! " * 4_000 + "A", [20_003, 19_998]),
        ("He is it! " * 3_000 + "A constant! " + "He is it! " * 4_000, [30_002, 20_003, 20_007]),
        ("?!" * 50_000, [40_000, 40_000, 20_000]),
    ],
)
def test_the_segmenter_is_shown_20_000_to_40_000_characters(
    text: str, windows: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []

    def watched(text: str) -> list[tuple[int, int]]:
        shown.append(len(text))
        return list(sent_spans(text))

    monkeypatch.setattr("retrieval.reading.sentences.sent_spans", watched)
    sentences(text)
    assert shown == windows


def test_a_word_without_end_is_kept_in_its_sentence() -> None:
    # The segmenter alone would take a minute over the word.
    word = "!?" * 50_000 + "no"
    expected = ["It began.", f"He cried {word} and left.", f"She cried “{word}.”", "It ended."]
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("mark", ["[-]", "[ ] ", "[_][*] "])
def test_what_looks_like_footnotes_and_like_punctuation_is_read_in_one_way_only(mark: str) -> None:
    """A pattern that reads the marks in two ways takes longer than the age of the world over two hundred marks."""
    assert sentences(f"Hello there, friend. {mark * 200}a goes on.") == [
        "Hello there, friend.",
        f"{mark * 200}a goes on.",
    ]
    assert sentences(f"Hello there, friend. {mark * 200}") == [f"Hello there, friend. {(mark * 200).strip()}"]
