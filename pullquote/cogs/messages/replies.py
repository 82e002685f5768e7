"""An answer → the message that shows it. Pure: no Discord connection, only its limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import discord

from pullquote.cogs.messages.markup import block_quote, escape, length, line, link, shorten, unescape
from pullquote.locales.english import VERDICT_HEADINGS, alternatives, searched_with
from pullquote.locales.other_language import other_language
from retrieval.answer import Answer, Hit, Verdict
from retrieval.article import Span
from retrieval.quotation import Quotation, quotations

# Together with the limits of markup.link these keep an embed under 6000 characters, its description under 4096 and
# each field under 1024, whatever the article and the question are.
_QUOTE = 1800
_BRIEF = 280
_PLAIN_QUOTE = 1100
_TITLE = 250
_SECTION = 80
_LONGEST_LEAD = 400
# How many words that the articles do not mention are named, and the length of the longest.
_UNMENTIONED = 4
_WORD = 40
# The length of all earlier questions that are named.
_EARLIER = 150

_COLOURS = {
    Verdict.ANSWERED: 0x2E9E5B,
    Verdict.CLOSEST: 0xE0A100,
    Verdict.NOT_IN_CORPUS: 0x7A7F87,
    Verdict.OTHER_LANGUAGE: 0xE0A100,
}
_SIGNS = {Verdict.ANSWERED: "✅", Verdict.CLOSEST: "🔎", Verdict.NOT_IN_CORPUS: "🚫", Verdict.OTHER_LANGUAGE: "🌐"}
_CLOSEST = "Nothing in the articles answers this for certain. This comes closest:"
_CLOSEST_WITHOUT = "The article does not mention {words}. This comes closest:"
_NEAREST = "Nothing in the articles answers this. The nearest passage is about something else, as far as I can tell:"
_NOT_FOUND = "Other words may help: I can only quote what is written there."
_FURTHER = {Verdict.ANSWERED: ("More on this", "And this"), Verdict.CLOSEST: ("Also close", "And this")}
_NOTHING = Span(0, 0)


def quotes_in_embed(answer: Answer) -> Sequence[Quotation]:
    """What the embed of an answer quotes, best first; nothing if nothing answers."""
    return quotations(answer.quotes) if _excuse(answer) is None else ()


def quotes_in_text(answer: Answer) -> Sequence[Quotation]:
    """What the plain text of an answer quotes: the best quote only."""
    return quotes_in_embed(answer)[:1]


def answer_embed(answer: Answer, *, title: str | None = None) -> discord.Embed:
    """The answer as an embed; `title` repeats the question where the channel does not show it."""
    embed = discord.Embed(colour=_COLOURS[answer.verdict])
    embed.set_author(name=_heading(answer))
    if title is not None:
        embed.title = shorten(title, _TITLE)
    followed = f"{_followed(answer)}\n\n" if answer.followed else ""
    if (excuse := _excuse(answer)) is not None:
        embed.description = f"{followed}{excuse}"
        return embed
    first, *others = quotes_in_embed(answer)
    reservation = f"{_reservation(answer)}\n\n" if answer.verdict is Verdict.CLOSEST else ""
    embed.description = f"{followed}{reservation}{excerpt(first, _QUOTE)}\n{citation(first)}"
    for name, quotation in zip(_FURTHER[answer.verdict], others, strict=False):
        embed.add_field(name=name, value=f"{brief(quotation)}\n{citation(quotation)}", inline=False)
    embed.set_footer(text="Quoted word for word")
    return embed


def stands_whole(question: str) -> bool:
    """Whether the title of an answer's embed has all of the question, so that `question_in` finds it there."""
    return length(escape(question)) <= _TITLE


def question_in(title: str) -> str:
    """The question that stands whole in the title of an answer's embed."""
    return unescape(title)


def answer_text(answer: Answer) -> str:
    """The answer as plain text, for channels where the bot may not embed: the best quote only."""
    heading = f"**{_heading(answer)}**"
    if answer.followed:
        heading += f"\n{_followed(answer)}"
    if (excuse := _excuse(answer)) is not None:
        return f"{heading}\n{excuse}"
    [first] = quotes_in_text(answer)
    reservation = f"{_reservation(answer)}\n" if answer.verdict is Verdict.CLOSEST else ""
    return f"{heading}\n{reservation}{excerpt(first, _PLAIN_QUOTE)}\n{citation(first)}"


