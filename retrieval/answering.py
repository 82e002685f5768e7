"""A question → an answer: encode, search, rank, decide."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

import numpy as np

from retrieval.answer import Answer, Hit, LanguageGap, Verdict
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.reranker import Pair, Reranker
from retrieval.errors import SnapshotError
from retrieval.followups import STANDS_ALONE, SURE, leans, own_words, with_earlier
from retrieval.language.detection import detected
from retrieval.orders import is_order
from retrieval.precedence import answering
from retrieval.question import Question
from retrieval.ranking.evidence import Query, encode, gather
from retrieval.ranking.ranker import Ranker, Ranking
from retrieval.search.corpus import Corpus
from retrieval.unmentioned import unmentioned

RERANKED = 8
"""How many candidates of a question the reranker scores: the best, by the ranker's order."""


class CorpusHolder(Protocol):
    """Holds the corpus in force: the library does, and an evaluation holds a corpus that stays."""

    @property
    def corpus(self) -> Corpus:
        """The corpus in force."""

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the vectors of the corpus in force, and that encodes the questions."""

    def mended(self, corpus: Corpus) -> Corpus:
        """A corpus to answer from instead of a corpus that has become unreadable on the disk."""
        ...


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from the corpus in force."""

    holder: CorpusHolder
    ranker: Ranker
    reranker: Reranker | None = None
    """The reranker that scores the first candidates again, if the ranker's weights were fitted with it."""

    def answer(self, question: Question) -> Answer:
        """Answer one question from the corpus in force."""
        return self.answer_all([question])[0]

    def answer_all(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer several questions together, all from the same corpus."""
        corpus = self.holder.corpus
        try:
            return self.answer_each(questions, [corpus] * len(questions))
        except SnapshotError:
            return self.answer_each(questions, [self.holder.mended(corpus)] * len(questions))

    def answer_each(self, questions: Sequence[Question], corpora: Sequence[Corpus]) -> list[Answer]:
        """Answer each question from its corpus. All questions are encoded in one pass and reranked in one batch.

        Follow-ups that do not stand alone are searched again, together, with what was asked before.
        """
        started = time.perf_counter()
        with answering():
            questions = [
                question.asked_of(each.layout.languages) for question, each in zip(questions, corpora, strict=True)
            ]
            rankings = self._ranked(questions, corpora)
            joined = {
                i: with_earlier(question)
                for i, question in enumerate(questions)
                if question.before and leans(question) and rankings[i].probabilities.first < STANDS_ALONE
            }
            if joined:
                again = self._ranked(list(joined.values()), [corpora[i] for i in joined])
                for i, ranking in zip(joined, again, strict=True):
                    rankings[i] = ranking
            elapsed_ms = (time.perf_counter() - started) * 1000
            return [
                self._decide(question, joined.get(i), rankings[i], corpora[i], elapsed_ms)
                for i, question in enumerate(questions)
            ]

    def _ranked(self, questions: Sequence[Question], corpora: Sequence[Corpus]) -> list[Ranking]:
        """The ranking of each question's candidates: encode, search, rank."""
        queries = encode(questions, self.holder.encoder)
        evidence = [gather(query, corpus) for query, corpus in zip(queries, corpora, strict=True)]
        rankings = [self.ranker.rank(each) for each in evidence]
        return rankings if self.reranker is None else self._reranked(self.reranker, queries, rankings, corpora)

    def _reranked(
        self, reranker: Reranker, queries: Sequence[Query], rankings: Sequence[Ranking], corpora: Sequence[Corpus]
    ) -> list[Ranking]:
        """Order the candidates of every question anew, by the reranker's scores of the first candidates."""
        pairs = [
            Pair(query.question.text, corpus.layout.passages[row].text)
            for query, ranking, corpus in zip(queries, rankings, corpora, strict=True)
            for row in ranking.rows[:RERANKED]
        ]
        scores = iter(reranker.score(pairs))
        return [
            self.ranker.rerank(ranking, np.array(list(islice(scores, len(ranking.rows[:RERANKED])))))
            for ranking in rankings
        ]

    def _decide(
        self, question: Question, joined: Question | None, ranking: Ranking, corpus: Corpus, elapsed_ms: float
    ) -> Answer:
        """The answer that a ranking amounts to. An order to the bot is about no article, whatever words it has.

        `joined` is a follow-up with the questions before it, as it was searched: what is told of words is told of the
        question alone.
        """
        if is_order(question.text):
            ranking = replace(ranking, probabilities=ranking.probabilities.off_topic())
        hits = _hits(ranking, corpus)
        verdict = self.ranker.verdict(ranking.probabilities)
        if joined and verdict is Verdict.ANSWERED and not _is_sure(question, ranking, corpus):
            verdict = Verdict.CLOSEST
        gap = None if verdict is Verdict.ANSWERED else language_gap(joined or question, corpus, self.holder.encoder)
        return Answer(
            question=question,
            verdict=Verdict.OTHER_LANGUAGE if gap else verdict,
            hits=hits,
            topic=ranking.probabilities.topic,
            answerable=ranking.probabilities.answerable,
            elapsed_ms=elapsed_ms,
            unmentioned=unmentioned(question, corpus, int(ranking.rows[0])),
            gap=gap,
            followed=question.before if joined else (),
        )


def _is_sure(follow_up: Question, ranking: Ranking, corpus: Corpus) -> bool:
    """Whether what was found for a follow-up answers it, rather than what was asked before it.

    It does not if the article mentions none of the words that the follow-up adds.
    """
    own = own_words(follow_up)
    missing = unmentioned(replace(follow_up, words=own), corpus, int(ranking.rows[0]))
    return ranking.probabilities.first >= SURE and (not own or len(missing) < len({word.stem for word in own}))


def language_gap(question: Question, corpus: Corpus, encoder: Encoder) -> LanguageGap | None:
    """The gap between a question and articles that may well answer it; None if they have a language in common.

    The model closes the gap if it knows the question's language and one of the articles'. Where the question's language
    cannot be told with confidence, it is taken to be the articles'.
    """
    code = detected(question.text)
    articles = tuple(language.code for language in corpus.layout.languages)
    if code is None or code in articles:
        return None
    known = encoder.languages
    if known is None or (code in known and not known.isdisjoint(articles)):
        return None
    return LanguageGap(code, articles)


def _hits(ranking: Ranking, corpus: Corpus) -> tuple[Hit, ...]:
    """The candidates as passages of their articles, best first."""
    hits = []
    articles = corpus.layout.article_of(ranking.rows).tolist()
    for i, (row, sentence) in enumerate(zip(ranking.rows.tolist(), ranking.sentences.tolist(), strict=True)):
        located = corpus.layout.passages[row]
        highlight = located.passage.sentences[sentence]
        probability = float(ranking.probabilities.candidates[i])
        title = corpus.layout.titles[articles[i]]
        hits.append(Hit(located.article, located.passage, highlight, probability, ranking.explained(i), title))
    return tuple(hits)
