"""Answers become messages within Discord's limits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pullquote.cogs.messages.markup import length
from pullquote.cogs.messages.replies import (
    answer_embed,
    answer_text,
    citation,
    excerpt,
    nearest_text,
)
from retrieval.answer import Answer, Hit, Verdict
from retrieval.article import Article, Passage, Span
from retrieval.quotation import Quotation
from retrieval.reading.articles import read_article
from retrieval.reading.measure import NoMeasure
from tests.support.documents import document
from tests.support.made_answers import answer_of
from tests.support.payload_limits import message_violations


def quote(*sentences: str, highlight: int = 0, section: str | None = "Building", score: float = 0.9) -> Hit:
    """A quote whose passage is these sentences, a space between them; `highlight` is the sentence that answers."""
    text = " ".join(sentences)
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    passage = Passage(3, 0, len(text), (section,) if section else (), tuple(spans))
    article = Article("a.md", "0" * 64, "Gull Point", "https://example.org/a", None, None, None, text, (passage,))
    return Hit(article, passage, spans[highlight], score, {})


def alone(found: Hit) -> Quotation:
    return Quotation(found, (found.passage,))


def answer(verdict: Verdict, *found: Hit) -> Answer:
    return answer_of(verdict, *found, question="When was it built?")


TOWER = quote("The tower was finished in 1874.", "Its lamp burned whale oil.")
LAMP = quote("The tower was finished in 1874.", "Its lamp burned whale oil.", highlight=1, section=None, score=0.4)
NOISE = quote("Castling moves the king.", score=0.09)


def test_a_follow_up_says_what_it_was_searched_with() -> None:
    followed = replace(answer(Verdict.ANSWERED, TOWER), followed=("Who *built* it?", "why " * 60))
    told = f"Searched with your questions before: “Who \\*built\\* it?”, “{('why ' * 18).strip()}…”"
    assert (answer_embed(followed).description or "").startswith(f"{told}\n\n> **The tower")
    assert answer_text(followed).startswith(f"**✅ The article says**\n{told}\n> **The tower")


def test_a_follow_up_without_an_answer_says_what_it_was_searched_with_too() -> None:
    followed = replace(answer(Verdict.NOT_IN_CORPUS, NOISE), followed=("Who built it?",))
    told = "Searched with your question before: “Who built it?”"
    assert (answer_embed(followed).description or "").startswith(f"{told}\n\nOther words may help")
    assert answer_text(followed).startswith(f"**🚫 The articles don't say**\n{told}\nOther words may help")


def test_a_title_comes_with_what_tells_it_from_other_articles() -> None:
    shown = answer_text(answer(Verdict.ANSWERED, replace(TOWER, shown_title="north › Gull Point")))
    assert shown.endswith("\n— [north › Gull Point](https://example.org/a) · Building · paragraph 3")


def test_an_answer() -> None:
    embed = answer_embed(answer(Verdict.ANSWERED, TOWER, LAMP)).to_dict()

    assert embed == {
        "type": "rich",
        "flags": 0,
        "color": 0x2E9E5B,
        "author": {"name": "✅ The article says"},
        "description": "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
        "— [Gull Point](https://example.org/a) · Building · paragraph 3",
        "fields": [
            {
                "name": "More on this",
                "value": "> … Its lamp burned whale oil.\n— [Gull Point](https://example.org/a) · paragraph 3",
                "inline": False,
            }
        ],
        "footer": {"text": "Quoted word for word"},
    }


def test_the_closest_passages_are_called_so() -> None:
    others = [replace(LAMP, article=replace(LAMP.article, title=title)) for title in ("Another", "A third")]
    embed = answer_embed(answer(Verdict.CLOSEST, LAMP, *others)).to_dict()

    assert embed["color"] == 0xE0A100
    assert embed["author"] == {"name": "🔎 It may be here"}
    assert embed["description"].startswith(
        "Nothing in the articles answers this for certain. This comes closest:\n\n> "
    )
    assert [field["name"] for field in embed["fields"]] == ["Also close", "And this"]
    assert embed["footer"] == {"text": "Quoted word for word"}


def test_words_that_the_article_does_not_mention_are_named() -> None:
    without = replace(answer(Verdict.CLOSEST, LAMP), unmentioned=("oil*", "sea", "cat"))
    assert (answer_embed(without).description or "").startswith(
        "The article does not mention “oil\\*”, “sea” or “cat”. This comes closest:\n\n> "
    )
    assert "does not mention" not in answer_text(replace(without, verdict=Verdict.ANSWERED))


def test_passages_that_stand_one_after_the_other_are_one_block() -> None:
    article = read_article(document("a.md", "# T\n\n## Steps\n\nOne is already here.\n\nTwo is *there*."), NoMeasure())
    hits = [Hit(article, passage, passage.sentences[0], 0.5, {}) for passage in article.passages]
    embed = answer_embed(answer(Verdict.ANSWERED, *reversed(hits)))
    assert embed.description == "> One is already here.\n> \n> **Two is there.**\n— T · Steps · paragraphs 1–2"
    assert embed.fields == []


def test_what_introduces_a_passage_is_quoted_before_it() -> None:
    text = "Take these:\n\n- a hat\n- a scarf"
    lines = (Span(13, 20), Span(21, 30))
    article = Article("a.md", "0" * 64, "T", None, None, None, None, text, ())
    later = Passage(2, 21, 30, (), lines[1:], Span(0, 11))
    found = Quotation(Hit(article, later, lines[1], 0.5, {}), (later,))
    assert excerpt(found, 100) == "> Take these:\n> …\n> **\\- a scarf**"


def test_a_sentence_right_before_a_passage_is_quoted_without_a_mark_of_omission() -> None:
    text = "The lamp is old.\n\nIt burns oil."
    spans = (Span(0, 16), Span(18, 31))
    article = Article("a.md", "0" * 64, "T", None, None, None, None, text, ())
    later = Passage(2, 18, 31, (), spans[1:], spans[0])
    found = Quotation(Hit(article, later, spans[1], 0.5, {}), (later,))
    assert excerpt(found, 100) == "> The lamp is old.\n> \n> **It burns oil.**"


def test_the_nearest_passage() -> None:
    assert nearest_text(TOWER) == (
        "Nothing in the articles answers this. The nearest passage is about something else, as far as I can tell:\n"
        "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
        "— [Gull Point](https://example.org/a) · Building · paragraph 3"
    )


def test_what_is_not_in_the_corpus_quotes_nothing() -> None:
    assert answer_embed(answer(Verdict.NOT_IN_CORPUS, NOISE)).to_dict() == {
        "type": "rich",
        "flags": 0,
        "color": 0x7A7F87,
        "author": {"name": "🚫 The articles don't say"},
        "description": "Other words may help: I can only quote what is written there.",
    }


def test_a_further_passage_that_has_nothing_to_do_with_it_is_left_out() -> None:
    assert answer_embed(answer(Verdict.ANSWERED, TOWER, NOISE)).fields == []


def test_the_question_is_repeated_where_the_channel_does_not_show_it() -> None:
    assert answer_embed(answer(Verdict.ANSWERED, TOWER)).title is None
    assert answer_embed(answer(Verdict.ANSWERED, TOWER), title="Who is <@1>?").title == "Who is \\<\\@1\\>?"


def test_the_plain_text_answer() -> None:
    assert answer_text(answer(Verdict.ANSWERED, TOWER, LAMP)) == (
        "**✅ The article says**\n"
        "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
        "— [Gull Point](https://example.org/a) · Building · paragraph 3"
    )
    assert answer_text(answer(Verdict.CLOSEST, LAMP)).startswith("**🔎 It may be here**\nNothing in ")
    assert answer_text(answer(Verdict.NOT_IN_CORPUS, NOISE)) == (
        "**🚫 The articles don't say**\nOther words may help: I can only quote what is written there."
    )


def test_a_long_passage_is_cut_to_whole_sentences_around_the_highlight() -> None:
    found = quote("One.", "Two two.", "Three!", "Four.", "Five.", highlight=2)

    assert excerpt(alone(found), 100) == "> One. Two two. **Three!** Four. Five."
    assert excerpt(alone(found), 37) == "> … Two two. **Three!** Four. Five."
    assert excerpt(alone(found), 34) == "> … Two two. **Three!** Four. …"
    assert excerpt(alone(found), 25) == "> … **Three!** Four. …"
    assert excerpt(alone(found), 18) == "> … **Three!** …"


def test_a_sentence_that_is_too_long_alone_is_cut_between_words() -> None:
    found = quote("First.", "a quite long sentence " * 9 + "to its end.", "Last.", highlight=1)
    assert excerpt(alone(found), 60) == "> … **a quite long sentence a quite long sentence a** …"


def test_code_of_any_size_is_cut_at_once() -> None:
    found = quote("x" * 10_000_000)
    assert excerpt(alone(found), 60) == f"> **{'x' * 51}** …"


@pytest.mark.parametrize("filling", ["w", "*", "😀", "w ", "*\n"])
def test_the_longest_of_everything_keeps_to_discords_limits(filling: str) -> None:
    text = (filling * 5000).strip()
    span = Span(0, len(text))
    passage = Passage(9_999_999, 0, len(text), (text.replace("\n", " "),), (span,))
    url = "https://example.org/" + "x" * 492
    article = Article("a.md", "0" * 64, text.replace("\n", " "), url, None, None, None, text, (passage,))
    found = Hit(article, passage, span, 1.0, {})

    others = [replace(found, article=replace(article)) for _ in range(2)]
    embed = answer_embed(answer(Verdict.CLOSEST, found, *others), title=text.replace("\n", " "))
    plain_text = answer_text(answer(Verdict.CLOSEST, found))

    assert list(message_violations({"embeds": [embed.to_dict()]}, edit=False)) == []
    assert list(message_violations({"content": plain_text}, edit=False)) == []
    assert embed.fields[1].value is not None
    # All of it is there, and close to the limits: were anything left out, this would show nothing.
    assert length(embed.fields[1].value) > 950
    assert length(plain_text) > 1750


@pytest.mark.parametrize(
    ("section", "cited"),
    [
        (None, "— [Gull Point](https://example.org/a) · paragraph 3"),
        ("Keepers *and* cats", "— [Gull Point](https://example.org/a) · Keepers \\*and\\* cats · paragraph 3"),
    ],
)
def test_a_citation(section: str | None, cited: str) -> None:
    assert citation(alone(quote("One.", section=section))) == cited
