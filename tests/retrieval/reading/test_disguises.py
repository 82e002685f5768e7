"""Files whose names hide what they are: they are named, and articles that resemble them are read."""

from __future__ import annotations

import json
from zipfile import ZIP_STORED

import pytest

from retrieval.errors import UnfitError
from retrieval.reading.articles import read_article
from retrieval.reading.disguises import refuse_disguised
from retrieval.reading.measure import NoMeasure
from tests.support.documents import document
from tests.support.packages import packed
from tests.support.wording import unfitness


def archive(*names: str, mimetype: str = "") -> bytes:
    return packed({**({"mimetype": mimetype} if mimetype else {}), **dict.fromkeys(names, "Text.")}, ZIP_STORED)


CELLS = [{"cell_type": "markdown", "metadata": {}, "source": ["# Bees\n", "\n", "Bees fly."]}]
NOTEBOOK = json.dumps({"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()
PAGE = b"<!DOCTYPE html>\n<html>\n<head><title>Bees</title></head>\n<body><p>Bees fly.</p></body>\n</html>\n"
ROWS = "".join(f"{number},bee,{number * 1.5}\n" for number in range(20))
CSV = f"number,animal,weight\n{ROWS}".encode()
QUOTED = b'name,said,"of whom"\n' + b'Ada,"It flies, she said.\nAnd it stings.",bees\n' * 5
IN_UTF8 = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "is a PDF, whatever its name says; rename it to .pdf"),
        (
            archive("[Content_Types].xml", "word/document.xml"),
            "is an office document, whatever its name says; rename it",
        ),
        (archive("_rels/.rels", "word/document.xml"), "is an office document, whatever its name says; rename it"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "is an office document, whatever its name says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "is an office document, whatever its name says; save it as .docx"),
        (b"{\\rtf1\\ansi Bees fly.}", "is an office document, whatever its name says; save it as .docx, as"),
        (archive("META-INF/container.xml", mimetype="application/epub+zip"), "is an e-book, whatever its name says"),
        (archive("bees.md"), "is a ZIP archive, whatever its name says; put the files that are in it here"),
        (PAGE, "is a web page, whatever its name says; rename it to .html"),
        (IN_UTF8 + b"\n" + PAGE.upper(), "is a web page, whatever its name says; rename it to .html"),
        (b'<?xml version="1.0"?>\n' + PAGE, "is a web page, whatever its name says; rename it to .html"),
        (b"<html lang=en><head></head><body>" + b"Bees fly. " * 9_999 + b"</html>", "is a web page, whatever its name"),
        (NOTEBOOK, "is a notebook, whatever its name says; rename it to .ipynb"),
        (b"\n " + NOTEBOOK, "is a notebook, whatever its name says; rename it to .ipynb"),
        (CSV, "is a table of data (CSV), not an article; leave it out, or write what it says in sentences"),
        (IN_UTF8 + CSV.replace(b",", b";").replace(b"\n", b"\r\n"), "is a table of data (CSV), not an article; leave"),
        (CSV.replace(b",", b"\t"), "is a table of data (CSV), not an article; leave it out, or write what it says"),
        (CSV * 200, "is a table of data (CSV), not an article; leave it out, or write what it says in sentences"),
        (QUOTED, "is a table of data (CSV), not an article; leave it out, or write what it says in sentences"),
    ],
)
def test_what_a_file_is_under_another_name_is_named(raw: bytes, sentence: str) -> None:
    with pytest.raises(UnfitError) as caught:
        refuse_disguised(raw)
    assert unfitness(caught.value).startswith(sentence)


PROSE = "Bees fly, dance, and sting.\n"
READ = {
    "nothing": "",
    "prose": PROSE,
    "about PDF": "A PDF begins with %PDF-1.7, as its first bytes say.\n",
    "a banner in HTML": '<!-- badges -->\n<p align="center"><img src="bee.png"></p>\n\n# Bees\n\nBees fly.\n',
    "a block in HTML": "<div>\n\nBees fly.\n\n</div>\n",
    "all in HTML": "<html>\n<p>Bees fly.</p>\n</html>\n",
    "on web pages": "<!doctype html> begins a page, <head> and <body> follow.\n\n```\n<html>\n```\n",
    "a page at its end": f"# Pages\n\n```html\n{PAGE.decode()}```\n",
    "a table": "| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 9,
    "a table without frame": "a|b|c\n-|-|-\n" + "1|2|3\n" * 9,
    "lines with two commas": PROSE * 9,
    "lines with two commas each, of another kind": "First, second, third.\n" + PROSE * 9,
    "items with tabs": "-\ta\tb\n" * 9,
    "a verse of names": "Ada, Bea, Cid\nDan, Eve, Fay\nGus, Hal, Ivy\nJay, Kim, Lou\nMax, Ned, Ola\n",
    "a glossary": "".join(f"word{number}\tmeaning\n" for number in range(9)),
    "too few rows": "a,b,c\n1,2,3\n4,5,6\n",
    "uneven rows": "a,b,c\n" + "1,2,3\n" * 9 + "It ends, as it began, in words, four of them.\n",
    "an open quotation mark": 'a,b,"c\n' + "1,2,3\n" * 9,
    "JSON": '{"cells": "of bees", "nbformat": 4}',
    "JSON and more": '{"title": "On \\"nbformat\\" and \\"cells\\""}\n\nBees fly.\n',
    "no notebook": '{"nbformat" and "cells" are keys of a notebook.\n',
    "nested": '{"nbformat": 4, "cells": ' + "[" * 100_000,
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_articles_are_taken_for_nothing_else(text: str) -> None:
    refuse_disguised(text.encode())
    refuse_disguised(text.encode("utf-16"))


@pytest.mark.parametrize("file", ["a.md", "a.txt"])
def test_articles_are_read_and_disguised_files_are_not(file: str) -> None:
    assert read_article(document(file, READ["a table"]), NoMeasure()).text.startswith(("a | b | c", "| a | b | c |"))
    with pytest.raises(Exception, match="is-notebook"):
        read_article(document(file, NOTEBOOK), NoMeasure())
