"""What a PDF says of itself, if a person may have written it."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.articles import Document, read_article
from retrieval.reading.media_types import PDF
from retrieval.reading.pdf.document import parse_pdf
from tests.support.measures import Words
from tests.support.pdfs import Entry, Text, pdf

BEES = [Text("Bees fly in spring.")]


def test_title_author_day_and_language() -> None:
    said = {"Title": " The\nhivé ", "Author": "A. Keeper", "CreationDate": "D:20240501100000Z"}
    raw = pdf(BEES, info=said, language="en-GB")
    article = read_article(Document("hive.pdf", PDF, raw), Words())
    assert (article.title, article.author, article.language) == ("The hivé", "A. Keeper", "en-GB")
    assert article.published == dt.date(2024, 5, 1)
    assert [article.slice(passage) for passage in article.passages] == ["Bees fly in spring."]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "  ",
        "untitled",
        "Microsoft Word - bees.doc",
        "bees-final_2.docx",
        "Document1",
        "Table of Contents",
        "B" * 301,
    ],
)
def test_titles_that_programs_write_are_left_out(title: str) -> None:
    assert parse_pdf(pdf(BEES, info={"Title": title})).front.title is None


@pytest.mark.parametrize("author", ["", "Administrator", "user", "unknown", "-"])
def test_authors_that_programs_write_are_left_out(author: str) -> None:
    assert parse_pdf(pdf(BEES, info={"Author": author})).front.author is None


@pytest.mark.parametrize("day", ["", "spring", "D:2024", "D:20241301000000Z", "D:19700101000000Z", "20240501"])
def test_days_that_are_none_are_left_out(day: str) -> None:
    assert parse_pdf(pdf(BEES, info={"CreationDate": day})).front.published is None


@pytest.mark.parametrize("language", ["", "English", "x" * 200])
def test_languages_that_are_not_codes_are_left_out(language: str) -> None:
    assert parse_pdf(pdf(BEES, language=language)).front.language is None


def test_without_a_title_the_first_heading_is_the_title() -> None:
    raw = pdf([Text("The hive", size=20), Text("Bees fly in spring and come home in autumn.", baseline=600)])
    assert read_article(Document("hive.pdf", PDF, raw), Words()).title == "The hive"


def test_an_outline_of_any_depth_is_read() -> None:
    entry = Entry("The end")
    for number in range(500):
        entry = Entry(f"Part {number}", (entry,))
    assert [block.text for block in parse_pdf(pdf(BEES, outline=[entry])).blocks] == ["Bees fly in spring."]
