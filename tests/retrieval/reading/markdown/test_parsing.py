"""Markdown becomes the text that a reader sees, in blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Link
from retrieval.characters import normalise
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.markdown.nodes import TooDeepError
from retrieval.reading.markdown.parsing import parse_markdown
from tests.support.made_blocks import END, code, heading, label, lines, prose, table
from tests.support.made_blocks import markdown_blocks as blocks


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
        ("| a | *b* |\n|---|:-:|\n| 1 | x \\| y |\n| 2<br>3 | |", [table("a | b", "1 | x | y", "2 3 | ")]),
        ("Text\n\n|a|\n|-|\n|b|", [prose("Text"), table("a", "b")]),
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
        ("<p>One</p><p>Two &amp; three&nbsp;four</p>", [prose("One"), prose("Two & three four")]),
        ("<table><tr><td>a</td><td><b>b</b>c</td></tr></table>", [prose("a"), prose("bc")]),
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
        (
            "<details>\n<summary>More</summary>\n\nInner *text*.\n\n</details>",
            [label("More"), prose("Inner text."), END],
        ),
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
    assert blocks("*" * 10_000 + "deep." + "*" * 10_000) == [prose("deep.")]


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
        assert block.text.strip() or block == END
        assert block.kind is Kind.CODE or block.text == normalise(block.text)
        assert block.kind is not Kind.HEADING or "\n" not in block.text


# Links, labels, footnotes, definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "See [the *plan*](plan.md#a) and <https://e.org>.",
            prose("See the plan and https://e.org.", Link(4, 12, "plan.md#a"), Link(17, 30, "https://e.org")),
        ),
        ("A [ spaced  text ](x)b", prose("A spaced text b", Link(2, 13, "x"))),
        ("[![A map](m.png)](x) [](y) [  ](z) end", prose("A map end", Link(0, 5, "x"))),
        ("[r] and [s][R]\n\n[r]: <a b> 't'", prose("r and s", Link(0, 1, "a%20b"), Link(6, 7, "a%20b"))),
        ('A <a class="b" href="c?d=1&amp;e">link</a> and </a>', prose("A link and", Link(2, 6, "c?d=1&e"))),
        ("[a](data:" + "x" * 2_000 + ")", prose("a")),
        ("<p>See <a href='x'>it</a>.</p>", prose("See it.", Link(4, 6, "x"))),
        ("[a <a href='x'>b</a> c](y)", prose("a b c", Link(2, 3, "x"))),
        ("a&#xFDD0;b&#xFDD1;c&#xFDD2;d&#xFDD3;e", prose("abcde")),
        ("a\ufdd0b\ufdd3", prose("ab")),
    ],
)
def test_targets_are_kept_beside_the_text(text: str, expected: Block) -> None:
    assert parse_markdown(normalise(text)) == [expected]


def test_links_of_lists_and_tables_and_headings() -> None:
    assert parse_markdown("# A [b](c)\n\n- a [b](c)\n- [d](e)\n\n|a|b|\n|-|-|\n|[c](d)|[e](f)|") == [
        Block(Kind.HEADING, "A b", 1, (Link(2, 3, "c"),)),
        Block(Kind.LINES, "- a b\n- d", links=(Link(4, 5, "c"), Link(8, 9, "e"))),
        Block(Kind.TABLE, "a | b\nc | e", links=(Link(6, 7, "d"), Link(10, 11, "f"))),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Installing**\n\nText.", [label("Installing"), prose("Text.")]),
        ("__How *long*?__", [label("How long?")]),
        ("**It is over.**", [prose("It is over.")]),
        ("**Then run this:**", [prose("Then run this:")]),
        ("**Q: Why?**", [prose("Q: Why?")]),
        ("**Q:** Why?", [prose("Q: Why?")]),
        ("**One** two", [prose("One two")]),
        ("**One**\\\n**two**", [prose("One\ntwo")]),
        ("**" + "so " * 10 + "long**", [prose("so " * 10 + "long")]),
        ("- **One**", [lines("- One")]),
    ],
)
def test_a_paragraph_in_bold_letters_that_is_no_sentence_is_a_label(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


def test_footnotes_are_numbered_as_the_text_refers_to_them() -> None:
    assert blocks("Ab[^x] cd[^1] ef[^X] gh[^none].\n\n[^1]: One.\n\n    More.\n[^x]: - Two.") == [
        prose("Ab[1] cd[2] ef[1] gh[^none]."),
        prose("[2] One."),
        prose("More."),
        lines("[1] - Two."),
    ]


def test_definition_lists() -> None:
    assert blocks("Pump\n: Moves *water*.\n: Needs oil.\n\nQuay\n: Stone.") == [
        lines("Pump", "  Moves water.", "  Needs oil.", "Quay", "  Stone.")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![docs/map.png](docs/map.png) seen", [prose("seen")]),
        ("docs/map.png", []),
        ("- ![A](a.png)\n- text", [lines("- text")]),
        ("Open map.png first", [prose("Open map.png first")]),
        ("10<sup>6</sup> m<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>", [prose("10⁶ m², H₂O, 1st")]),
        ("| a<ul><li>b</li><li>c</li></ul> | d |\n|-|-|\n| e | f |", [table("a b c | d", "e | f")]),
    ],
)
def test_pictures_and_raised_numbers(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Type /ban <user> to ban.", "Type /ban <user> to ban."),
        ("Use <Channel Name>, <time> or <user-id>.", "Use <Channel Name>, <time> or <user-id>."),
        ("<user> is muted.", "<user> is muted."),
        ("a <user>b</user> c <x y='z'> d <thing/>", "a b c d"),
        ("a <time datetime='2026'>now</time> <kbd>Ctrl</kbd>", "a now Ctrl"),
        ("<user>", "<user>"),
    ],
)
def test_placeholders_stay_and_tags_go(text: str, expected: str) -> None:
    assert blocks(text) == [prose(expected)]
