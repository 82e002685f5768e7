"""A preview shows what would be added, and what that would change, before anything is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given

from pullquote.cogs.messages.markup import length
from pullquote.cogs.messages.previews import preview_embed
from pullquote.library.difference import Difference, Rewording
from pullquote.library.drafts import Draft, Part
from pullquote.library.given import Given
from pullquote.library.problems import Problem, Remark
from pullquote.library.resemblance import Likeness, Resemblance
from retrieval.article import Article, Passage, Span
from retrieval.errors import Reason
from tests.support.discord_drafts import drafts
from tests.support.discord_embeds import check_embed, turning
from tests.support.discord_texts import STEADY
from tests.support.states import new

TEXT = """---
title: The lighthouse at Gull Point
author: Ann Lee
published: 1874-05-01
language: en
url: https://example.org/gull
---

The tower was finished in 1874.

Its lamp burned whale oil.

## Keepers

Six men lived here.

They kept a cat.

The cat kept the mice away.

The last keeper left in 1971.
"""
GULL = Part(new("gull.md", TEXT))
CATS = Part(new("cats.md", "# Cats\n\nCats sleep."))
CHANGE = Difference(("A cat.",), (Rewording("Old lamp.", "New lamp."),), (), 5)


def draft(*parts: Part, remarks: tuple[Remark, ...] = ()) -> Draft:
    return Draft(1, 2, parts, remarks)


def fields(found: Draft) -> dict[str | None, str | None]:
    return {field.name: field.value for field in preview_embed(found).fields}


def test_a_new_article() -> None:
    embed = preview_embed(draft(GULL))
    assert embed.title == "Add this article?"
    assert embed.description == (
        "**[The lighthouse at Gull Point](https://example.org/gull)**\n"
        "by Ann Lee · 1874-05-01 · English · 6 passages · gull.md\n\n"
        "The tower was finished in 1874. Its lamp burned whale oil. Six men lived here. They kept a cat. The cat "
        "kept the mice away. The last keeper left in 1971."
    )
    assert [(field.name, field.value) for field in embed.fields] == [
        (
            "As members would see it",
            "> The tower was finished in 1874.\n> \n> **Its lamp burned whale oil.**\n— paragraph 2\n"
            "> Six men lived here.\n> \n> **They kept a cat.**\n— Keepers · paragraph 4\n"
            "> **The cat kept the mice away.**\n— Keepers · paragraph 5",
        )
    ]
    assert embed.footer.text == "Members cannot find this yet."


def test_what_is_not_known_of_an_article_is_said() -> None:
    unknown = replace(CATS.new.article, language=None)
    embed = preview_embed(draft(Part(replace(CATS.new, article=unknown))))
    assert (
        embed.description
        == "**Cats**\nno author · no date · no language · no link · 1 passage · cats.md\n\nCats sleep."
    )
    assert [field.value for field in embed.fields] == ["> **Cats sleep.**\n— paragraph 1"]


def test_what_a_moderator_said_of_the_article_counts() -> None:
    said = Given(title="*Cats*", author="[B](https://x.example)", published=dt.date(2026, 1, 2), language="xx-yy")
    description = preview_embed(draft(Part(replace(CATS.new, given=said)))).description or ""
    assert description.split("\n")[:2] == [
        "**\\*Cats\\***",
        "by \\[B\\](https\\://x.example) · 2026-01-02 · xx · no link · 1 passage · cats.md",
    ]


def test_an_article_that_replaces_another() -> None:
    found = draft(replace(GULL, replaces=True, difference=CHANGE))
    assert preview_embed(found).title == "Replace this article?"
    assert fields(found)["What changes in its passages"] == (
        "1 added, 1 changed · 5 unchanged\n- **Changed:** ~~Old~~ **New** lamp.\n- **Added:** A cat."
    )


def test_articles_that_it_resembles() -> None:
    others = [replace(CATS.article, title=title, url="https://example.org/") for title in ("*Cats*", "B", "C")]
    found = [Resemblance(other, likeness, 0.756) for other, likeness in zip(others, Likeness, strict=True)]
    assert fields(draft(replace(GULL, resembles=tuple(found))))["This article"] == (
        "- has the same text as \\*Cats\\*\n- has the same link as B\n- shares 76% of its text with C"
    )


def test_what_was_left_out_with_problems_first() -> None:
    said = (
        Remark(None, Reason.of("pdf-page-left-out")),
        Remark("*a*.md", Reason.of("no-text")),
        Problem("b.pdf", Reason.of("not-zip")),
    )
    assert fields(draft(GULL, remarks=said))["Good to know"] == (
        "- b.pdf: is not a ZIP archive; pack the files once more, or add them one by one\n"
        "- 1 of its pages is damaged and was left out\n"
        "- \\*a\\*.md: has no text in it"
    )


def test_many_remarks_are_counted() -> None:
    said = tuple(Remark(f"{'w' * 180}{number}", Reason.of("no-text")) for number in range(8))
    assert (fields(draft(GULL, remarks=said))["Good to know"] or "").endswith("\n… and 5 more")


def test_several_articles() -> None:
    parts = [GULL, replace(CATS, replaces=True, difference=CHANGE), replace(CATS, replaces=True)]
    embed = preview_embed(draft(*parts))
    assert embed.title == "Add 3 articles?"
    assert embed.description == (
        "1 new, 2 replaced\n"
        "- [The lighthouse at Gull Point](https://example.org/gull) · gull.md · 6 passages\n"
        "- Cats · cats.md · 1 passage · replaced: 1 added, 1 changed\n"
        "- Cats · cats.md · 1 passage · replaced"
    )
    assert embed.fields == []


def test_many_articles_are_counted() -> None:
    description = preview_embed(draft(*[GULL] * 200)).description or ""
    lines = description.split("\n")
    assert lines[0] == "200 new"
    assert lines[-1] == f"… and {200 - (len(lines) - 2)} more"


def test_a_sample_with_a_long_lead_is_shown_without_it() -> None:
    text = f"{'w' * 390}\n\nCats sleep."
    [passage] = CATS.article.passages
    passage = replace(passage, start=392, end=403, lead=Span(0, 390), sentences=(Span(392, 403),))
    article = replace(CATS.new.article, text=text, passages=(passage,))
    assert fields(draft(Part(replace(CATS.new, article=article)))) == {
        "As members would see it": "> **Cats sleep.**\n— paragraph 1"
    }


def test_the_marks_that_turn_a_line_are_left_out() -> None:
    def turned(article: Article) -> Article:
        return replace(article, title="\u202eCats", author="\u2067Ann", file="\u202ecats.md")

    part = Part(replace(CATS.new, article=turned(CATS.new.article)))
    resembling = replace(part, resembles=(Resemblance(part.article, Likeness.TEXT, 1.0),))
    said = (Remark("\u202ea.md", Reason.of("no-text")),)
    assert turning(preview_embed(draft(resembling, remarks=said))) == []
    assert turning(preview_embed(draft(part, part))) == []


@pytest.mark.parametrize("filling", ["w", "*", "😀", "w ", "* "])
def test_the_longest_of_everything_keeps_to_discords_limits(filling: str) -> None:
    text = (filling * 2000).strip()
    span = Span(0, len(text))
    passages = tuple(Passage(10**7 + number, 0, len(text), (text,), (span,)) for number in range(9))
    url = "https://example.org/" + "x" * 492
    article = Article(text[:200], "0" * 64, text, url, text, dt.date(1874, 5, 1), text, text, passages)
    part = replace(GULL, new=replace(GULL.new, article=article), replaces=True)
    difference = Difference((text,) * 9, (Rewording(f"a {text}", f"b {text}"),) * 9, (text,) * 9, 10**6)
    part = replace(part, difference=difference, resembles=(Resemblance(article, Likeness.NEAR, 1.0),) * 5)
    said = (Problem(text, Reason.of("no-text")),) * 9
    one, several = preview_embed(draft(part, remarks=said)), preview_embed(draft(*[part] * 99, remarks=said))
    check_embed(one)
    check_embed(several)
    # All of it is there, and not far from the limits: were anything left out, this would show nothing.
    assert sum(length(field.value or "") for field in one.fields) > 2500
    assert length(several.description or "") > 2500


@STEADY
@given(drafts())
def test_every_preview_keeps_to_discords_limits(found: Draft) -> None:
    check_embed(preview_embed(found))
