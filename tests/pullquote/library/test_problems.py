"""What is wrong with articles beside each other."""

from __future__ import annotations

from pullquote.library.problems import Problem, same_titles
from retrieval.errors import Reason
from tests.support.fake_encoder import article


def test_articles_of_one_title_are_told_apart_from_the_first() -> None:
    titles = {"a.md": "The ferry", "b.md": "the FERRY", "c.md": "The bridge", "d.md": "The Ferry"}
    articles = [article(f"# {title}\n\nText.", file) for file, title in titles.items()]
    reason = Reason.of("same-title", other="a.md")
    assert list(same_titles(articles)) == [Problem("b.md", reason), Problem("d.md", reason)]
