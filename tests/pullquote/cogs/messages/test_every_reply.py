"""Whatever an answer and its articles are, a reply keeps to Discord's limits and shows mere quotes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.messages.markup import block_quote, length
from pullquote.cogs.messages.replies import (
    answer_embed,
    answer_text,
    brief,
    citation,
    excerpt,
    quotes_in_embed,
    quotes_in_text,
)
from retrieval.answer import Answer, Hit
from retrieval.quotation import Quotation
from tests.support.discord_markdown import BOLD, TEXT, plain, rendered, unquoted
from tests.support.discord_texts import LABELS, STEADY, answers, quotes
from tests.support.payload_limits import message_violations


def alone(found: Hit) -> Quotation:
    return Quotation(found, (found.passage,))


@STEADY
@given(answers(), st.none() | LABELS)
def test_every_reply_keeps_to_discords_limits(answer: Answer, title: str | None) -> None:
    embed = answer_embed(answer, title=title).to_dict()
    for message in ({"embeds": [embed]}, {"content": answer_text(answer)}):
        # As the client is set up, no mention pings; that all bodies say so is checked where the bot sends them.
        assert list(message_violations({**message, "allowed_mentions": {"parse": []}}, edit=False)) == []


@STEADY
@given(answers())
def test_what_counts_as_quoted_is_what_is_shown(answer: Answer) -> None:
    embed, text = answer_embed(answer), answer_text(answer)
    quoted = quotes_in_embed(answer)
    assert quotes_in_text(answer) == quoted[:1]
    assert bool(quoted) == (embed.footer.text == "Quoted word for word")
    shown = [embed.description or "", *(field.value or "" for field in embed.fields)]
    assert len(shown) == max(1, len(quoted))
    assert all(where.endswith(citation(quote)) for where, quote in zip(shown, quoted, strict=False))
    assert all(text.endswith(citation(quote)) for quote in quoted[:1])


@STEADY
@given(answers())
def test_nothing_in_a_reply_means_anything_but_what_the_bot_put_there(answer: Answer) -> None:
    embed = answer_embed(answer, title=answer.question.text)

    assert {span.kind for span in rendered(embed.title or "")} == {TEXT}
    for text in (embed.description or "", *(field.value or "" for field in embed.fields), answer_text(answer)):
        assert {span.kind for span in rendered(text)} <= {TEXT, "bold", "link", "quote"}


@STEADY
@given(quotes(), st.sampled_from([60, 280, 1100, 1800]))
def test_an_excerpt_is_a_slice_with_the_highlight_in_bold(found: Hit, limit: int) -> None:
    shown = excerpt(alone(found), limit)

    assert length(shown) <= limit
    check_slice(found, shown)


@STEADY
@given(quotes())
def test_a_brief_quote_is_the_highlight(found: Hit) -> None:
    shown = brief(alone(found))

    assert length(shown) <= 280
    assert {span.kind for span in rendered(unquoted(shown))} == {TEXT}
    assert plain(unquoted(shown)).removeprefix("… ").removesuffix(" …") in found.article.slice(found.highlight)


def check_slice(found: Hit, shown: str) -> None:
    """A slice of the passage is shown, and in bold the highlight, or its beginning where it is too long."""
    source = unquoted(shown)
    text, highlight = plain(source), found.article.slice(found.highlight)
    assert found.text in text or text.removeprefix("… ").removesuffix(" …") in found.text
    bold = "".join(span.text for span in rendered(source) if span.kind == BOLD)
    strong = "".join(line for line in highlight.split("\n") if line.strip())
    assert bold == strong or (strong.startswith(bold) and bold and shown.endswith(" …"))


@STEADY
@given(quotes())
def test_a_highlight_is_cut_only_if_it_does_not_fit_alone(found: Hit) -> None:
    span = found.highlight_in_text
    whole_highlight = block_quote(found.text, span, span)
    bold = "".join(span.text for span in rendered(unquoted(excerpt(alone(found), 1800))) if span.kind == BOLD)
    whole = "".join(line for line in found.article.slice(found.highlight).split("\n") if line.strip())
    assert (bold == whole) == (length(whole_highlight) <= 1800)
