"""What each row of a corpus's vectors belongs to: passages, their sentences, their sections, their articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.language.language import Language
from retrieval.language.languages import language_of
from retrieval.precedence import unhurried
from retrieval.ragged import Ragged
from retrieval.titles import shown_titles


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and the article it stands in."""

    article: Article
    passage: Passage

    @property
    def text(self) -> str:
        """The passage as it stands in its article."""
        return self.article.slice(self.passage)

    @property
    def path(self) -> str:
        """What stands above it: the title of its article and its headings."""
        return " › ".join((self.article.title, *self.passage.headings))

    @property
    def with_lead(self) -> str:
        """What the encoder reads: the passage behind what introduces it, which it is not understood without."""
        lead = self.passage.lead
        return self.text if lead is None else f"{self.article.slice(lead)}\n{self.text}"

    @property
    def language(self) -> Language:
        """The language whose rules hold for the passage."""
        return language_of(self.article.language)


@dataclass(frozen=True, slots=True)
class Layout:
    """What each row of vectors belongs to: passages in the order of their articles, sentences of their passages."""

    passages: tuple[Located, ...]
    passage_sentences: Ragged
    """The sentences of each passage."""
    article_passages: Ragged
    """The passages of each article."""
    section_passages: Ragged
    """The passages of each section: a run of passages of one article under the same headings."""
    titles: tuple[str, ...]
    """The title of each article as it is shown: no two articles have the same."""
    languages: tuple[Language, ...]
    """The languages of the articles; the language of most passages comes first."""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Layout:
        """The layout of these articles, in their order."""
        articles = tuple(articles)
        passages = tuple(Located(article, passage) for article in unhurried(articles) for passage in article.passages)
        return cls(
            passages,
            Ragged.of_lengths(len(located.passage.sentences) for located in unhurried(passages)),
            Ragged.of_lengths(len(article.passages) for article in articles),
            Ragged.of_lengths(
                len(list(run))
                for article in unhurried(articles)
                for _, run in groupby(article.passages, attrgetter("headings"))
            ),
            shown_titles(articles),
            tuple(language for language, _ in Counter(located.language for located in passages).most_common()),
        )

    @property
    def sentences(self) -> int:
        return self.passage_sentences.entries

    def article_of(self, passages: NDArray[np.integer]) -> NDArray[np.int64]:
        """The articles that passages belong to."""
        return self.article_passages.row_of(passages)
