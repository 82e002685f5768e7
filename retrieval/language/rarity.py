"""How rare a word is: counted in the corpus, steadied by how common it is in everyday texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# The length of a passage of an everyday text, in words: about the length of a paragraph.
_PASSAGE_WORDS = 100
# The frequency of words that are rarer, or whose frequency is not known. Most such words are names and foreign words.
_LEAST_FREQUENCY = 1e-8


def background(frequency: float) -> float:
    """The share of passages of everyday texts that have a word: 1 − (1 − f)^100, where f is its frequency."""
    return float(1 - (1 - max(frequency, _LEAST_FREQUENCY)) ** _PASSAGE_WORDS)


def rarity(
    having: NDArray[np.int64], passages: int | NDArray[np.int64], backgrounds: NDArray[np.float64], weight: float
) -> NDArray[np.float64]:
    """−ln of the share of passages that have a word, in nats. The arrays broadcast.

    `having` of `passages` were counted to have the word, and `weight` more passages are imagined that have it as often
    as everyday texts do (the mean of a beta-binomial posterior). Ten passages alone do not tell how rare a word is;
    beside many thousand passages the imagined passages no longer matter.
    """
    return -np.log((having + weight * backgrounds) / (np.asarray(passages) + weight))
