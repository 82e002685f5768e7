"""What a page is called as a document."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from pullquote.library.sources.pages.naming import LONGEST, file_name
from retrieval.reading.media_types import DOCX, HTML, MARKDOWN, MEDIA_TYPES, PLAIN_TEXT, media_type_of

NAMES = [
    ("https://example.org", HTML, "example.org.html"),
    ("https://example.org/", HTML, "example.org.html"),
    ("https://example.org/docs/", HTML, "example.org/docs.html"),
    ("https://example.org/docs/bees.html", HTML, "example.org/docs/bees.html"),
    ("https://example.org/docs/bees.HTM", HTML, "example.org/docs/bees.HTM"),
    ("https://example.org/docs/bees.php", HTML, "example.org/docs/bees.php.html"),
    ("https://example.org/bees.txt", MARKDOWN, "example.org/bees.txt.md"),
    ("https://example.org/bees.docx", DOCX, "example.org/bees.docx"),
    ("https://example.org/LICENSE", PLAIN_TEXT, "example.org/LICENSE.txt"),
    ("https://site.md/", HTML, "site.md.html"),
    ("https://site.md/", MARKDOWN, "site.md"),
    ("https://example.org/view?id=3&sort=a", HTML, "example.org/view-id=3-sort=a.html"),
    ("https://example.org/?id=3", HTML, "example.org-id=3.html"),
    ("https://example.org/view?file=bees.html", HTML, "example.org/view-file=bees.html"),
    ("http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe%20der%20Bienen", HTML, "bücher.example/größe-der-Bienen.html"),
    ("https://example.org/蜜蜂/跳舞", HTML, "example.org/蜜蜂/跳舞.html"),
    ("http://[2606:4700::1111]/bees", HTML, "2606-4700-1111/bees.html"),
    ("https://example.org//bees//", HTML, "example.org/bees.html"),
    ("https://example.org/%2e%2e/%2e%2e/etc/passwd", HTML, "example.org/etc/passwd.html"),
    ("https://example.org/..%2f..%2fetc%2fpasswd", HTML, "example.org/etc/passwd.html"),
    ("https://example.org/..%5c..%5cwindows", HTML, "example.org/windows.html"),
    ("https://example.org/C%3A%5Cbees", HTML, "example.org/C-bees.html"),
    ("https://example.org/.htaccess", PLAIN_TEXT, "example.org/htaccess.txt"),
    ("https://example.org/-rf", PLAIN_TEXT, "example.org/rf.txt"),
    ("https://example.org/bees%00.html", HTML, "example.org/bees.html"),
    ("https://example.org/bees%0A%0Dhoney", HTML, "example.org/bees-honey.html"),
    ("https://example.org/%E2%80%AElmth.seeb", HTML, "example.org/lmth.seeb.html"),
    ("https://example.org/%EE%80%80bees", HTML, "example.org/bees.html"),
    ("https://example.org/@everyone/%3C%40123%3E", HTML, "example.org/@everyone/@123.html"),
    ("https://example.org/bees%FF", HTML, "example.org/bees-FF.html"),
    ("https://example.org/%2E", HTML, "example.org.html"),
    ("https://example.org/bees.", HTML, "example.org/bees.html"),
]


@pytest.mark.parametrize(("url", "media_type", "name"), NAMES, ids=[url for url, _, _ in NAMES])
def test_the_name_of_a_page(url: str, media_type: str, name: str) -> None:
    assert file_name(URL(url), media_type) == name


def test_long_names_are_cut_and_stay_different() -> None:
    first, second = (file_name(URL(f"https://example.org/{'bees-' * 40}{last}.html"), HTML) for last in "12")
    assert first == f"example.org/{'bees-' * 18}bees-{first[-13:-5]}.html"
    assert (len(first), len(second)) == (LONGEST, LONGEST)
    assert first != second
    assert first[:-13] == second[:-13]


def test_a_letter_is_not_cut_in_two() -> None:
    name = file_name(URL(f"https://example.org/{'蜂' * 60}"), HTML)
    assert name == f"example.org/{'蜂' * 31}-{name[-13:-5]}.html"
    assert len(name.encode()) == LONGEST - 1


PARTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(PARTS, max_size=6).map("/".join), PARTS, st.sampled_from(list(MEDIA_TYPES)))
def test_no_address_makes_a_name_that_leads_anywhere(path: str, query: str, media_type: str) -> None:
    url = URL.build(scheme="https", host="example.org", path=f"/{path}", query_string=query)
    name = file_name(url, media_type)
    assert name == file_name(url, media_type)
    assert name.startswith("example.org")
    assert name.isprintable()
    assert len(name.encode()) <= LONGEST
    assert media_type_of(name) == media_type
    assert not any(part.startswith(".") or part.strip() in ("", "..") for part in name.split("/"))
    assert PureWindowsPath(name).parts == PurePosixPath(name).parts == tuple(name.split("/"))
