"""Word processors' documents as articles: what a reader sees stays, and what else is in the file goes."""

from __future__ import annotations

import datetime as dt
from itertools import cycle
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import ArticleError, UnfitError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.media_types import DOCX
from retrieval.reading.packaged.docx import parse_docx
from tests.support.measures import Words
from tests.support.packages import docx, docx_parts, footnotes, hyperlink, packed, styled
from tests.support.wording import unfitness


def shown(raw: bytes) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_docx(raw).blocks]


def cell(text: str) -> str:
    return f"<w:tc>{styled(text)}</w:tc>"


def row(*texts: str, head: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' * head}{''.join(map(cell, texts))}</w:tr>"


def test_headings_prose_quotations_and_code() -> None:
    raw = docx(
        styled("Bees", "Title"), styled("Hives", "heading1"), styled("Bees live in hives."),
        styled("In winter", "heading2"), styled("A quiet hive is a good hive.", "Quote"),
        styled("make hive", "SourceCode"), styled("make honey", "SourceCode"),
    )  # fmt: skip
    assert parse_docx(raw).blocks == [
        Block(Kind.HEADING, "Bees", 1),
        Block(Kind.HEADING, "Hives", 1),
        Block(Kind.PROSE, "Bees live in hives."),
        Block(Kind.HEADING, "In winter", 2),
        Block(Kind.LINES, "A quiet hive is a good hive."),
        Block(Kind.CODE, "make hive\nmake honey"),
    ]


@pytest.mark.parametrize(("head", "kind"), [(True, Kind.TABLE), (False, Kind.LINES)])
def test_a_table_keeps_its_rows_and_its_head(head: bool, kind: Kind) -> None:
    table = f"<w:tbl>{row('Kind', 'Count', head=head)}{row('Drone', '300')}</w:tbl>"
    raw = docx(styled("Bees by kind."), table, styled("End."))
    assert shown(raw) == [(Kind.PROSE, "Bees by kind."), (kind, "Kind | Count\nDrone | 300"), (Kind.PROSE, "End.")]


def test_a_link_keeps_its_target() -> None:
    body = f'<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id="a">{styled("the hive")[5:-6]}</w:hyperlink></w:p>'
    raw = packed(docx_parts(body, links=hyperlink("a", "https://hive.example/")))
    [block] = parse_docx(raw).blocks
    [link] = block.links
    assert (block.text, block.text[link.start : link.end], link.target) == (
        "See the hive", "the hive", "https://hive.example/",
    )  # fmt: skip


def test_a_footnote_stands_at_the_end_and_its_mark_goes() -> None:
    body = '<w:p><w:r><w:t>Bees fly.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    raw = packed(docx_parts(body, more={"word/footnotes.xml": footnotes("Not in the rain.")}))
    assert shown(raw) == [(Kind.PROSE, "Bees fly."), (Kind.LINES, "1. Not in the rain.")]


def test_what_was_deleted_and_a_table_of_contents_are_left_out() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>Bees crawl.</w:delText></w:r></w:del><w:ins>" + styled("Bees fly.")[5:-6]
    raw = docx(styled("Hives 3", "toc1"), f"{deleted}</w:ins></w:p>")
    assert shown(raw) == [(Kind.PROSE, "Bees fly.")]


def test_what_the_document_says_of_itself() -> None:
    properties = (
        "<dc:title> The\nhive </dc:title><dc:creator>A. Keeper</dc:creator><dc:language>en-GB</dc:language>"
        "<dcterms:created>2024-05-01T10:00:00Z</dcterms:created>"
    )
    article = read_article(Document("hive.docx", DOCX, docx(styled("Bees fly."), properties=properties)), Words())
    assert (article.title, article.author, article.language) == ("The hive", "A. Keeper", "en-GB")
    assert article.published == dt.date(2024, 5, 1)
    assert [article.slice(passage) for passage in article.passages] == ["Bees fly."]


def test_a_document_that_says_nothing_of_itself() -> None:
    parts = docx_parts(styled("Bees fly."))
    del parts["docProps/core.xml"]
    article = read_article(Document("hive.docx", DOCX, packed(parts)), Words())
    assert (article.title, article.author, article.published) == ("hive", None, None)


BILLION = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"PK\x03\x04 and no more", "is damaged and cannot be read; open it in the program that made it and save it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is not a .docx document; open it in a word processor and save it"),
        (b"", "is not a .docx document; open it in a word processor and save it as .docx"),
        (packed({"word/other.xml": ""}), "is not a .docx document; open it in a word processor and save it as .docx"),
        (packed({"word/document.xml": "<a"}), "is damaged and cannot be read; open it in the program that made it"),
        (docx(styled("Bees <w:t>")), "is damaged and cannot be read; open it in the program that made it and save it"),
        (
            packed({**docx_parts(""), "word/document.xml": f"{BILLION}<p>&b;</p>"}),
            "declares entities, which no word processor writes; open it in one and save it once more",
        ),
        (
            packed(
                {**docx_parts(""), "docProps/core.xml": '<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hosts">]><p/>'}
            ),
            "declares entities, which no word processor writes; open it in one and save it once more",
        ),
        (docx("<w:smartTag>" * 5_000 + "</w:smartTag>" * 5_000), "is nested too deeply to be read"),
    ],
)
def test_what_cannot_be_read_is_said_why(raw: bytes, sentence: str) -> None:
    with pytest.raises(UnfitError) as caught:
        parse_docx(raw)
    assert unfitness(caught.value).startswith(sentence)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), max_size=8))
def test_whatever_is_written_is_quoted_exactly(texts: list[str]) -> None:
    raw = docx(*(styled(escape(text), style) for text, style in zip(texts, cycle(("", "heading1", "Quote")))))
    try:
        article = read_article(Document("a.docx", DOCX, raw), Words())
    except ArticleError as error:
        assert error.reason.code in ("no-text", "headings-only")  # noqa: PT017
        return
    for passage in article.passages:
        assert article.slice(passage) == article.slice(passage).strip() != ""
