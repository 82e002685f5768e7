"""A web page's main part as blocks: what a reader sees stays, what stands around it goes."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.article import Link
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.html.document import parse_html


def blocks(page: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_html(page.encode()).blocks]


def test_a_page() -> None:
    page = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Ants | The Garden</title>
    <meta property="og:site_name" content="The Garden"><meta name="author" content="A. Keeper">
    <meta property="article:published_time" content="2024-03-05T10:00:00Z">
    <link rel="canonical" href="https://example.org/ants"><style>p { color: red }</style></head><body>
    <a href="#main">Skip to content</a><header><h1>The Garden</h1></header>
    <nav><ul><li><a href="/">Home</a></li></ul></nav>
    <main id="main"><h1>Ants<a class="headerlink" href="#ants">¶</a></h1><p>Ants <b>bite</b>.<br>They dig&nbsp;too.</p>
    <script>alert("No")</script><p hidden>Not seen.</p><p style="display: none">Nor this.</p></main>
    <aside>Other pages</aside><footer>Licence</footer></body></html>"""
    parsed = parse_html(page.encode())
    assert parsed.front == FrontMatter(
        title="Ants",
        url="https://example.org/ants",
        author="A. Keeper",
        published=dt.date(2024, 3, 5),
        language="en-GB",
    )
    assert parsed.blocks == [Block(Kind.HEADING, "Ants", 1), Block(Kind.PROSE, "Ants bite.\nThey dig too.")]


def test_links_are_offsets_into_the_text() -> None:
    [block] = parse_html(b"<p>See <a href=' ants.html '> the <i>ants</i></a>, and <a href='#b'>bees</a>.").blocks
    assert block == Block(Kind.PROSE, "See the ants, and bees.", links=(Link(4, 12, "ants.html"), Link(18, 22, "#b")))


def test_nested_lists_are_indented_and_keep_their_numbers() -> None:
    page = "<ul><li>Ants<ol start=3><li>dig<li><p>bite</p><p>hard</p></ol><li>Bees</ul>"
    assert blocks(page) == [(Kind.LINES, "- Ants\n  3. dig\n  4. bite\n    hard\n- Bees")]


def test_links_in_lists_move_with_their_lines() -> None:
    [block] = parse_html(b"<ul><li>Ants<ul><li>a <a href=x>nest</a></ul></ul>").blocks
    assert (block.text, block.links) == ("- Ants\n  - a nest", (Link(13, 17, "x"),))
    assert block.text[13:17] == "nest"


def test_short_definitions_stand_together() -> None:
    page = "<dl><dt>ant</dt><dt>emmet</dt><dd>An insect.<dt>bee<dd>Another.</dl>"
    assert blocks(page) == [(Kind.LINES, "ant, emmet\n  An insect.\nbee\n  Another.")]


def test_long_definitions_stand_alone() -> None:
    page = f"<dl><dt>ant<dd>{'An insect. ' * 30}<dt>bee<dd>{'Another. ' * 30}</dl>"
    assert [text.split("\n")[0] for _, text in blocks(page)] == ["ant", "bee"]


def test_code_in_a_definition_stands_under_the_term() -> None:
    page = "<dl><dt>dig()<dd><p>Digs.</p><pre>dig()</pre></dl><p>So it is.</p>"
    assert parse_html(page.encode()).blocks == [
        Block(Kind.HEADING, "dig()", LABEL_LEVEL),
        Block(Kind.PROSE, "Digs."),
        Block(Kind.CODE, "dig()"),
        Block(Kind.HEADING, "", LABEL_LEVEL),
        Block(Kind.PROSE, "So it is."),
    ]


def test_labels_within_a_label_are_deeper() -> None:
    page = "<dl><dt>Nest<dd><dl><dt>dig()<dd><pre>dig()</pre></dl></dl>"
    levels = [(block.text, block.level) for block in parse_html(page.encode()).blocks if block.kind is Kind.HEADING]
    assert levels == [("Nest", 6), ("dig()", 7), ("", 7), ("", 6)]


def test_tables_have_their_head_first() -> None:
    page = "<table><caption>Insects</caption><tr><th>Name<th>Legs<tr><td>ant<td><p>six</p><tr><td>bee<td>six</table>"
    assert blocks(page) == [(Kind.PROSE, "Insects"), (Kind.TABLE, "Name | Legs\nant | six\nbee | six")]


def test_a_table_without_a_head_is_lines() -> None:
    assert blocks("<table><tr><td>ant<td>six<tr><td>bee<td>six</table>") == [(Kind.LINES, "ant | six\nbee | six")]


def test_a_table_that_only_arranges_is_no_table() -> None:
    page = "<table><tr><td><p>Left.</p><p>More.</p><td><ul><li>Right</ul></table>"
    assert blocks(page) == [(Kind.PROSE, "Left."), (Kind.PROSE, "More."), (Kind.LINES, "- Right")]