def nearest_text(hit: Hit) -> str:
    """The passage that is nearest to a question that the articles do not answer."""
    [nearest] = quotations([hit])
    return f"{_NEAREST}\n{excerpt(nearest, _PLAIN_QUOTE)}\n{citation(nearest)}"


def _followed(answer: Answer) -> str:
    """What a follow-up was searched with: the member's own questions before it."""
    room = _EARLIER // len(answer.followed)
    return searched_with([f"“{line(question, room)}”" for question in answer.followed])


def _reservation(answer: Answer) -> str:
    """Why the passages may only come close: words that the article does not mention are named."""
    words = [f"“{shorten(word, _WORD)}”" for word in answer.unmentioned[:_UNMENTIONED]]
    return _CLOSEST_WITHOUT.format(words=alternatives(words)) if words else _CLOSEST


def _excuse(answer: Answer) -> str | None:
    """Why nothing is quoted; None if something is."""
    if answer.gap is not None:
        return other_language(answer.gap)
    return _NOT_FOUND if answer.verdict is Verdict.NOT_IN_CORPUS else None


def _heading(answer: Answer) -> str:
    return f"{_SIGNS[answer.verdict]} {VERDICT_HEADINGS[answer.verdict]}"


def citation(quotation: Quotation) -> str:
    """Where the quotation stands: title (linked), path of headings, paragraph numbers."""
    return f"— {link(quotation.hit.title, quotation.article.url)} · {place(quotation)}"


def place(quotation: Quotation) -> str:
    """Where the quotation stands in its article: path of headings, paragraph numbers."""
    first, last = quotation.passages[0], quotation.passages[-1]
    numbers = f"paragraph {first.number}" if first is last else f"paragraphs {first.number}–{last.number}"
    return f"{shorten(first.section, _SECTION)} · {numbers}" if first.section else numbers


def brief(quotation: Quotation) -> str:
    """The answering sentence of a further quotation, as a block quote; without bold, as nothing else is shown."""
    return _fit(quotation, quotation.highlight, _NOTHING, _BRIEF)


def excerpt(quotation: Quotation, limit: int) -> str:
    """The quotation as a block quote under what introduces it.

    A quotation that is too long is cut to the sentences around the highlight that fit.
    """
    lead = _lead(quotation, min(limit // 2, _LONGEST_LEAD))
    limit -= length(lead)
    text = quotation.text
    shown: Span | None = None
    for wider in _growing(quotation):
        if wider.end - wider.start > limit or length(block_quote(text, quotation.highlight, wider)) > limit:
            break
        shown = wider
    return lead + _fit(quotation, shown or quotation.highlight, quotation.highlight, limit)


def _lead(quotation: Quotation, limit: int) -> str:
    """What introduces the passage and stands apart from it, as a block quote; nothing if that is too long."""
    if quotation.lead is None or quotation.lead.end - quotation.lead.start > limit:
        return ""
    text = quotation.article.slice(quotation.lead)
    gap = "> " if quotation.lead_is_next else "> …"
    lead = f"{block_quote(text, _NOTHING, Span(0, len(text)))}\n{gap}\n"
    return lead if length(lead) <= limit else ""


def _growing(quotation: Quotation) -> Iterator[Span]:
    """The highlight, then with the sentence behind it, then with the sentence before it, and so on."""
    spans = quotation.sentences
    first = last = spans.index(quotation.highlight)
    yield Span(0, len(quotation.text)) if len(spans) == 1 else spans[first]
    while first > 0 or last < len(spans) - 1:
        if last < len(spans) - 1:
            last += 1
            yield Span(spans[first].start, spans[last].end)
        if first > 0:
            first -= 1
            yield Span(spans[first].start, spans[last].end)


def _fit(quotation: Quotation, span: Span, bold: Span, limit: int) -> str:
    """The span as a block quote, cut between words if the span alone is too long."""
    text = quotation.text
    end = min(span.end, span.start + limit)
    while length(shown := block_quote(text, bold, Span(span.start, end))) > limit:
        room = max(1, (end - span.start) * limit // length(shown))
        space = text.rfind(" ", span.start + room // 2, span.start + room)
        end = space if space > span.start else span.start + room - 1
    return shown
