"""Questions leave the event loop here only: the waiting questions are answered together in a worker thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, zip_longest

from pullquote.library.guild_answerer import Asked, GuildAnswerer, Seat
from pullquote.library.observer import Answered
from retrieval.answer import Answer
from retrieval.errors import PullquoteError
from retrieval.question import Question
from retrieval.quotation import Quotation

MAX_WAITING = 200
MAX_OF_GUILD = 100
"""How many questions of one guild may wait, so that there is room for others."""
MAX_BATCH = 32
# How many seats are prepared at once.
_PREPARING = 2


class BusyError(PullquoteError):
    """For members: too many questions are waiting."""

    def __init__(self) -> None:
        super().__init__("busy")


@dataclass(frozen=True, slots=True)
class Served:
    """An answer, and how the queue came by it."""

    answer: Answer
    waited_ms: float
    """Milliseconds until the worker took the question."""
    together: int
    """How many questions were answered together, this question included."""

    def shown(self, quotes: Sequence[Quotation]) -> Answered:
        """The answer as observers are told of it, once its reader sees these quotes."""
        answer = self.answer
        quoted = tuple(dict.fromkeys(quote.article.file for quote in quotes))
        return Answered(answer.verdict, answer.confidence, self.waited_ms, answer.elapsed_ms, self.together, quoted)


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """A question that waits."""

    asked: Asked
    since: float
    served: asyncio.Future[Served]


def fair_batch(waiting: Sequence[Waiting]) -> list[Waiting]:
    """The questions that are answered together next: of each guild in turn the one that has waited longest."""
    of_guilds: dict[int | None, list[Waiting]] = {}
    for each in waiting:
        of_guilds.setdefault(each.asked.seat.guild, []).append(each)
    rounds = zip_longest(*of_guilds.values())
    return list(islice((each for one in rounds for each in one if each is not None), MAX_BATCH))


class AnswerQueue:
    """Answers questions in batches: of each guild in the order in which they came, and of the guilds in turn.

    Must be used from one event loop.
    """

    def __init__(self, answerer: GuildAnswerer) -> None:
        self._answerer = answerer
        self._waiting: list[Waiting] = []
        self._worker: asyncio.Task[None] | None = None
        self._unready = 0
        self._preparing = ThreadPoolExecutor(_PREPARING, "prepare")

    async def answer(self, question: Question, seat: Seat) -> Served:
        """Answer a question from what may be asked at a seat.

        Raises BusyError when the queue is full, and CorpusError if there is nothing to ask.
        """
        of_guild = sum(waiting.asked.seat.guild == seat.guild for waiting in self._waiting)
        if len(self._waiting) + self._unready >= MAX_WAITING or of_guild >= MAX_OF_GUILD:
            raise BusyError
        since = time.perf_counter()
        if not self._answerer.is_ready(seat):
            await self._prepare(seat)
        served: asyncio.Future[Served] = asyncio.get_running_loop().create_future()
        waiting = Waiting(Asked(question, seat), since, served)
        self._waiting.append(waiting)
        # The worker lives only while there is work, so that nothing idles in the background.
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await waiting.served

    async def _prepare(self, seat: Seat) -> None:
        """Have ready what a question is answered from. Questions of other seats go on meanwhile."""
        self._unready += 1
        try:
            await asyncio.get_running_loop().run_in_executor(self._preparing, self._answerer.prepare, seat)
        finally:
            self._unready -= 1

    async def _work(self) -> None:
        while self._waiting:
            batch = fair_batch(self._waiting)
            self._waiting = [waiting for waiting in self._waiting if waiting not in batch]
            taken = time.perf_counter()
            try:
                answers = await asyncio.to_thread(self._answerer.answer_all, [waiting.asked for waiting in batch])
            except Exception as error:  # noqa: BLE001 - every error belongs to the members who asked; the queue goes on
                for waiting in batch:
                    if not waiting.served.done():
                        waiting.served.set_exception(error)
            else:
                for waiting, answer in zip(batch, answers, strict=True):
                    if waiting.served.done():
                        continue
                    if isinstance(answer, PullquoteError):
                        waiting.served.set_exception(answer)
                    else:
                        waiting.served.set_result(Served(answer, (taken - waiting.since) * 1000, len(batch)))
