"""The words of a question that an article never mentions: why a passage may only come close."""

from __future__ import annotations

import numpy as np

from retrieval.question import Question
from retrieval.search.corpus import Corpus


def unmentioned(question: Question, corpus: Corpus, row: int) -> tuple[str, ...]:
    """The question's words of content, as it writes them, that the article of a passage has nowhere.

    `row` is the passage's row in the corpus. A word that is written as the corpus never writes it counts as mentioned
    if the article has the word that is likely meant.
    """
    [article] = corpus.layout.article_of(np.array([row])).tolist()
    located = corpus.layout.passages[row]
    elsewhere = corpus.topics.title_stems[article].union(located.language.stems(" ".join(located.passage.headings)))
    missing: dict[str, str] = {}
    for word in question.words:
        if word.content and word.stem not in elsewhere and not _has(corpus, article, word.stem):
            missing.setdefault(word.stem, question.text[word.start : word.end])
    return tuple(missing.values())


def _has(corpus: Corpus, article: int, stem: str) -> bool:
    term = corpus.lexical.term(stem)
    if term is None:
        return False
    return bool((corpus.layout.article_of(corpus.lexical.rows_with(term)) == article).any())
