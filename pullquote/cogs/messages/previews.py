"""What a moderator sees before articles are added: a draft → an embed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from pullquote.cogs.messages.differences import change_line, difference_text
from pullquote.cogs.messages.markup import fitted, line, link, link_target
from pullquote.cogs.messages.replies import excerpt, place
from pullquote.cogs.messages.reports import COLOUR, remark_text
from pullquote.cogs.messages.scopes import tags_text
from pullquote.library.drafts import Draft, Part
from pullquote.library.problems import Problem, Remark
from pullquote.library.resemblance import Likeness, Resemblance
from pullquote.locales.english import counted
from pullquote.locales.other_language import language_name
from retrieval.answer import Hit
from retrieval.article import Article, Passage
from retrieval.language.languages import code_of
from retrieval.quotation import Quotation

# The lengths of what is shown. Together with those of replies.place and markup.link they keep an embed under 6000
# characters and each field under 1024, whatever the articles are.
_SAMPLE = 220
_BEGINNING = 300
_NAME = 100
_DIFFERENCE = 900
_REMARKS = 700
_REMARK = 200
_ARTICLES = 3500
# From how many passages on the samples leave out the first passage, with whose lines the preview begins.
_MANY = 4

_LIKENESS = {
    Likeness.TEXT: "has the same text as {other}",
    Likeness.LINK: "has the same link as {other}",
    Likeness.NEAR: "shares {share:.0%} of its text with {other}",
}


def preview_embed(draft: Draft) -> discord.Embed:
    """A draft as its moderator sees it. Nothing of it is searched yet."""
    embed = _of_one(draft.parts[0]) if len(draft.parts) == 1 else _of_many(draft.parts)
    if draft.remarks:
        embed.add_field(name="Good to know", value=_remarks(draft.remarks), inline=False)
    embed.set_footer(text="Members cannot find this yet.")
    return embed


def unchanged_embed(pages: int, remarks: Sequence[Remark]) -> discord.Embed:
    """What is said when none of the pages that were fetched again has changed."""
    embed = discord.Embed(title=f"Nothing changed on {counted(pages, 'page')}", colour=COLOUR)
    if remarks:
        embed.add_field(name="Good to know", value=_remarks(remarks), inline=False)
    return embed


def _of_one(part: Part) -> discord.Embed:
    article = part.article
    title = "Replace this article?" if part.replaces else "Add this article?"
    embed = discord.Embed(title=title, colour=COLOUR, description=_head(article))
    if part.difference is not None:
        value = difference_text(part.difference, _DIFFERENCE)
        embed.add_field(name="What changes in its passages", value=value, inline=False)
    if part.resembles:
        lines = [f"- {_resemblance(each)}" for each in part.resembles]
        embed.add_field(name="This article", value="\n".join(lines), inline=False)
    samples = "\n".join(_sample(article, passage) for passage in _samples(article))
    embed.add_field(name="As members would see it", value=samples, inline=False)
    return embed


def _of_many(parts: Sequence[Part]) -> discord.Embed:
    replaced = sum(part.replaces for part in parts)
    numbers = {"new": len(parts) - replaced, "replaced": replaced}
    lines = [", ".join(f"{number:,} {name}" for name, number in numbers.items() if number)]
    lines += [f"- {_listed(part)}" for part in parts]
    return discord.Embed(
        title=f"Add {counted(len(parts), 'article')}?", colour=COLOUR, description=fitted(lines, _ARTICLES)
    )


def _listed(part: Part) -> str:
    article = part.article
    details = [link(article.title, article.url), line(article.file, _NAME), counted(len(article.passages), "passage")]
    if part.replaces:
        details.append(f"replaced: {change_line(part.difference)}" if part.difference else "replaced")
    return " · ".join(details)


def _head(article: Article) -> str:
    """The title, linked; what is known and not known of the article; the first lines."""
    # Without headings, which would read as if they were part of the sentences beside them.
    first = " ".join(article.slice(passage)[: 2 * _BEGINNING] for passage in article.passages[:_BEGINNING])
    beginning = line(first, _BEGINNING)
    return f"**{link(article.title, article.url)}**\n{' · '.join(_details(article))}\n\n{beginning}"


def _details(article: Article) -> Iterator[str]:
    yield f"by {line(article.author, _NAME)}" if article.author else "no author"
    yield article.published.isoformat() if article.published else "no date"
    code = code_of(article.language) or article.language
    yield line(language_name(code), _NAME) if code else "no language"
    if link_target(article.url) is None:
        yield "no link"
    yield counted(len(article.passages), "passage")
    yield line(article.file, _NAME)
    if article.tags:
        yield tags_text(article.tags, 2 * _NAME)


def _samples(article: Article) -> list[Passage]:
    """Three passages from all over the article."""
    passages = article.passages
    many = len(passages)
    rows = (many // 4, many // 2, many * 3 // 4) if many >= _MANY else range(many)
    return [passages[row] for row in rows]


def _sample(article: Article, passage: Passage) -> str:
    """A passage as it would be quoted, without the article's title, which stands above."""
    quotation = Quotation(Hit(article, passage, passage.sentences[0], 0.0, {}), (passage,))
    return f"{excerpt(quotation, _SAMPLE)}\n— {place(quotation)}"


def _resemblance(found: Resemblance) -> str:
    return _LIKENESS[found.likeness].format(share=found.share, other=line(found.article.title, _NAME))


def _remarks(remarks: Sequence[Remark]) -> str:
    """Problems first."""
    ordered = sorted(remarks, key=lambda remark: not isinstance(remark, Problem))
    return fitted([f"- {line(remark_text(remark), _REMARK)}" for remark in ordered], _REMARKS)
