"""An article's text is shown whole, page by page, and within Discord's limits."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from hypothesis import given

from pullquote.cogs.messages.texts import text_embed, text_pages
from retrieval.article import Article, Passage, Span
from tests.support.discord_drafts import articles
from tests.support.discord_embeds import check_embed, turning
from tests.support.discord_markdown import plain
from tests.support.discord_texts import STEADY
from tests.support.fake_encoder import article

TEXT = "# Gull Point\n\nThe tower is old.\n\n## Keepers\n\nSix men lived here.\n\nThey kept a cat.\n"
GULL = replace(article(TEXT, "gull.md"), url="https://example.org/gull")


def long_article(*texts: str) -> Article:
    """An article whose passages are these texts."""
    whole, passages = "", []
    for number, text in enumerate(texts, 1):
        span = Span(len(whole), len(whole) + len(text))
        passages.append(Passage(number, span.start, span.end, (), (span,)))
        whole += f"{text}\n\n"
    return replace(GULL, text=whole, passages=tuple(passages))


def read_back(pages: list[str]) -> str:
    """What stands in the quotes, without marks of omission."""
    quoted = [line.removeprefix("> ") for page in pages for line in page.split("\n") if line.startswith("> ")]
    return re.sub("…|\\s", "", "\n".join(map(plain, quoted)))


def test_a_text_with_its_sections_and_the_numbers_of_its_passages() -> None:
    assert text_pages(GULL) == [
        "Paragraph 1\n> The tower is old.\n"
        "**Keepers**\nParagraph 2\n> Six men lived here.\nParagraph 3\n> They kept a cat.\n"
    ]


def test_a_page_says_whose_text_it_is() -> None:
    embed = text_embed(GULL, ["some text"], 0, 0)
    assert embed.description == "**[Gull Point](https://example.org/gull)**\nsome text"
    assert embed.footer.text == "3 passages · gull.md"

    known = replace(GULL, author="*Ann*\nLee", published=dt.date(1874, 5, 1), url=None)
    embed = text_embed(known, ["a", "b"], 1, 12)
    assert embed.description == "**Gull Point**\nb"
    assert embed.footer.text == "by *Ann* Lee · 1874-05-01 · 3 passages · quoted in 12 answers · gull.md · page 2 of 2"


def test_a_long_text_has_pages() -> None:
    pages = text_pages(long_article("a" * 1500, "b" * 1400, "c" * 100))
    assert [page.count("Paragraph") for page in pages] == [2, 1]
    assert pages[0].startswith("Paragraph 1\n> aaa")
    assert pages[1].startswith("Paragraph 3\n> c")


def test_a_passage_that_is_too_long_for_a_quote_goes_on_below() -> None:
    pages = text_pages(long_article("*" * 5000))
    assert [page.count("Paragraph 1\n> ") for page in pages] == [1] * len(pages)
    assert read_back(pages) == "*" * 5000


def test_the_marks_that_turn_a_line_are_left_out() -> None:
    turned = replace(GULL, title="\u202egull", author="\u2067Ann", file="\u202egull.md")
    assert turning(text_embed(turned, text_pages(turned), 0, 0)) == []


@STEADY
@given(articles())
def test_every_page_keeps_to_discords_limits_and_nothing_is_left_out(article: Article) -> None:
    pages = text_pages(article)
    for page in range(len(pages)):
        check_embed(text_embed(article, pages, page, 999_999))
    passages = [article.slice(passage) for passage in article.passages]
    assert read_back(pages) == re.sub("…|\\s", "", "\n".join(passages))
