"""Words → stems, by the algorithms of Snowball (PyStemmer)."""

from __future__ import annotations

import threading

import Stemmer


class SnowballStemmer(threading.local):
    """A stemmer for each thread: PyStemmer's are not to be shared."""

    def __init__(self, algorithm: str) -> None:
        self.stemmer = Stemmer.Stemmer(algorithm)

    def stem(self, form: str) -> str:
        """The stem of a word in small letters."""
        stem: str = self.stemmer.stemWord(form)
        return stem
