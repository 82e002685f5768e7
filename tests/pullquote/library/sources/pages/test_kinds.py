"""What kind of document a page is."""

from __future__ import annotations

import pytest

from pullquote.library.sources.pages.kinds import ACCEPT, media_type_from
from retrieval.errors import UnfitError
from retrieval.reading.media_types import (
    ASCIIDOC,
    DOCX,
    EPUB,
    HTML,
    MARKDOWN,
    MEDIA_TYPES,
    NOTEBOOK,
    PLAIN_TEXT,
    RST,
)
from tests.support.wording import unfitness


@pytest.mark.parametrize("media_type", [media_type for media_type in MEDIA_TYPES if media_type != PLAIN_TEXT])
@pytest.mark.parametrize("path", ["/", "/bees", "/bees.txt", "/bees.php", "/bees.png"])
def test_what_a_server_says_plainly_is_believed(media_type: str, path: str) -> None:
    assert media_type_from(media_type, path) == media_type


@pytest.mark.parametrize(
    ("said", "media_type"),
    [
        ("application/xhtml+xml", HTML),
        ("text/x-markdown", MARKDOWN),
        ("text/prs.fallenstein.rst", RST),
        ("text/x-asciidoc", ASCIIDOC),
    ],
)
def test_other_names_of_media_types(said: str, media_type: str) -> None:
    assert media_type_from(said, "/bees") == media_type


@pytest.mark.parametrize("said", ["application/octet-stream", "binary/octet-stream", "application/zip", "text/plain"])
@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/bees.html", HTML),
        ("/bees.MD", MARKDOWN),
        ("/bees.txt", PLAIN_TEXT),
        ("/bees.rst", RST),
        ("/bees.adoc", ASCIIDOC),
        ("/bees.ipynb", NOTEBOOK),
        ("/bees.docx", DOCX),
        ("/bees.epub", EPUB),
    ],
)
def test_a_vague_type_is_told_by_the_ending(said: str, path: str, media_type: str) -> None:
    assert media_type_from(said, path) == media_type


@pytest.mark.parametrize("path", ["/", "/bees", "/bees.log", "/bees.md/"])
def test_plain_text_of_any_other_ending_is_plain_text(path: str) -> None:
    assert media_type_from("text/plain", path) == (MARKDOWN if path == "/bees.md/" else PLAIN_TEXT)


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("application/octet-stream", "/"),
        ("application/octet-stream", "/bees.exe"),
        ("application/json", "/bees.json"),
        ("application/zip", "/bees.zip"),
        ("text/css", "/bees.html"),
        ("text/javascript", "/bees.md"),
        ("image/png", "/bees.txt"),
        ("video/mp4", "/"),
        ("", "/"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(said: str, path: str) -> None:
    with pytest.raises(UnfitError) as caught:
        media_type_from(said, path)
    assert unfitness(caught.value) == (
        f"is of a kind that I do not read ({said}); save it as a web page (.html), as .docx or as plain text (.txt), "
        "and upload that file"
    )


def test_a_strange_name_is_shown_on_one_line_and_cut() -> None:
    with pytest.raises(UnfitError) as caught:
        media_type_from(f"bees/\u202e{'a' * 200}\nb", "/")
    assert caught.value.reason.fields == {"kind": f"bees/{'a' * 75}"}


def test_everything_that_is_read_is_asked_for_and_web_pages_first() -> None:
    kinds = [kind.partition(";")[0] for kind in ACCEPT.split(", ")]
    assert kinds[:2] == ["text/html", "application/xhtml+xml"]
    assert MEDIA_TYPES.keys() < set(kinds)
    assert kinds[-1] == "*/*"
