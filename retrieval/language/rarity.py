"""How rare a word is: counted in the corpus, steadied by how common it is in everyday English."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from wordfreq import word_frequency

# A passage of everyday English, in words: about what a paragraph has.
_PASSAGE_WORDS = 100
# How often a word that is not in the list stands in everyday English. Most such words are names and foreign words.
_UNLISTED = 1e-8


@lru_cache(maxsize=10_000)
def background(form: str) -> float:
    """The share of passages of everyday English that have a word: 1 − (1 − f)^100, where f is its frequency."""
    frequency = max(word_frequency(form, "en", wordlist="small"), _UNLISTED)
    return float(1 - (1 - frequency) ** _PASSAGE_WORDS)


def rarity(
    having: NDArray[np.int64], passages: int | NDArray[np.int64], backgrounds: NDArray[np.float64], weight: float
) -> NDArray[np.float64]:
    """−ln of the share of passages that have a word, in nats. The arrays broadcast.

    `having` of `passages` were counted, and `weight` more are imagined that have it as everyday English does (the mean
    of a beta-binomial posterior).

    Of ten passages nobody learns how rare a word is; of many thousand the imagined ones no longer matter.
    """
    return -np.log((having + weight * backgrounds) / (np.asarray(passages) + weight))
