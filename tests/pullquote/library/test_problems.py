"""The problems of articles that resemble each other."""

from __future__ import annotations

from pullquote.library.problems import Problem, same_titles
from retrieval.errors import Reason
from tests.support.fake_encoder import article


def test_articles_that_share_a_title_name_the_first_article() -> None:
    titles = {"a.md": "The ferry", "b.md": "the FERRY", "c.md": "The bridge", "d.md": "The Ferry"}
    articles = [article(f"# {title}\n\nText.", file) for file, title in titles.items()]
    reason = Reason.of("same-title", other="a.md")
    assert list(same_titles(articles)) == [Problem("b.md", reason), Problem("d.md", reason)]
