"""Answers the questions of all guilds together, each from its guild's corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.library.guilds import Guilds
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.errors import PullquoteError, SnapshotError
from retrieval.question import Question
from retrieval.search.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the guild that it was asked in; None for a direct message."""

    question: Question
    guild: int | None


@dataclass(frozen=True, slots=True)
class GuildAnswerer:
    """An answerer that looks up each question's corpus."""

    answerer: Answerer
    guilds: Guilds

    def answer_all(self, asked: Sequence[Asked]) -> list[Answer | PullquoteError]:
        """Answer several questions together. A guild whose corpus cannot be asked gets its error, others answers."""
        corpora = {guild: self._corpus(guild) for guild in dict.fromkeys(each.guild for each in asked)}
        found = [(each, corpus) for each in asked if isinstance(corpus := corpora[each.guild], Corpus)]
        answers = iter(self._answered(found) if found else ())
        return [
            corpus if isinstance(corpus := corpora[each.guild], PullquoteError) else next(answers) for each in asked
        ]

    def _corpus(self, guild: int | None) -> Corpus | PullquoteError:
        try:
            return self.guilds.corpus(guild)
        except PullquoteError as error:
            return error

    def _answered(self, found: Sequence[tuple[Asked, Corpus]]) -> Sequence[Answer | PullquoteError]:
        """The answers of questions and their corpora. A corpus that was damaged on the disk is mended first."""
        try:
            return self.answerer.answer_each([asked.question for asked, _ in found], [corpus for _, corpus in found])
        except SnapshotError:
            return [self._answered_alone(asked, corpus) for asked, corpus in found]

    def _answered_alone(self, asked: Asked, corpus: Corpus) -> Answer | PullquoteError:
        try:
            return self.answerer.answer_each([asked.question], [corpus])[0]
        except SnapshotError:
            return self._answered_mended(asked, corpus)

    def _answered_mended(self, asked: Asked, corpus: Corpus) -> Answer | PullquoteError:
        try:
            return self.answerer.answer_each([asked.question], [self.guilds.mended(asked.guild, corpus)])[0]
        except PullquoteError as error:
            return error
