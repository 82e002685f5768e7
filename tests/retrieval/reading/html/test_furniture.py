"""What stands around a page's text goes; text that only looks like it stays."""

from __future__ import annotations

import pytest

from retrieval.reading.html.document import parse_html

TEXT = "<p>Ants dig their nests deep into the ground, and they bite whoever comes near them.</p>"


def texts(page: str) -> list[str]:
    return [block.text for block in parse_html(page.encode()).blocks]


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class='navheader'><a href=a>Prev</a> Ants</div>",
        "<div role=navigation>Home</div>",
        "<ul class='breadcrumbs'><li><a href=/>Home</a></ul>",
        "<div id='toc'><h2>Contents</h2><ul><li><a href='#a'>Ants bite and dig</a></ul></div>",
        "<div class='toc-list'><a href='#a'>Ants</a></div>",
        "<p><a href=b rel=next>Next: bees</a> | <a href=c rel=prev>Before</a></p>",
        "<table><tr><td><a href=b accesskey=n>Next</a></table>",
        "<p><a href=x>Edit this page</a></p>",
        "<a href='#c'>Skip to the content</a>",
        "<form><select><option>English</select><button>Go</button></form>",
        "<div aria-hidden=true>×</div>",
        "<dialog>Accept cookies?</dialog>",
        "<dialog class=cookies>Accept cookies?</dialog>",
        "<header><h1>The Garden</h1></header>",
        "<aside><a href=b>Bees</a></aside>",
        "<p><a rel=next href=b>Bees</a></p>",
        "<div class='sidebar'><a href=a>Ants</a> <a href=b>Bees</a></div>",
        "<footer>Licence</footer>",
        "<noscript>Switch on JavaScript</noscript>",
        "<svg><title>An ant</title></svg>",
    ],
)
def test_furniture_goes(furniture: str) -> None:
    assert texts(f"<body>{furniture}{TEXT}{furniture}</body>") == [TEXT[3:-4]]


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<section id=comments><h2>Comments</h2><p>Write them so.</p></section>", ["Comments", "Write them so."]),
        ("<h2 id=footer>The footer</h2><p>Set it so.</p>", ["The footer", "Set it so."]),
        ("<div class=toctree-wrapper><h2>A</h2><p>All of the chapter.</p></div>", ["A", "All of the chapter."]),
        ("<div class=sidebar><p>Ants are not bees.</p></div>", ["Ants are not bees."]),
        ("<p>See the next page: <a href=b>bees</a>.</p>", ["See the next page: bees."]),
        ("<p>Click “<a href=x>Edit this page</a>” to mend it.</p>", ["Click “Edit this page” to mend it."]),
        ("<dialog open>Ants bite.</dialog>", ["Ants bite."]),
        ("<p>See <a href='#nest'><img alt='a nest'></a>.</p>", ["See a nest."]),
        (
            f"<p>See <a href='#nest'>{'what is far below on this page'} and more of that</a>.</p>",
            ["See what is far below on this page and more of that."],
        ),
        ("<article><header><h2>Bees</h2></header><aside>They hum.</aside></article>", ["Bees", "They hum."]),
        ("<div role=tabpanel hidden><p>On Linux.</p></div>", ["On Linux."]),
    ],
)
def test_text_stays(page: str, kept: list[str]) -> None:
    assert texts(f"<body>{TEXT}{TEXT}{page}</body>")[2:] == kept


def test_a_page_whose_text_lies_in_an_element_named_like_furniture() -> None:
    assert texts(f"<div class=menu>{TEXT}</div>") == [TEXT[3:-4]]


def test_marks_beside_headings_and_numbers_of_notes_go() -> None:
    page = (
        "<h2>Ants <a href='#ants'>#</a></h2><p>They bite<sup><a href='#n1'>[1]</a></sup>"
        "<a class='footnote-reference' href='#n2'>2</a><a href='#n3'>[3]</a>.</p>"
    )
    assert texts(page) == ["Ants", "They bite."]


def test_the_article_of_a_page() -> None:
    assert texts(f"<p>News: bees.</p><article>{TEXT}</article>") == [TEXT[3:-4]]
    # The beginnings of several articles are all the page has.
    assert texts("<article><p>Ants.</p></article><article><p>Bees.</p></article>") == ["Ants.", "Bees."]


@pytest.mark.parametrize(("tag", "end"), [("main", "main"), ("article", "article"), ("div role=main", "div")])
def test_the_head_of_the_main_part_is_text(tag: str, end: str) -> None:
    parsed = parse_html(f"<header>The Garden</header><{tag}><header><h1>Ants</h1></header>{TEXT}</{end}>".encode())
    assert parsed.front.title == "Ants"
    assert [block.text for block in parsed.blocks] == ["Ants", TEXT[3:-4]]
