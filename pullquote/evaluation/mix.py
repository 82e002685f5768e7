"""What is asked in earnest: the mix of questions that probabilities are fitted to and judged by."""

from __future__ import annotations

from typing import NamedTuple, Self


class Mix(NamedTuple):
    """Shares of all questions, which add up to 1."""

    answerable: float
    """Answered by the articles."""
    near_miss: float
    """On the topic, asked in good faith, not answered."""
    off_topic: float

    @classmethod
    def of(cls, answerable: float, near_miss: float, off_topic: float) -> Self:
        """The mix of three numbers in these proportions."""
        total = answerable + near_miss + off_topic
        return cls(answerable / total, near_miss / total, off_topic / total)


MIX = Mix(answerable=0.7, near_miss=0.15, off_topic=0.15)
"""What a bot in a community is asked, by default."""
