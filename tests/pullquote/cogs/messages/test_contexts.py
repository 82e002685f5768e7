"""What stands around a quote is shown in full, with the quote marked by words, and within Discord's limits."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.messages.contexts import context_embed, context_of, removed_embed
from retrieval.answer import Hit
from retrieval.article import Article, Passage, Span
from retrieval.quotation import Quotation
from tests.support.discord_drafts import articles
from tests.support.discord_embeds import check_embed
from tests.support.discord_markdown import plain
from tests.support.discord_texts import STEADY
from tests.support.fake_encoder import article

TEXT = "# Gull Point\n\n" + "\n\n".join(f"Sentence {number} is here. It goes on." for number in range(1, 9))
GULL = replace(article(TEXT, "gull.md"), url="https://example.org/gull")


def quotation(of: Article, *numbers: int, sentence: int = 0) -> Quotation:
    """Passages with these numbers as a quotation, of whose first passage a sentence answers."""
    passages = tuple(of.passages[number - 1] for number in numbers)
    return Quotation(Hit(of, passages[0], passages[0].sentences[sentence], 0.5, {}), passages)


def test_two_passages_before_and_two_behind_are_shown_and_the_quoted_are_marked() -> None:
    context = context_of(quotation(GULL, 4, 5, sentence=1))
    assert context.pages == (
        "Paragraph 2\n> Sentence 2 is here. It goes on.\nParagraph 3\n> Sentence 3 is here. It goes on.\n"
        "**Quoted: paragraph 4**\n> Sentence 4 is here. **It goes on.**\n"
        "**Quoted: paragraph 5**\n> Sentence 5 is here. It goes on.\n"
        "Paragraph 6\n> Sentence 6 is here. It goes on.\nParagraph 7\n> Sentence 7 is here. It goes on.\n",
    )
    assert context.quoted == 0


def test_an_article_begins_and_ends_where_it_does() -> None:
    numbers = [re.findall(r"aragraph (\d)", context_of(quotation(GULL, number)).pages[0]) for number in (1, 8)]
    assert numbers == [["1", "2", "3"], ["6", "7", "8"]]


def test_a_long_context_begins_where_the_sentence_is() -> None:
    long = GULL.passages[0]
    text = "a" * 1990 + "\n\n" + "b" * 3800 + " This answers.\n\n" + "c" * 10
    begins = text.index("This")
    spans = [((0, 1990), ()), ((1992, begins + 13), ((begins, begins + 13),)), ((begins + 15, len(text)), ())]
    passages = tuple(
        replace(long, number=number, start=start, end=end, sentences=(Span(start, begins - 1), *map(_span, inner)))
        for number, ((start, end), inner) in enumerate(spans, 1)
    )
    context = context_of(quotation(replace(GULL, text=text, passages=passages), 2, sentence=1))
    assert len(context.pages) == 3
    assert context.quoted == 2
    assert "**This answers.**" in context.pages[2]
    embed = context_embed(context, 2)
    assert embed.footer.text == "Word for word · page 3 of 3"


def _span(ends: tuple[int, int]) -> Span:
    return Span(*ends)


@STEADY
@given(articles(), st.randoms(use_true_random=False))
def test_every_page_keeps_to_discords_limits_and_nothing_is_left_out(article: Article, chance: random.Random) -> None:
    number = chance.randint(1, len(article.passages))
    context = context_of(quotation(article, number))
    assert 0 <= context.quoted < len(context.pages)
    for page in range(len(context.pages)):
        check_embed(context_embed(context, page))
    shown: tuple[Passage, ...] = article.passages[max(0, number - 3) : number + 2]
    quoted = [line.removeprefix("> ") for page in context.pages for line in page.split("\n") if line.startswith("> ")]
    read = re.sub("…|\\s", "", "\n".join(map(plain, quoted)))
    assert read == re.sub("…|\\s", "", "\n".join(article.slice(each) for each in shown))


def test_the_words_of_a_quote_that_is_gone_are_marked_as_removed() -> None:
    embed = removed_embed("> The tower is old.\n— Gull Point · paragraph 1")
    assert embed.author.name == "Removed"
    assert str(embed.description).endswith("word for word:\n\n> The tower is old.\n— Gull Point · paragraph 1")
    check_embed(removed_embed("> " + "w" * 3500))