@pytest.mark.parametrize(
    "rows",
    ["<tbody><tr><td>Ants<tr><td>Bees</tbody>", "<tr><td>Ants<tfoot><tr><td>Bees</tfoot>"],
)
def test_the_cells_of_a_table_that_only_arranges(rows: str) -> None:
    page = f"<table role=presentation><caption>Insects</caption><colgroup><col></colgroup>{rows}</table>"
    assert blocks(page) == [(Kind.PROSE, "Insects"), (Kind.PROSE, "Ants"), (Kind.PROSE, "Bees")]


def test_a_table_of_sections_or_of_tables_only_arranges() -> None:
    assert blocks("<table><tr><td><h2>Ants</h2><td>bite</table>") == [(Kind.HEADING, "Ants"), (Kind.PROSE, "bite")]
    page = "<table><tr><td><table><tr><td>ant<td>six<tr><td>bee<td>six</table></table>"
    assert blocks(page) == [(Kind.LINES, "ant | six\nbee | six")]


def test_rows_without_a_text_are_left_out() -> None:
    page = "<table><thead><tr><th>Name<th>Legs</thead><tr><td><td><tr><td>ant<br>red<td>six<hr>legs</table>"
    assert blocks(page) == [(Kind.TABLE, "Name | Legs\nant red | six legs")]


def test_a_list_of_sections_is_sections() -> None:
    page = "<ul><li><h2>Ants</h2><p>They bite.<li><h2>Bees</h2><p>They hum.</ul><h2> </h2>"
    assert blocks(page) == [
        (Kind.HEADING, "Ants"), (Kind.PROSE, "They bite."), (Kind.HEADING, "Bees"), (Kind.PROSE, "They hum.")
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["<details>{}</details>", "<dl><dt> </dt><dd>{}</dl>", "<dl><dd>{}</dl>"])
def test_what_has_no_label_stands_alone(page: str) -> None:
    assert blocks(page.format("<pre>dig()<br>bite()</pre>")) == [(Kind.CODE, "dig()\nbite()")]


def test_code_keeps_its_lines_and_loses_their_numbers() -> None:
    numbers, lines = "<td class='linenos'><pre>1\n2</pre>", "<td><pre>if x:\n    <b>dig</b>()\n</pre>"
    page = f"<table class='highlighttable'><tr>{numbers}{lines}</table>"
    assert blocks(page) == [(Kind.CODE, "if x:\n    dig()")]


@pytest.mark.parametrize(
    "page",
    [
        "<div class='admonition note'><p class='admonition-title'>Note</p><p>Ants bite.</p></div>",
        "<div class='note'><a id='x'></a><h3 class='title'>Note</h3><p>Ants bite.</p></div>",
        "<div class='admonitionblock note'><table><tr><td class='icon'><div class='title'>Note</div></td>"
        "<td class='content'>Ants bite.</td></tr></table></div>",
        "<details><summary>Note</summary>Ants bite.</details>",
        "<aside class='admonition_x7Yz'><div class='title_q'>Note</div><p>Ants bite.</p></aside>",
    ],
)
def test_boxes_have_labels(page: str) -> None:
    assert parse_html(f"<main>{page}</main>".encode()).blocks == [
        Block(Kind.HEADING, "Note", LABEL_LEVEL),
        Block(Kind.PROSE, "Ants bite."),
        Block(Kind.HEADING, "", LABEL_LEVEL),
    ]


def test_quotes_are_lines() -> None:
    assert blocks("<blockquote><p>Ants bite.</p><p>Bees <q>hum</q>.</p></blockquote>") == [
        (Kind.LINES, "Ants bite.\nBees “hum”.")
    ]


def test_raised_numbers_are_not_read_as_part_of_a_number() -> None:
    assert blocks("<p>10<sup>6</sup> ants, 3<sup>rd</sup> nest, H<sub>2</sub>O") == [
        (Kind.PROSE, "10⁶ ants, 3rd nest, H2O")
    ]


def test_a_paragraph_of_images_is_nothing() -> None:
    assert blocks("<p><img alt='An ant'></p><p>See <img alt='an ant'>.</p>") == [(Kind.PROSE, "See an ant.")]


def test_bytes_in_the_encoding_that_the_page_names() -> None:
    page = "<meta charset=iso-8859-1><p>M\u00fccken \u201esurren\u201c.".encode("cp1252")
    assert [block.text for block in parse_html(page).blocks] == ["Mücken „surren“."]
    page = "<meta http-equiv=content-type content='text/html; charset=shift_jis'><p>蟻が噛む。".encode("shift_jis")
    assert [block.text for block in parse_html(page).blocks] == ["蟻が噛む。"]


def test_nothing() -> None:
    assert blocks("") == []
    assert blocks("  ") == []
    assert blocks("<title>Ants</title><script>1</script>") == []
