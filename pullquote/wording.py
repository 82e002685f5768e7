"""Words that the front ends share."""

from __future__ import annotations

from collections.abc import Mapping

from retrieval.answer import Verdict

VERDICT_HEADINGS: Mapping[Verdict, str] = {
    Verdict.ANSWERED: "From the articles",
    Verdict.CLOSEST: "No clear answer: the closest passages",
    Verdict.NOT_IN_CORPUS: "Not in the articles",
}


def counted(number: int, noun: str) -> str:
    """As in "1 article" and "2,000 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
