"""What is said of files: problems and remarks, and remarks on many files in one line."""

from __future__ import annotations

import pytest

from pullquote.library.problems import Problem, Remark, resemblances, summed, unread
from retrieval.errors import Reason
from tests.support.fake_encoder import article
from tests.support.wording import problem_line


def test_articles_of_one_title_in_one_folder_name_the_first() -> None:
    titles = {
        "a.md": "The ferry",
        "b.md": "the FERRY",
        "c.md": "The bridge",
        "d.md": "The Ferry",
        "e/a.md": "The ferry",
    }
    articles = [article(f"# {title}\n\nText of {file}.", file) for file, title in titles.items()]
    reason = Reason.of("same-title", other="a.md")
    assert list(resemblances(articles)) == [Remark("b.md", reason), Remark("d.md", reason)]


def test_articles_that_are_equal_name_the_first_wherever_they_lie() -> None:
    files = {"a.md": "Ants bite.", "b/a.md": "Ants bite.", "c.md": "Ants bite.", "d.md": "Ants dig."}
    articles = [article(f"# Ants\n\n{text}", file) for file, text in files.items()]
    assert [problem_line(remark) for remark in resemblances(articles)] == [
        "b/a.md: holds the same as a.md, word for word, so both may be quoted; delete either file",
        "c.md: holds the same as a.md, word for word, so both may be quoted; delete either file",
        "d.md: has the same title as a.md, so its quotes show the file's name as well; give either file another title",
    ]


@pytest.mark.parametrize("code", ["headings-only", "front-matter-only", "no-text"])
def test_a_file_without_anything_to_quote_is_no_problem(code: str) -> None:
    assert unread("index.md", Reason.of(code)) == Remark("index.md", Reason.of(code))


def test_a_file_that_cannot_be_read_is_a_problem() -> None:
    assert unread("a.md", Reason.of("empty")) == Problem("a.md", Reason.of("empty"))


def test_remarks_of_a_kind_on_many_files_are_one_line() -> None:
    remarks = [
        *(Remark(f"{name}.txt", Reason.of("same-content", other=f"{name}.md")) for name in "abcd"),
        *(Remark(f"{name}.md", Reason.of("no-text")) for name in "efg"),
        Remark(None, Reason.of("file-not-article", kind="1 .png")),
    ]
    assert [problem_line(remark) for remark in summed(remarks)] == [
        "a.txt: holds the same as a.md, word for word, so both may be quoted; delete either file "
        "(3 more files likewise)",
        *map(problem_line, remarks[4:]),
    ]
