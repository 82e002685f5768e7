"""The licence around a book of Project Gutenberg goes; its title and author are kept apart."""

from __future__ import annotations

import pytest

from retrieval.reading.plaintext.gutenberg import unwrapped_book
from retrieval.reading.plaintext.lines import lines_of
from retrieval.reading.plaintext.parsing import parse_text_file

BOOK = """\
The Project Gutenberg EBook of The Ferry, by Somebody

This eBook is for the use of anyone anywhere.

Title: The Ferry
       A Tale of the Sound

Author: Some Body

*** START OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***

Produced by Some Volunteers
and others.

CHAPTER I

The ferry sailed.

End of the Project Gutenberg EBook of The Ferry, by Somebody

*** END OF THIS PROJECT GUTENBERG EBOOK THE FERRY ***

Updated editions will replace the previous one."""


def test_a_book_is_unwrapped() -> None:
    book = unwrapped_book(lines_of(BOOK))
    assert [line.text for line in book.lines if line.text] == ["CHAPTER I", "The ferry sailed."]
    assert (book.title, book.author) == ("The Ferry A Tale of the Sound", "Some Body")


@pytest.mark.parametrize("text", ["", "Title: A\n\nIt is so.", "*** END OF THE PROJECT GUTENBERG EBOOK A ***"])
def test_anything_else_stays_as_it_is(text: str) -> None:
    book = unwrapped_book(lines_of(text))
    assert [line.text for line in book.lines] == text.split("\n")
    assert (book.title, book.author) == (None, None)


def test_a_book_without_an_end_reaches_to_the_end() -> None:
    text = "*** START OF THE PROJECT GUTENBERG EBOOK A LONG\nTITLE ***\nIt is so.\n\nSo it is."
    assert [line.text for line in unwrapped_book(lines_of(text)).lines] == ["It is so.", "", "So it is."]


def test_a_mark_without_stars_and_a_title_that_comes_twice() -> None:
    text = "Title: A\nTitle: B\n  C\n*** START OF THE PROJECT GUTENBERG EBOOK A\nIt is so."
    book = unwrapped_book(lines_of(text))
    assert ([line.text for line in book.lines], book.title) == (["It is so."], "A")


def test_the_head_names_the_article_and_front_matter_wins() -> None:
    parsed = parse_text_file(BOOK.encode())
    assert (parsed.front.title, parsed.front.author) == ("The Ferry A Tale of the Sound", "Some Body")
    named = parse_text_file(f"---\ntitle: Ours\n---\n{BOOK}".encode())
    assert (named.front.title, named.front.author) == ("Ours", "Some Body")


def test_an_empty_book_has_no_blocks() -> None:
    assert parse_text_file(b"*** START OF THE PROJECT GUTENBERG EBOOK A ***\n").blocks == []
