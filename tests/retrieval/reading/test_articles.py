"""From bytes to articles: which bytes are read, which are refused, with which words, and reading is exact."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Callable

import pytest

from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ArticleError, Reason
from retrieval.reading.articles import read_article
from tests.support.documents import document
from tests.support.scraped_article import scraped_articles

BRIDGE = """\
---
title: The bridge
url: https://example.org/bridge
author: The newsroom
published: 2026-11-23
language: en
---

# The bridge

It was closed on *Monday*. See the [plan](plan.md).

## Why

- It is old.
- It is narrow.

> “It will fall.”

```
load = 40
```
"""

Load = Callable[[str, "str | bytes"], Article]


@pytest.fixture
def load(encoder: SentenceTransformerEncoder) -> Load:
    """The article in a file with this name and content."""
    return lambda file, content: read_article(document(file, content), encoder)


def quoted(article: Article) -> list[str]:
    return [article.slice(passage) for passage in article.passages]


def refused(load: Load, content: str | bytes, file: str = "a.md") -> str:
    with pytest.raises(ArticleError) as caught:
        load(file, content)
    return for_operators(caught.value)


# What an article says of itself


def test_a_markdown_article(load: Load) -> None:
    article = load("news/bridge.md", BRIDGE)
    assert (article.file, article.digest) == ("news/bridge.md", hashlib.sha256(BRIDGE.encode()).hexdigest())
    assert (article.title, article.author, article.language) == ("The bridge", "The newsroom", "en")
    assert (article.url, article.source) == ("https://example.org/bridge", "https://example.org/bridge")
    assert (article.published, article.notes) == (dt.date(2026, 11, 23), ())
    assert [(p.number, p.section, article.slice(p)) for p in article.passages] == [
        (1, None, "It was closed on Monday. See the plan."),
        (2, "Why", "- It is old.\n- It is narrow."),
        (3, "Why", "“It will fall.”"),
        (4, "Why", "load = 40"),
    ]
    assert [article.slice(s) for s in article.passages[1].sentences] == ["- It is old.", "- It is narrow."]


@pytest.mark.parametrize(
    ("file", "content", "title"),
    [
        ("a.md", "---\ntitle: Front\n---\n# Heading\n\nText.", "Front"),
        ("a.md", "Text.\n\n## First *heading*\n\n# Second\n\nText.", "First heading"),
        ("a.md", "---\nurl: https://example.org\n---\nText.", "a"),
        ("sub/The ferry.1.txt", "Text.", "The ferry.1"),
        ("a.txt", "---\ntitle: Front\n---\nText.", "Front"),
    ],
)
def test_the_title_comes_from_the_front_matter_or_the_first_heading_or_the_file(
    load: Load, file: str, content: str, title: str
) -> None:
    assert load(file, content).title == title


def test_without_a_url_the_file_is_the_source(load: Load) -> None:
    assert load("sub/a.txt", "Text.").source == "sub/a.txt"


def test_plain_text_is_not_markdown(load: Load) -> None:
    text = "One *is*\n\n*two* [three](four)\n\n> five"
    assert quoted(load("a.txt", text)) == ["One *is*", "*two* [three](four)", "> five"]
    assert quoted(load("a.MARKDOWN", text)) == ["One is", "two three", "five"]


@pytest.mark.parametrize("text", scraped_articles().values(), ids=scraped_articles().keys())
def test_a_scraped_article_is_loaded_whole(load: Load, text: str) -> None:
    article = load("article.txt", text)
    assert [len(passage.sentences) for passage in article.passages] == [1, 1, 2, 1, 2, 3, 1, 1, 1, 1]
    assert article.notes == ()
    assert re.search(r" told (the clerk|him) to “[^”]+,” ", article.slice(article.passages[6].sentences[0]))
    assert "".join(article.text.split()) == "".join(text.split())


def test_a_guessed_encoding_and_unusable_values_are_noted(load: Load) -> None:
    article = load("a.md", "---\ntitle: Café\npublished: soon\n---\nNaïve.".encode("latin-1"))
    assert (article.title, quoted(article)) == ("Café", ["Naïve."])
    assert article.notes == (
        Reason.of("guessed-encoding", byte=0xE9, position=14, encoding="cp1252"),
        Reason.of("not-a-date"),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_does_not_hide_the_front_matter(load: Load, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    article = load("a.md", mark + BRIDGE.replace("\n", "\r\n").encode(encoding))
    assert (article.title, len(article.passages), article.notes) == ("The bridge", 4, ())


# What is refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a.md: is empty; write the article into it, or delete it"),
        (" \n\t\r\n", "a.md: is empty; write the article into it, or delete it"),
        ("\u00a0\n\ufeff\u200b", "a.md: has no text in it"),
        (b"\xef\xbb\xbf", "a.md: has no text in it"),
        ("<!-- nothing -->\n\n---\n\n![](a.png)", "a.md: has no text in it"),
        ("---\ntitle: A\n---\n", "a.md: has front matter but no text under it"),
        ("---\ntitle: A\n---\n\n***\n", "a.md: has front matter but no text under it"),
        ("---\n---\n", "a.md: has front matter but no text under it"),
        ("# A\n\n## B\n", "a.md: has headings but no text under them"),
        ("---\ntitle: A\n---\n# A\n", "a.md: has headings but no text under them"),
        (
            "---\ntitle: A: B\n---\nC",
            "a.md: its front matter is not valid YAML in line 2, column 9; mend it or take it out",
        ),
        ("---\ntitle: A\n\nB", "a.md: its front matter is not closed; put a line of three dashes (---) under it"),
        ("---\n- A\n---\nB", "a.md: its front matter is not a list of 'key: value' lines; mend it or take it out"),
        (
            "---\na: " + "[" * 5_000 + "\n---\nB",
            "a.md: its front matter is nested too deeply; write plain 'key: value' lines",
        ),
        (">" * 1_000 + "deep", "a.md: is nested too deeply to be read"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "a.md: is not a text file (a zero byte at position 8); only text can be read",
        ),
        (
            gzip.compress(b"Once upon a time. " * 99, mtime=0).replace(b"\x00", b""),
            "a.md: is not UTF-8 (byte 0x8B at position 1), and no other encoding fits; save it as UTF-8",
        ),
        (
            "Größe".encode() + b"\xe9",
            "a.md: is not UTF-8 (byte 0xE9 at position 7), and no other encoding fits; save it as UTF-8",
        ),
        (b"\xff\xfea", "a.md: is not UTF-16 (byte 0x61 at position 2); save it as UTF-8"),
    ],
)
def test_what_cannot_be_quoted_is_refused_with_its_reason(load: Load, content: str | bytes, message: str) -> None:
    assert refused(load, content) == message


@pytest.mark.parametrize("content", ["* * *\n\n-----\n", "\u200b"])
def test_plain_text_without_words_is_refused(load: Load, content: str) -> None:
    assert refused(load, content, "a.txt") == "a.txt: has no text in it"


def test_an_error_names_the_file_and_the_reason_apart(load: Load) -> None:
    with pytest.raises(ArticleError) as caught:
        load("sub/a.md", "")
    assert caught.value.file == "sub/a.md"
    assert caught.value.reason == Reason.of("empty")
