"""What marks in text become: links, signs, notes; and what stands for much, or for itself."""

from __future__ import annotations

import pytest

from retrieval.article import Link
from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.blocks import Block, Kind


def texts(text: str) -> list[str]:
    return [block.text for block in parse_asciidoc(text)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*Ants* _bite_ `x*y*`, #so#.", "Ants bite x*y*, so."),
        ("**A**nts b__i__te.", "Ants bite."),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("'Ants' stay quoted.", "'Ants' stay quoted."),
        ("\"`Ants`\" and '`bees`'.", "“Ants” and ‘bees’."),
        ("[.big]#Ants# bite.", "Ants bite."),
        ("10^6^ ants, H~2~O", "10⁶ ants, H2O"),
        ("kbd:[Ctrl], btn:[OK], menu:File[Open > Recent]", "Ctrl, OK, File › Open › Recent"),
        ("Ants(((ants, bite))) and ((bees)).", "Ants and bees."),
        ("[[here]]Ants bite.", "Ants bite."),
        ("Ants{nbsp}{plus}{litdd} {unheard-of} {counter:n}", "Ants +-- {unheard-of}"),
        ("`{asterisk}.c` and {asterisk}x{asterisk}", "*.c and *x*"),
        ("Ants (C) -- they bite...", "Ants © — they bite…"),
        ("A \\*star* and pass:[*x*] and +++_y_+++ and `+*z*+`", "A *star* and *x* and _y_ and *z*"),
        ("&lt;ants&gt; &#8212; &amp;", "<ants> — &"),
        ("image:ant.png[An ant] Ants bite.", "An ant Ants bite."),
        ("Ants bite. +\nThey dig.", "Ants bite.\nThey dig."),
        ("Ants\nbite.", "Ants bite."),
        ("A \\{nbsp} stays, `\\{nbsp}` too", "A {nbsp} stays, {nbsp} too"),
        ("No \\link:a.html[ants]", "No link:a.html[ants]"),
        ("2^`n`^, x^{plus}^, y^&amp;^", "2ⁿ, x+, y&"),
        ("Dig image:ant.png[an {plus} ant]", "Dig an + ant"),
        ("A lone *star and [bracket and <<angle", "A lone *star and [bracket and <<angle"),
    ],
)
def test_marks_in_text(written: str, shown: str) -> None:
    assert texts(written) == [shown]


def test_links() -> None:
    text = "See link:a.html[the *ants*], https://example.org/b[bees], https://example.org/c. Also linkgit:git-add[1]."
    [block] = parse_asciidoc(text)
    assert block.text == "See the ants, bees, https://example.org/c. Also git-add(1)."
    assert [(block.text[link.start : link.end], link.target) for link in block.links] == [
        ("the ants", "a.html"),
        ("bees", "https://example.org/b"),
        ("https://example.org/c", "https://example.org/c"),
        ("git-add(1)", "git-add.html"),
    ]
    assert parse_asciidoc("xref:ants.adoc#nest[Nest]")[0].links == (Link(0, 4, "ants.adoc#nest"),)


def test_marks_in_links() -> None:
    [block] = parse_asciidoc(
        "See link:a.html[the `dig` &amp; +++*bite*+++], <<nest,a {plus} `b`>> and link:a{plus}b.html[]."
    )
    assert block == Block(
        Kind.PROSE,
        "See the dig & *bite*, a + b and a+b.html.",
        links=(Link(4, 20, "a.html"), Link(22, 27, "#nest"), Link(32, 40, "a+b.html")),
    )


def test_notes_stand_at_the_end() -> None:
    assert texts("Ants bitefootnote:[Not *all*.].\n\nBees hum.") == ["Ants bite.", "Bees hum.", "[1] Not all."]


def test_marks_in_notes() -> None:
    assert texts("Antsfootnote:[a {plus} b, `+*x*+` and link:a.html[bees\\].] bite.") == [
        "Ants bite.",
        "[1] a + b, *x* and bees.",
    ]


def test_attributes_that_stand_for_much() -> None:
    text = (
        ":a: "
        + "x" * 1_000
        + "\n"
        + "".join(f":{c}: {{{b}}}{{{b}}}{{{b}}}\n" for b, c in zip("abcdefg", "bcdefgh", strict=True))
    )
    assert len("".join(texts(f"{text}\n{'{h} ' * 1_000}"))) < 400_000


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("&#xfdd0;0&#xfdd1; `x`", "0 x"),
        ("`x` `&#xfdd0;0&#xfdd1;`", "x 0"),
        ("`x` link:a.html[&#xfdd0;0&#xfdd1;]", "x 0"),
        ("`x` x^&#xfdd0;0&#xfdd1;^", "x x⁰"),
        (":a: \ufdd00\ufdd1\n\n`x` {a} \ufdd00\ufdd1", "x 0 0"),
        (f"&#xfdd0;{'9' * 5_000}&#xfdd1;", "9" * 5_000),
    ],
)
def test_no_text_stands_for_another(written: str, shown: str) -> None:
    assert texts(written) == [shown]


def test_texts_that_would_grow_beyond_all_memory() -> None:
    bomb = " ".join("`" + f"&#xfdd0;{i}&#xfdd1;" * 30 + "`" for i in range(20))
    assert texts(f"`x` {bomb}") == ["x " + " ".join(str(i) * 30 for i in range(20))]
