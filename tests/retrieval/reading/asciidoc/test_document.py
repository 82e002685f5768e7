"""AsciiDoc as blocks, in the newer and the older way of writing."""

from __future__ import annotations

from textwrap import dedent

import pytest

from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.asciidoc.parsing import AsciidocTooDeepError
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_asciidoc(dedent(text).strip("\n"))]


def texts(text: str) -> list[str]:
    return [text for _, text in blocks(text)]


def test_headings_and_the_header() -> None:
    text = """
        = Ants
        A. Keeper <keeper@example.org>
        v1.0, 2024-01-31
        :toc: left
        :nest: mound

        They build a {nest}.

        [[digging]]
        == Digging
        See <<digging>>, <<digging,there>> and <<elsewhere>>.

        === Deep ===
        """
    assert [(block.text, block.level) for block in parse_asciidoc(dedent(text)) if block.kind is Kind.HEADING] == [
        ("Ants", 1), ("Digging", 2), ("Deep", 3)
    ]  # fmt: skip
    assert texts(text)[1:4:2] == ["They build a mound.", "See Digging, there and elsewhere."]


def test_underlined_headings() -> None:
    text = """
        Ants
        ====

        Digging
        -------
        They 'dig' +deep+, ``so'' it is.

        Deep
        ~~~~
        """
    assert [(block.text, block.level) for block in parse_asciidoc(dedent(text))] == [
        ("Ants", 1), ("Digging", 2), ("They dig deep, “so” it is.", 1), ("Deep", 3)
    ]  # fmt: skip


def test_lists() -> None:
    text = """
        * Ants
        ** dig
        and bite
        * [x] Bees
        +
        They hum.
        +
        ----
        hum()
        ----

        . one
        .. two
        . three

        3. four
        4. five
        """
    assert blocks(text) == [
        (
            Kind.LINES,
            "- Ants\n  - dig and bite\n- Bees\n  They hum.\n  hum()"
            "\n  1. one\n    1. two\n  2. three\n    3. four\n    4. five",
        )
    ]


def test_terms() -> None:
    text = """
        -d::
        --dig::
        \tDigs deep.
        +
        Or not.

        `bite`:: Bites.

        sting;; Stings.
        """
    assert blocks(text) == [(Kind.LINES, "-d, --dig\n  Digs deep.\n  Or not.\nbite\n  Bites.\n  sting\n    Stings.")]


def test_blocks_of_lines() -> None:
    text = """
        .Digging
        [source,python]
        ----
        if x: # <1>
            dig()
        // no comment
        ----
        <1> So it is.

        [verse]
        *git* dig [<x>]
            [--deep]

          an indented
            line

        ....
        as *it* is
        ....
        """
    assert blocks(text) == [
        (Kind.PROSE, "Digging"),
        (Kind.CODE, "if x: (1)\n    dig()\n// no comment"),
        (Kind.LINES, "1. So it is."),
        (Kind.CODE, "git dig [<x>]\n    [--deep]"),
        (Kind.CODE, "an indented\n  line"),
        (Kind.CODE, "as *it* is"),
    ]


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("NOTE: Ants bite.", "Note"),
        ("[WARNING]\nAnts bite.", "Warning"),
        ("[TIP]\n====\nAnts bite.\n====", "Tip"),
        (".Mind\n****\nAnts bite.\n****", "Mind"),
        (".Mind\n====\nAnts bite.\n====", "Mind"),
    ],
)
def test_labels(written: str, label: str) -> None:
    assert parse_asciidoc(written) == [
        Block(Kind.HEADING, label, LABEL_LEVEL),
        Block(Kind.PROSE, "Ants bite."),
        Block(Kind.HEADING, "", LABEL_LEVEL),
    ]


def test_quotes() -> None:
    text = "[quote, A. Keeper, Notes]\n____\nAnts bite.\n____\n\n--\nBees hum.\n--"
    assert blocks(text) == [(Kind.LINES, "Ants bite.\n— A. Keeper, Notes"), (Kind.PROSE, "Bees hum.")]


@pytest.mark.parametrize(
    "unread",
    [
        "// A comment",
        "////\nA comment\n////",
        "[comment]\nA comment",
        "include::ants.txt[]",
        ":author: A. Keeper",
        ":long: a value \\\nthat goes on",
        "image::ants.png[Ants]",
        "toc::[]",
        "'''",
        "<<<",
        "[[ants]]",
        "++++\n<b>Ants</b>\n++++",
        "ifdef::unheard-of[]\nBees\nendif::[]",
        "ifndef::backend-html5[]\nBees\nifdef::backend-html5[]\nWasps\nendif::[]\nendif::[]",
        "ifdef::unheard-of[Bees]",
    ],
)
def test_what_nobody_reads(unread: str) -> None:
    assert texts(f"They dig.\n\n{unread}\n\nThey bite.") == ["They dig.", "They bite."]


def test_conditions_that_hold() -> None:
    text = ":ants:\nifdef::ants[]\nAnts bite.\nendif::ants[]\n\nifndef::bees[Bees hum.]\n\n:ants!:\nifdef::ants[Ants]"
    assert texts(text) == ["Ants bite.", "Bees hum."]


def test_an_expression_is_taken_to_hold() -> None:
    assert texts('ifeval::["{page}" == "ants"]\nAnts bite.\nendif::[]') == ["Ants bite."]


def test_an_author_stands_alone_under_the_title() -> None:
    assert texts("= Ants\nThe Keeper\n\nThey dig.") == ["Ants", "They dig."]
    assert texts("= Ants\nThe keeper said\nthat they dig.") == ["Ants", "The keeper said that they dig."]


def test_blocks_within_blocks() -> None:
    fences = ["=" * (4 + i) for i in range(60)]
    with pytest.raises(AsciidocTooDeepError):
        parse_asciidoc("\n".join([*fences, "Ants bite.", *reversed(fences)]))
    assert texts("\n".join([*fences[:20], "Ants bite.", *reversed(fences[:20])])) == ["Ants bite."]
