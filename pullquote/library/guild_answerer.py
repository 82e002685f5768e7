"""Answers the questions of all guilds together, each from what its guild lets its readers ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.library.guilds import Guilds
from pullquote.library.scopes import Scopes
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.errors import PullquoteError, SnapshotError
from retrieval.question import Question
from retrieval.search.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a question was asked: in a guild, or with None in a direct message; and who will read the answer."""

    guild: int | None
    audience: frozenset[int] = frozenset()
    """The ids of the channel, its category and the roles that let whoever reads the answer ask."""
    article: str | None = None
    """The digest of the article that alone is asked; None for all that may be asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where it was asked."""

    question: Question
    seat: Seat


@dataclass(frozen=True, slots=True)
class _Source:
    """What a question is answered from: a part of the corpus in force, or all of it."""

    whole: Corpus
    withheld: frozenset[str]
    article: str | None
    corpus: Corpus


@dataclass(frozen=True, slots=True)
class GuildAnswerer:
    """An answerer that looks up each question's corpus. All of it is for any thread."""

    answerer: Answerer
    guilds: Guilds
    scopes: Scopes

    def is_ready(self, seat: Seat) -> bool:
        """Whether a question can be answered at once: nothing has to be read or made for it first."""
        if not self.scopes.is_known(seat.guild):
            return False
        return self.guilds.is_ready(seat.guild, self.scopes.withheld(seat.guild, seat.audience), seat.article)

    def prepare(self, seat: Seat) -> None:
        """Read and make what questions are answered from. What goes wrong is told to whoever asks."""
        self._source(seat)

    def answer_all(self, asked: Sequence[Asked]) -> list[Answer | PullquoteError]:
        """Answer several questions together. A guild whose corpus cannot be asked gets its error, others answers."""
        sources = {seat: self._source(seat) for seat in dict.fromkeys(each.seat for each in asked)}
        found = [(each, source) for each in asked if isinstance(source := sources[each.seat], _Source)]
        answers = iter(self._answered(found) if found else ())
        return [source if isinstance(source := sources[each.seat], PullquoteError) else next(answers) for each in asked]

    def _source(self, seat: Seat) -> _Source | PullquoteError:
        try:
            withheld = self.scopes.withheld(seat.guild, seat.audience)
            whole = self.guilds.corpus(seat.guild)
            return _Source(whole, withheld, seat.article, self.guilds.part(whole, withheld, seat.article))
        except PullquoteError as error:
            return error

    def _answered(self, found: Sequence[tuple[Asked, _Source]]) -> Sequence[Answer | PullquoteError]:
        """The answers of questions and their corpora. A corpus that was damaged on the disk is mended first."""
        try:
            return self.answerer.answer_each([each.question for each, _ in found], [each.corpus for _, each in found])
        except SnapshotError:
            return [self._answered_alone(asked, source) for asked, source in found]

    def _answered_alone(self, asked: Asked, source: _Source) -> Answer | PullquoteError:
        try:
            return self.answerer.answer_each([asked.question], [source.corpus])[0]
        except SnapshotError:
            return self._answered_mended(asked, source)

    def _answered_mended(self, asked: Asked, source: _Source) -> Answer | PullquoteError:
        try:
            whole = self.guilds.mended(asked.seat.guild, source.whole)
            corpus = self.guilds.part(whole, source.withheld, source.article)
            return self.answerer.answer_each([asked.question], [corpus])[0]
        except PullquoteError as error:
            return error
