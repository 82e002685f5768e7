"""Files of kinds that are not read: what was meant as an article is named, everything else is counted."""

from __future__ import annotations

import pytest

from pullquote.library.problems import Problem
from pullquote.library.sources.unread import remarks_on
from tests.support.wording import problem_line


def lines(*files: str) -> list[str]:
    remarks = list(remarks_on(files))
    assert not any(isinstance(remark, Problem) for remark in remarks)
    return [problem_line(remark) for remark in remarks]


def test_where_all_files_are_read_nothing_is_said() -> None:
    assert lines() == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("a.RTF", "is not read; save it as .docx, as a web page (.html) or as plain text (.txt)"),
        ("a.docm", "is not read; save it as .docx, as a web page (.html) or as plain text (.txt)"),
        ("sub/a.mobi", "is not read; save the book as EPUB (.epub) or as plain text (.txt)"),
        ("a.org", "is not read; turn it into Markdown (.md), as pandoc does"),
    ],
)
def test_a_file_that_was_meant_as_an_article_is_named_with_what_helps(file: str, line: str) -> None:
    assert lines(file) == [f"{file}: {line}"]


def test_other_files_are_counted_in_one_line_the_most_frequent_kinds_first() -> None:
    pictures = [f"picture{number}.png" for number in range(9)]
    assert lines("sub/_info.yml", *pictures, "x.YML", "a.rtf", "a.lock") == [
        "a.rtf: is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
        "12 files are not articles: 9 .png, 2 .yml and 1 .lock",
    ]


def test_a_single_other_file_is_counted_too() -> None:
    assert lines("style.css") == ["1 file is not an article: 1 .css"]


def test_no_more_than_six_kinds_are_named() -> None:
    files = ["a.b", "a.c", "a.d", "a.e", "a.f", "a.g", "b.g", "LICENSE", "COPYING"]
    assert lines(*files) == ["9 files are not articles: 2 without ending, 2 .g, 1 .b, 1 .c, 1 .d, 1 .e and 1 others"]
