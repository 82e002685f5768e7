"""An answer → the message that shows it. Pure: no Discord connection, only its limits."""

from __future__ import annotations

from collections.abc import Iterator

import discord

from pullquote.cogs.messages.markup import block_quote, length, link, shorten
from pullquote.locales.english import VERDICT_HEADINGS
from retrieval.answer import Answer, Hit, Verdict
from retrieval.article import Span

# Together with the limits of markup.link these keep an embed under 6000 characters, its description under 4096 and
# each field under 1024, whatever the article and the question are.
_QUOTE = 1800
_BRIEF = 280
_PLAIN_QUOTE = 1100
_TITLE = 250
_SECTION = 80
# A further passage whose probability is below this part of the first passage's has nothing to do with the question.
_WORTH_SHOWING = 0.1

_COLOURS = {Verdict.ANSWERED: 0x2E9E5B, Verdict.CLOSEST: 0xE0A100, Verdict.NOT_IN_CORPUS: 0x7A7F87}
_SIGNS = {Verdict.ANSWERED: "✅", Verdict.CLOSEST: "🔎", Verdict.NOT_IN_CORPUS: "🚫"}
_CLOSEST = "Nothing in the articles answers this for certain. These passages come closest:"
_NOT_FOUND = (
    "The articles here do not seem to say anything about this. "
    "Other words may help: I can only quote what is written there."
)
_FURTHER = {Verdict.ANSWERED: ("More on this", "And this"), Verdict.CLOSEST: ("Also close", "And this")}
_NOTHING = Span(0, 0)


def answer_embed(answer: Answer, *, title: str | None = None) -> discord.Embed:
    """The answer as an embed; `title` repeats the question where the channel does not show it."""
    embed = discord.Embed(colour=_COLOURS[answer.verdict])
    embed.set_author(name=_heading(answer))
    if title is not None:
        embed.title = shorten(title, _TITLE)
    if answer.verdict is Verdict.NOT_IN_CORPUS:
        embed.description = _NOT_FOUND
        return embed
    first, *others = answer.quotes
    lead = f"{_CLOSEST}\n\n" if answer.verdict is Verdict.CLOSEST else ""
    embed.description = f"{lead}{excerpt(first, _QUOTE)}\n{citation(first)}"
    worth_showing = (quote for quote in others if quote.probability >= _WORTH_SHOWING * answer.confidence)
    for name, quote in zip(_FURTHER[answer.verdict], worth_showing, strict=False):
        embed.add_field(name=name, value=f"{brief(quote)}\n{citation(quote)}", inline=False)
    embed.set_footer(text=f"Quoted word for word · {answer.confidence:.0%} likely to answer the question")
    return embed


def answer_text(answer: Answer) -> str:
    """The answer as plain text, for channels where the bot may not embed: the best quote only."""
    heading = f"**{_heading(answer)}**"
    if answer.verdict is Verdict.NOT_IN_CORPUS:
        return f"{heading}\n{_NOT_FOUND}"
    first = answer.quotes[0]
    return f"{heading}\n{excerpt(first, _PLAIN_QUOTE)}\n{citation(first)}"


def _heading(answer: Answer) -> str:
    return f"{_SIGNS[answer.verdict]} {VERDICT_HEADINGS[answer.verdict]}"


def citation(quote: Hit) -> str:
    """Where the quote stands: title (linked), section, paragraph number."""
    parts = [link(quote.title, quote.article.url)]
    if quote.passage.section:
        parts.append(shorten(quote.passage.section, _SECTION))
    parts.append(f"paragraph {quote.passage.number}")
    return f"— {' · '.join(parts)}"


def brief(quote: Hit) -> str:
    """The answering sentence of a further passage, as a block quote; without bold, as no other sentence is shown."""
    return _fit(quote, quote.highlight_in_text, _NOTHING, _BRIEF)


def excerpt(quote: Hit, limit: int) -> str:
    """The quote as a block quote; a quote that is too long is cut to the sentences around the highlight that fit."""
    shown: Span | None = None
    for wider in _growing(quote):
        if wider.end - wider.start > limit or length(_quoted(quote, wider, quote.highlight_in_text)) > limit:
            break
        shown = wider
    return _fit(quote, shown or quote.highlight_in_text, quote.highlight_in_text, limit)


def _quoted(quote: Hit, span: Span, bold: Span) -> str:
    return block_quote(quote.text, bold, span)


def _growing(quote: Hit) -> Iterator[Span]:
    """The highlight, then with the sentence behind it, then with the sentence before it, and so on."""
    offset = quote.passage.start
    spans = [Span(s.start - offset, s.end - offset) for s in quote.passage.sentences]
    first = last = spans.index(quote.highlight_in_text)
    yield Span(0, len(quote.text)) if len(spans) == 1 else spans[first]
    while first > 0 or last < len(spans) - 1:
        if last < len(spans) - 1:
            last += 1
            yield Span(spans[first].start, spans[last].end)
        if first > 0:
            first -= 1
            yield Span(spans[first].start, spans[last].end)


def _fit(quote: Hit, span: Span, bold: Span, limit: int) -> str:
    """The span as a block quote, cut between words if the span alone is too long."""
    end = min(span.end, span.start + limit)
    while length(shown := _quoted(quote, Span(span.start, end), bold)) > limit:
        room = max(1, (end - span.start) * limit // length(shown))
        space = quote.text.rfind(" ", span.start + room // 2, span.start + room)
        end = space if space > span.start else span.start + room - 1
    return shown
