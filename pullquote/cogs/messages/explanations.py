"""How an answer came about, for moderators: what counted for and against each passage, and why the verdict was given.

The score of a passage is a sum of weighted features. What counts for a passage is what lifts its score above the mean
of all passages that were looked at; features that tell of the same thing are counted together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import discord

from pullquote.cogs.messages.markup import line
from pullquote.cogs.messages.replies import brief, place
from pullquote.cogs.messages.reports import COLOUR
from pullquote.locales.english import VERDICT_HEADINGS, counted
from retrieval.answer import Answer, Hit, Verdict
from retrieval.quotation import quotations
from retrieval.ranking.weights import Weights

_SHOWN = 5
_MEANING, _WORDS, _ORDER = "its meaning", "its words", "words that stand together as you wrote them"
_NAMES, _HEADINGS, _KIND = "names and numbers", "its title and headings", "what you ask for (who, when, how many)"
_AROUND, _LENGTH = "the text around it", "its length"
THEMES: Mapping[str, str] = {
    **dict.fromkeys(("passage_cosine", "sentence_cosine", "fitting_sentence_cosine"), _MEANING),
    **dict.fromkeys(("best_cosine", "best_sentence_cosine", "cosine_lead", "sentence_lead"), _MEANING),
    **dict.fromkeys(("maxsim", "sharp_maxsim", "distinct_maxsim", "window_maxsim", "maxsim_lead"), _WORDS),
    **dict.fromkeys(("sentence_coverage", "weakest_word", "uncovered", "rarest_missing"), _WORDS),
    **dict.fromkeys(("telling_words", "telling_sentence", "telling_share", "unmentioned"), _WORDS),
    **dict.fromkeys(("question_length", "question_rarity"), _WORDS),
    **dict.fromkeys(("pair_maxsim", "pairs"), _ORDER),
    **dict.fromkeys(("names", "name_maxsim", "unmentioned_names"), _NAMES),
    **dict.fromkeys(("title_coverage", "context_maxsim", "distinct_context_maxsim", "context_coverage"), _HEADINGS),
    **dict.fromkeys(("heading_cosine", "path_cosine", "asked_heading"), _HEADINGS),
    **dict.fromkeys(("question_word", "unfit"), _KIND),
    **dict.fromkeys(("article_cosine", "neighbour_coverage", "article_coverage"), _AROUND),
    "length": _LENGTH,
}
"""What each feature tells of."""
# From which share of the score on something is worth telling: it multiplies the odds of a passage by 1.2.
_NOTABLE = 0.18
_TOLD = 3


def explanation_embed(answer: Answer, weights: Weights, hidden: int = 0) -> discord.Embed:
    """How an answer came about, where so many articles may not be asked."""
    lines = [f"**{VERDICT_HEADINGS[answer.verdict]}**", *_reasons(answer, weights)]
    embed = discord.Embed(title=line(answer.question.text, 250), colour=COLOUR, description="\n".join(lines))
    means = _means(answer.hits, weights.rank)
    for number, hit in enumerate(answer.hits[:_SHOWN], 1):
        name = f"{number} · {_percent(hit.probability)} · {line(hit.title, 150)}"
        embed.add_field(name=name, value="\n".join(_candidate(hit, weights.rank, means)), inline=False)
    left_out = f" {counted(hidden, 'article')} may not be asked in this channel." if hidden else ""
    embed.set_footer(text=f"{len(answer.hits)} passages were compared.{left_out}")
    return embed


def contributions(hit: Hit, rank: Mapping[str, float], means: Mapping[str, float]) -> dict[str, float]:
    """How far each theme lifts a passage's score above the mean of all; the largest contribution first."""
    themes: dict[str, float] = {}
    for name, weight in rank.items():
        theme = THEMES[name]
        themes[theme] = themes.get(theme, 0.0) + weight * (hit.features[name] - means[name])
    return dict(sorted(themes.items(), key=lambda each: -each[1]))


def _means(hits: Sequence[Hit], rank: Mapping[str, float]) -> dict[str, float]:
    return {name: sum(hit.features[name] for hit in hits) / len(hits) for name in rank}


def _candidate(hit: Hit, rank: Mapping[str, float], means: Mapping[str, float]) -> Iterator[str]:
    [quotation] = quotations([hit])
    yield brief(quotation)
    yield place(quotation)
    counted = contributions(hit, rank, means)
    for sign, themes in (
        ("For it", [theme for theme, lift in counted.items() if lift >= _NOTABLE]),
        ("Against it", [theme for theme, lift in reversed(counted.items()) if lift <= -_NOTABLE]),
    ):
        if themes:
            yield f"**{sign}:** {', '.join(themes[:_TOLD])}"


def _reasons(answer: Answer, weights: Weights) -> Iterator[str]:
    """Why the verdict is what it is: the probabilities and what they have to reach."""
    yield f"That the question is about the articles: {_percent(answer.topic)}"
    yield f"That they answer it, if so: {_percent(answer.answerable)}"
    yield f"That the first passage answers it, all in all: {_percent(answer.confidence)}"
    if answer.topic < weights.on_topic:
        yield f"It counts as doubtful: below {_percent(weights.on_topic)} a question may be about something else."
    answered, closest = _percent(weights.answered), _percent(weights.closest)
    headings = VERDICT_HEADINGS[Verdict.ANSWERED], VERDICT_HEADINGS[Verdict.CLOSEST]
    yield f"“{headings[0]}” takes {answered}, “{headings[1]}” {closest}."
    if answer.unmentioned:
        words = ", ".join(line(word, 40) for word in answer.unmentioned[:6])
        yield f"The first passage's article never mentions: {words}"


def _percent(share: float) -> str:
    return f"{share:.0%}"
