"""Further passages keep to Discord's limits, whatever they are."""

from __future__ import annotations

from hypothesis import given

from pullquote.cogs.messages.further import further_embed, further_pages
from retrieval.answer import Hit
from retrieval.article import Article
from tests.support.discord_drafts import articles
from tests.support.discord_embeds import check_embed
from tests.support.discord_texts import STEADY
from tests.support.fake_encoder import article

GULL = article("# Gull Point\n\n" + "\n\n".join(f"Sentence {number} is here." for number in range(1, 6)), "gull.md")


def hits(of: Article) -> list[Hit]:
    return [Hit(of, passage, passage.sentences[0], 0.1, {}) for passage in of.passages]


def test_three_stand_on_a_page_and_the_numbers_go_on() -> None:
    pages = further_pages(hits(GULL))
    assert [len(page) for page in pages] == [3, 2]
    embed = further_embed(pages, 1)
    assert [(field.name, field.value) for field in embed.fields] == [
        ("Further passage 4", "> **Sentence 4 is here.**\n— Gull Point · paragraph 4"),
        ("Further passage 5", "> **Sentence 5 is here.**\n— Gull Point · paragraph 5"),
    ]
    assert embed.footer.text == "Quoted word for word · page 2 of 2"
    assert further_embed(pages[:1], 0).footer.text == "Quoted word for word"


@STEADY
@given(articles())
def test_every_page_keeps_to_discords_limits(article: Article) -> None:
    pages = further_pages(hits(article))
    for page in range(len(pages)):
        check_embed(further_embed(pages, page))
