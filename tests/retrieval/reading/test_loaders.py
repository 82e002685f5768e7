"""From a corpus folder to articles: what is read, what is refused with which words, and that loading is exact."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.article import Article
from retrieval.characters import normalise
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ArticleError, CorpusError
from retrieval.reading.loaders import Listing, Problem, list_files, parse_article, printable, read_bytes, same_titles
from tests.support.folders import MakeFolder
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
    """The article in a file of that name with that content."""
    return lambda file, content: parse_article(file, content.encode() if isinstance(content, str) else content, encoder)


def quoted(article: Article) -> list[str]:
    return [article.slice(passage) for passage in article.passages]


def refused(load: Load, content: str | bytes, file: str = "a.md") -> str:
    with pytest.raises(ArticleError) as caught:
        load(file, content)
    return str(caught.value)


def unread(folder: Path, file: str) -> str:
    with pytest.raises(ArticleError) as caught:
        read_bytes(folder, file)
    return str(caught.value)


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
        ("sub/The ferry.1.txt", "# Text.", "The ferry.1"),
        ("a.txt", "---\ntitle: Front\n---\nText.", "Front"),
    ],
)
def test_the_title_is_that_of_the_front_matter_or_the_first_heading_or_the_file(
    load: Load, file: str, content: str, title: str
) -> None:
    assert load(file, content).title == title


def test_without_a_url_the_file_is_the_source(load: Load) -> None:
    assert load("sub/a.txt", "Text.").source == "sub/a.txt"


def test_plain_text_is_no_markdown(load: Load) -> None:
    text = "# One\n\n*two* [three](four)\n\n> five"
    assert quoted(load("a.txt", text)) == ["# One", "*two* [three](four)", "> five"]
    assert quoted(load("a.MARKDOWN", text)) == ["two three", "five"]


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
        "is not UTF-8 (byte 0xE9 at position 14); it was read as cp1252. If letters look wrong, save it as UTF-8",
        "its published date is not written as 2026-01-31 and was left out",
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
        ("---\n- A\n---\nB", "a.md: its front matter is no list of 'key: value' lines; mend it or take it out"),
        (
            "---\na: " + "[" * 5_000 + "\n---\nB",
            "a.md: its front matter is nested too deeply; write plain 'key: value' lines",
        ),
        (">" * 1_000 + "deep", "a.md: is nested too deeply to be read as Markdown"),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "a.md: is no text file (a zero byte at position 8); only text can be read",
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


def test_an_error_names_the_file_and_the_reason_apart(encoder: SentenceTransformerEncoder) -> None:
    with pytest.raises(ArticleError) as caught:
        parse_article("sub/a\x07.md", b"", encoder)
    assert caught.value.file == "sub/a\ufffd.md"
    assert caught.value.reason == "is empty; write the article into it, or delete it"


def test_articles_of_one_title_are_told_apart_from_the_first(load: Load) -> None:
    titles = {"a.md": "The ferry", "b.md": "the FERRY", "c.md": "The bridge", "d.md": "The Ferry"}
    articles = [load(file, f"# {title}\n\nText.") for file, title in titles.items()]
    reason = "has the same title as a.md; give one of them another title"
    assert list(same_titles(articles)) == [Problem("b.md", reason), Problem("d.md", reason)]


# Which files there are


def test_articles_lie_in_the_folder_and_its_subfolders(make_folder: MakeFolder) -> None:
    names = ["b.md", "a.txt", "c.MARKDOWN", "sub/deep/er/d.md", "sub/a.txt", "x.md/y.md"]
    unseen = ["README.md", "sub/readme.txt", "README", ".hidden.md", ".git/e.md", "sub/.f/g.md"]
    folder = make_folder(dict.fromkeys(names + unseen, "Text."))
    (folder / "empty").mkdir()
    assert list_files(folder) == Listing(
        ("a.txt", "b.md", "c.MARKDOWN", "sub/a.txt", "sub/deep/er/d.md", "x.md/y.md"), ()
    )


def test_files_of_other_kinds_are_named(make_folder: MakeFolder) -> None:
    folder = make_folder(dict.fromkeys(["a.md", "b.pdf", "sub/c.docx", "md", "d.md.bak"], "Text."))
    reason = "is not read; only .md, .markdown and .txt files are"
    assert list_files(folder) == Listing(
        ("a.md",), tuple(Problem(file, reason) for file in ("b.pdf", "d.md.bak", "md", "sub/c.docx"))
    )
    assert str(list_files(folder).problems[0]) == "b.pdf: is not read; only .md, .markdown and .txt files are"


@pytest.mark.parametrize("name", ["gone", "file"])
def test_without_a_folder_there_is_no_corpus(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError) as caught:
        list_files(tmp_path / name)
    assert str(caught.value) == (
        f"There is no corpus folder at {tmp_path / name}. Create it and put .md or .txt files into it."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("größe 東京.md", "größe 東京.md"),
        ("a\x1b[31m\n.md", "a\ufffd[31m\ufffd.md"),
        ("a\u202eb.md", "a\ufffdb.md"),
        (os.fsdecode(b"caf\xe9.md"), "caf\ufffd.md"),
    ],
)
def test_file_names_that_cannot_be_shown_are_made_so(
    make_folder: MakeFolder, load: Load, name: str, shown: str
) -> None:
    folder = make_folder({name: "Text."})
    assert printable(name) == shown
    assert list_files(folder) == Listing((name,), ())
    article = load(name, read_bytes(folder, name))
    assert (article.file, article.title) == (shown, shown.removesuffix(".md"))
    (folder / name).unlink()
    assert unread(folder, name) == f"{shown}: vanished while it was being read; put it back, or reload again"


def test_of_two_names_that_look_the_same_one_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a\x01.md": "One.", "a\x02.md": "Two.", "b.md": "Three."})
    reason = "looks the same as another file's name; rename it"
    assert list_files(folder) == Listing(("a\x01.md", "b.md"), (Problem("a\ufffd.md", reason),))


# Files that cannot be read, or must not


def test_bytes_are_read_as_they_are(make_folder: MakeFolder) -> None:
    raw = bytes(range(256))
    assert read_bytes(make_folder({"sub/a.md": raw}), "sub/a.md") == raw


def test_ten_megabytes_are_read_and_more_are_refused(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "", "b.md": "", "c.md": ""})
    ten = 10 * 1024 * 1024
    for name, size in (("a.md", ten), ("b.md", ten + 1), ("c.md", 5 * ten)):
        os.truncate(folder / name, size)
    assert len(read_bytes(folder, "a.md")) == ten
    assert unread(folder, "b.md") == "b.md: is 10.1 MB; the limit is 10 MB, so split it into several files"
    assert unread(folder, "c.md") == "c.md: is 50.0 MB; the limit is 10 MB, so split it into several files"


def test_a_link_to_a_file_outside_is_refused(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.md": "Text."})
    (tmp_path / "secret.md").write_text("Secret.")
    (folder / "b.md").symlink_to(tmp_path / "secret.md")
    (folder / "c.md").symlink_to("../secret.md")
    assert list_files(folder) == Listing(("a.md", "b.md", "c.md"), ())
    for file in ("b.md", "c.md"):
        assert (
            unread(folder, file) == f"{file}: is a link that leads out of the corpus folder; copy the file here instead"
        )


def test_a_link_to_a_folder_is_named_and_not_followed(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.md").write_text("Secret.")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "in.md").symlink_to(folder / "sub")
    (folder / "sub" / "up").symlink_to("..")
    reason = "is a link to a folder; copy the folder here instead"
    assert list_files(folder) == Listing(
        ("sub/a.md",), tuple(Problem(file, reason) for file in ("in.md", "out", "sub/up"))
    )
    assert unread(folder, "out/b.md") == (
        "out/b.md: is a link that leads out of the corpus folder; copy the file here instead"
    )


def test_links_inside_the_folder_and_to_the_folder_are_fine(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    (folder / "b.md").symlink_to("sub/a.md")
    (tmp_path / "linked").symlink_to(folder)
    assert list_files(tmp_path / "linked") == Listing(("b.md", "sub/a.md"), ())
    assert read_bytes(tmp_path / "linked", "b.md") == b"Text."


def test_links_that_lead_nowhere_are_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "Text."})
    (folder / "b.md").symlink_to("gone.md")
    (folder / "c.md").symlink_to("d.md")
    (folder / "d.md").symlink_to("c.md")
    assert list_files(folder) == Listing(("a.md", "b.md", "c.md", "d.md"), ())
    assert unread(folder, "b.md") == "b.md: is a link that leads nowhere; copy the file here instead"
    assert unread(folder, "c.md") == "c.md: cannot be opened (Too many levels of symbolic links)"


def test_a_file_that_vanishes_after_it_was_listed(make_folder: MakeFolder) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    (file,) = list_files(folder).files
    (folder / "sub" / "a.md").unlink()
    assert unread(folder, file) == "sub/a.md: vanished while it was being read; put it back, or reload again"
    (folder / "sub").rmdir()
    assert unread(folder, file) == "sub/a.md: vanished while it was being read; put it back, or reload again"
    (folder / "sub").write_text("Now a file.")
    assert unread(folder, file) == "sub/a.md: cannot be opened (Not a directory)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_named_pipe_is_refused_and_not_waited_for(make_folder: MakeFolder) -> None:
    folder = make_folder({})
    os.mkfifo(folder / "x.md")
    assert list_files(folder) == Listing(("x.md",), ())
    assert unread(folder, "x.md") == "x.md: is no ordinary file"


def test_a_folder_that_takes_a_file_s_place_is_refused(make_folder: MakeFolder) -> None:
    assert unread(make_folder({"x.md/y.md": ""}), "x.md") == "x.md: is no ordinary file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything, so taking the permission has no effect")
def test_what_may_not_be_read_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "Text.", "sub/b.md": "Text."})
    (folder / "a.md").chmod(0)
    (folder / "sub").chmod(0)
    try:
        assert list_files(folder) == Listing(("a.md",), (Problem("sub", "cannot be opened (Permission denied)"),))
        assert unread(folder, "a.md") == "a.md: cannot be opened (Permission denied)"
    finally:
        (folder / "sub").chmod(0o700)


# Whatever the bytes


WORDS = st.sampled_from(
    ["The ferry", "Norra Lines", "sank", "U.S.", "3.5", "“fuck off,”", "he said", "é", "e\u0301", "東京。"]
)
STOPS = st.sampled_from([".", ".”", "!", "[4]", " ", "- ", "2. ", "– ", "* * *", "\u00a0", "\u200b"])
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", " \n "])
ENDLESS = st.sampled_from(["x" * 600, "word " * 300, "a.b/" * 200])
BLOCK_MARKS = st.sampled_from(["# ", "- ", "  ", "1. ", "> ", "```\n", "    ", "|", "|-|-|", "---\n", "A sentence. "])
INLINE_MARKS = st.sampled_from(["*", "**", "`", "[a](b)", "![i](j)", "&amp;", "&#0;", "&#x202e;", "\\", "  \n"])
TAGS = st.sampled_from(["<b>", "</b>", "<div>", "<script>", "</script>", "<!--", "-->", "<!["])
SCRAPS = st.lists(WORDS | STOPS | BREAKS | ENDLESS, max_size=40).map("".join)
MARKUP = st.lists(WORDS | BREAKS | BLOCK_MARKS | INLINE_MARKS | TAGS, max_size=40).map("".join)
CONTENT = (
    st.text(max_size=200).map(str.encode) | SCRAPS.map(str.encode) | MARKUP.map(str.encode) | st.binary(max_size=200)
)
FILES = st.sampled_from(["a.md", "a.txt"])


@settings(derandomize=True, deadline=None, max_examples=500)
@given(FILES, CONTENT)
def test_loading_is_exact(encoder: SentenceTransformerEncoder, file: str, raw: bytes) -> None:
    try:
        article = parse_article(file, raw, encoder)
    except ArticleError as error:
        assert error.file == file  # noqa: PT017
        return
    assert parse_article(file, raw, encoder) == article
    assert article.title
    assert [passage.number for passage in article.passages] == list(range(1, len(article.passages) + 1))
    end = 0
    for passage in article.passages:
        assert passage.start >= end
        assert article.slice(passage) == article.slice(passage).strip() != ""
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        end = passage.start
        for sentence in passage.sentences:
            assert article.text[end : sentence.start].strip() == ""
            assert article.slice(sentence) == article.slice(sentence).strip() != ""
            end = sentence.end


@settings(derandomize=True, deadline=None, max_examples=200)
@given(FILES, SCRAPS | st.text(max_size=200))
def test_passages_fit_the_encoder(encoder: SentenceTransformerEncoder, file: str, text: str) -> None:
    # Code stays whole, and here only Markdown's indented lines would be code.
    text = re.sub(r"^[ \t]+", "", normalise(text), flags=re.MULTILINE)
    try:
        article = parse_article(file, text.encode(errors="ignore"), encoder)
    except ArticleError:
        return
    assert max(encoder.count_tokens(quoted(article))) <= encoder.max_tokens
