"""Markdown becomes the text that a reader sees, in blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.markdown.nodes import TooDeepError
from retrieval.reading.markdown.parsing import parse_markdown


def blocks(text: str) -> list[Block]:
    return parse_markdown(normalise(text))


def heading(text: str, level: int = 1) -> Block:
    return Block(Kind.HEADING, text, level)


def prose(text: str) -> Block:
    return Block(Kind.PROSE, text)


def lines(*text: str) -> Block:
    return Block(Kind.LINES, "\n".join(text))


def code(*text: str) -> Block:
    return Block(Kind.CODE, "\n".join(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\n\nText.", [heading("One"), prose("Text.")]),
        ("## Two *em* `code` [link](x) ##\nText.", [heading("Two em code link", 2), prose("Text.")]),
        ("Set\nin two\n===\n\nLower\n---\nText.", [heading("Set in two"), heading("Lower", 2), prose("Text.")]),
        ("#\n\n##  \n\nText.", [prose("Text.")]),
        ("#No heading", [prose("#No heading")]),
        ("a<br>b\n===", [heading("a b")]),
    ],
)
def test_headings(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line\ngoes on.\n\nAnother.", [prose("One line goes on."), prose("Another.")]),
        ("*em* **strong** ***both*** ~~gone~~ _x_", [prose("em strong both gone x")]),
        ("A [link *here*](https://e.org 'title') and <https://e.org/a>.", [prose("A link here and https://e.org/a.")]),
        ("A [reference][r] and [r].\n\n[r]: https://e.org", [prose("A reference and r.")]),
        ("See ![a *red* map](map.png) here.", [prose("See a red map here.")]),
        ("[![A map](map.png) opens](https://e.org)", [prose("A map opens")]),
        ("hard  \nbreak\\\nagain<br>and<BR />again", [prose("hard\nbreak\nagain\nand\nagain")]),
        ("two  spaces\tand `a  b`", [prose("two spaces and a b")]),
        (r"\*no em\* \# \[x\] 1\. \<b\>", [prose("*no em* # [x] 1. <b>")]),
        ("&copy; &amp; &#8217; &unknown; AT&T", [prose("© & ’ &unknown; AT&T")]),
        ("a&nbsp;b&#8203;c&#x202E;d e&#769;", [prose("a bcd é")]),
        ("a&#10;b", [prose("a\nb")]),
        ("1\\. April", [prose("1. April")]),
        ("**unclosed *stars", [prose("**unclosed *stars")]),
        ("One\n\n***\n\n---\n\n___\n\ntwo", [prose("One"), prose("two")]),
    ],
)
def test_paragraphs(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize("text", ["![A map](map.png)", "![](a.png)\n![b](b.png)", "[![A badge](a.svg)](https://e.org)"])
def test_a_paragraph_of_nothing_but_images_is_left_out(text: str) -> None:
    assert blocks(f"Before.\n\n{text}\n\nAfter.") == [prose("Before."), prose("After.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n- b\n* c", [lines("- a", "- b"), lines("- c")]),
        ("- a\n- b\n\n- c", [lines("- a", "- b", "- c")]),
        ("- a\n  - b\n    - c\n  - d\n- e", [lines("- a", "  - b", "    - c", "  - d", "- e")]),
        ("3. a\n3. b\n3. c", [lines("3. a", "4. b", "5. c")]),
        ("0) a\n1) b", [lines("0. a", "1. b")]),
        ("- a\n  1. b\n  2. c", [lines("- a", "  1. b", "  2. c")]),
        ("- one\n  line\n\n  second paragraph\n- b", [lines("- one line", "  second paragraph", "- b")]),
        ("- a  \n  b", [lines("- a", "  b")]),
        ("- [x] done\n- [ ] not", [lines("- [x] done", "- [ ] not")]),
        ("- # Heading\n\n  > quote", [lines("- Heading", "  quote")]),
        ("- see:\n  ```\n  x = 1\n\n  y = 2\n  ```", [lines("- see:", "  x = 1", "", "  y = 2")]),
        ("-\n- b\n-", [lines("- b")]),
        ("-", []),
    ],
)
def test_lists(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> One\n> line.\n>\n> Two.\nlazy", [lines("One line.", "Two. lazy")]),
        ("> - a\n> - b\n>\n> > deeper", [lines("- a", "- b", "deeper")]),
        ("> # Heading\n>\n> text\n>\n> ---", [lines("Heading", "text")]),
        (">", []),
        ("| a | *b* |\n|---|:-:|\n| 1 | x \\| y |\n| 2<br>3 | |", [lines("a | b", "1 | x | y", "2 3 | ")]),
        ("Text\n\n|a|\n|-|\n|b|", [prose("Text"), lines("a", "b")]),
    ],
)
def test_block_quotes_and_tables(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```python\nif a:\n    b  =  *c*\n\nd\n```", [code("if a:", "    b  =  *c*", "", "d")]),
        ("~~~\n<b>&amp;</b>\n~~~", [code("<b>&amp;</b>")]),
        ("Text\n\n    indented\n      more\n\n    end", [prose("Text"), code("indented", "  more", "", "end")]),
        ("```\nnever closed", [code("never closed")]),
        ("```\n```", []),
    ],
)
def test_code(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b>bold</b> <span class='x'>s</span><!-- no --> b", [prose("a bold s b")]),
        ("a <script>alert(1)</script><style>p{}</style> b", [prose("a b")]),
        ("a <script>alert(1)", [prose("a")]),
        ("<p>One</p><p>Two &amp; three&nbsp;four</p>", [prose("One Two & three four")]),
        ("<table><tr><td>a</td><td><b>b</b>c</td></tr></table>", [prose("a bc")]),
        ("<div>\n<script>var a = '<b>';\nb()</script>seen<style>p{}</STYLE>\n</div>", [prose("seen")]),
        ("<div></script><script>x</script>y</div>", [prose("y")]),
        ("<script>\na()\n\nb()\n</script>\n\nText", [prose("Text")]),
        ("<!-- a\n\nb -->\n\nText", [prose("Text")]),
        ("<div><!-- a -->b<!-- c --></div>", [prose("b")]),
        ("<div>a < b and 3 > 2 <!-- open", [prose("a < b and 3 > 2")]),
        ("<div><![CDATA[x]]><![if y</div>", [prose("<![if y")]),
        ("<div>&#65;&#065&#x41; &amp;lt;</div>", [prose("AAA &lt;")]),
        (f"<div>a&#{'1' * 5_000};b&#x{'1' * 5_000};c&#99999999;</div>", [prose("a\ufffdb\ufffdc\ufffd")]),
        (f"<div>&#{'0' * 5_000}65;b</div>", [prose("Ab")]),
        ("<details>\n<summary>More</summary>\n\nInner *text*.\n\n</details>", [prose("More"), prose("Inner text.")]),
        ("- <p>x</p>\n- b", [lines("- x", "- b")]),
        ("<br>", []),
    ],
)
def test_html(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


def test_nothing_comes_of_nothing() -> None:
    assert blocks("") == blocks(" \n\n\t\n") == []


def test_nineteen_levels_are_read_and_more_are_refused() -> None:
    nested = "\n".join("  " * depth + f"- {depth}" for depth in range(9))
    assert blocks(">" * 19 + " deep") == [lines("deep")]
    assert blocks(nested) == [lines(*nested.split("\n"))]
    for too_deep in (">" * 20 + " deep", f"{nested}\n{'  ' * 9}- 9", "- " * 10 + "deep", ">" * 100_000 + "deep"):
        with pytest.raises(TooDeepError):
            blocks(too_deep)


def test_emphasis_may_lie_in_emphasis_however_deep() -> None:
    assert blocks("*" * 10_000 + "deep" + "*" * 10_000) == [prose("deep")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("~a~ and ~~b~~", "~a~ and b"),
        ("about ~5 km, ~6 km", "about ~5 km, ~6 km"),
        ("x ~~~a~~~ b", "x ~~~a~~~ b"),
    ],
)
def test_two_tildes_strike_out_and_other_numbers_of_them_are_text(text: str, expected: str) -> None:
    assert blocks(text) == [prose(expected)]


@pytest.mark.parametrize("piece", ["*", "**a ", "_a __b ", "[", "![", "[a](", "`", "~~a ", "<", "<a ", "a <!-- ", "&"])
def test_markup_that_is_never_closed_is_text(piece: str) -> None:
    # A less careful parser would be busy for minutes.
    text = "x " + piece * 5_000
    assert blocks(text) == [prose(text.rstrip())]


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(st.sampled_from("ab*_`[]()!<>/&#;:|~-+=>1. \n\t\\\"'"), max_size=80) | st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for block in blocks(text):
        assert block.text.strip()
        assert block.kind is Kind.CODE or block.text == normalise(block.text)
        assert block.kind is not Kind.HEADING or "\n" not in block.text
