"""E-books as articles: the chapters in their order, without what stands around the text."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.articles import Document, read_article
from retrieval.reading.media_types import EPUB
from retrieval.reading.packaged.epub import parse_epub
from retrieval.reading.packaged.package import PackageError
from tests.support.measures import Words
from tests.support.packages import epub, epub_parts, packed
from tests.support.wording import unfitness

HIVES = "<h1>Hives</h1><p>Bees live in hives.</p>"
HONEY = "<h1>Honey</h1><p>Bees make honey.</p>"


def texts(raw: bytes) -> list[str]:
    return [block.text for block in parse_epub(raw).blocks]


def test_the_spine_tells_the_order() -> None:
    order = ['<itemref idref="b.xhtml"/>', '<itemref idref="a.xhtml"/>']
    raw = packed(epub_parts({"a.xhtml": HONEY, "b.xhtml": HIVES}, spine=order))
    assert texts(raw) == ["Hives", "Bees live in hives.", "Honey", "Bees make honey."]


def test_what_the_book_says_of_itself() -> None:
    metadata = (
        "<dc:title>The hive</dc:title><dc:creator>A. Keeper</dc:creator><dc:creator>B. Keeper</dc:creator>"
        "<dc:date>1901-02-03</dc:date><dc:language>en</dc:language>"
    )
    article = read_article(Document("hive.epub", EPUB, epub({"a.xhtml": HIVES, "b.xhtml": HONEY}, metadata)), Words())
    assert (article.title, article.author, article.language) == ("The hive", "A. Keeper, B. Keeper", "en")
    assert article.published == dt.date(1901, 2, 3)
    assert [(article.slice(passage), passage.headings) for passage in article.passages] == [
        ("Bees live in hives.", ("Hives",)), ("Bees make honey.", ("Honey",)),
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["1901", "1901-13-45", "spring", ""])
def test_a_date_that_is_not_a_day_is_left_out(date: str) -> None:
    assert parse_epub(epub({"a.xhtml": HIVES}, f"<dc:date>{date}</dc:date>")).front.published is None


def test_what_stands_around_the_text_is_left_out() -> None:
    chapters = {
        "nav.xhtml": "<nav><ol><li><a href='a.xhtml'>Hives</a></li></ol></nav>",
        "cover.xhtml": "<p>A picture of a bee.</p>",
        "rights.xhtml": "<section epub:type='copyright-page'><p>All rights are the bees'.</p></section>",
        "aside.xhtml": "<p>Beside the text.</p>",
        "a%20b.xhtml": "",
        "a.xhtml": HIVES,
    }
    spine = [f'<itemref idref="{file}" linear="{"no" if file == "aside.xhtml" else "yes"}"/>' for file in chapters]
    parts = epub_parts(
        chapters,
        properties={"nav.xhtml": "nav"},
        spine=[*spine, '<itemref idref="nothing"/>'],
        guide='<reference type="cover" href="cover.xhtml#top"/><reference type="text" href="a.xhtml"/>',
    )
    assert texts(packed(parts)) == ["Hives", "Bees live in hives."]


def test_names_are_found_however_they_are_written() -> None:
    parts = epub_parts({"../text/./a%20b.xhtml": HIVES})
    parts["text/a b.xhtml"] = parts.pop("OEBPS/../text/./a%20b.xhtml")
    assert texts(packed(parts)) == ["Hives", "Bees live in hives."]


def test_a_chapter_outside_the_book_is_not_read() -> None:
    parts = epub_parts({"../../etc/hosts": HONEY, "a.xhtml": HIVES})
    assert texts(packed({name: part for name, part in parts.items() if "etc" not in name})) == [
        "Hives", "Bees live in hives.",
    ]  # fmt: skip


def locked(address: str) -> bytes:
    reference = f'<encryption><EncryptedData><CipherReference URI="{address}"/></EncryptedData></encryption>'
    return packed({**epub_parts({"a b.xhtml": HIVES}), "META-INF/encryption.xml": reference})


def test_a_book_whose_fonts_are_locked_is_read() -> None:
    assert texts(locked("OEBPS/bee.otf")) == ["Hives", "Bees live in hives."]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "is not an e-book in EPUB; save the book as EPUB once more, or as plain text (.txt)"),
        (packed({"a.xhtml": HIVES}), "is not an e-book in EPUB; save the book as EPUB once more, or as plain text"),
        (
            packed({"META-INF/container.xml": "<container/>"}),
            "is not an e-book in EPUB; save the book as EPUB once more, or as plain text (.txt)",
        ),
        (locked("OEBPS/a%20b.xhtml"), "is locked (encrypted), so it cannot be read; put a copy without a password"),
        (
            packed({**epub_parts({}), "OEBPS/book.opf": '<!DOCTYPE p [<!ENTITY a "ha">]><p>&a;</p>'}),
            "declares entities, which no word processor writes",
        ),
    ],
)
def test_what_cannot_be_read_is_said_why(raw: bytes, sentence: str) -> None:
    with pytest.raises(PackageError) as caught:
        parse_epub(raw)
    assert unfitness(caught.value).startswith(sentence)
