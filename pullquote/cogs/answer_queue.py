"""The one place where questions leave the event loop: all that wait are answered together in a worker thread."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.errors import PullquoteError
from retrieval.question import Question

MAX_WAITING = 200
MAX_BATCH = 32


class BusyError(PullquoteError):
    """For members: too many questions are waiting."""

    def __init__(self) -> None:
        super().__init__("busy")


@dataclass(frozen=True, slots=True)
class _Waiting:
    question: Question
    answer: asyncio.Future[Answer]


class AnswerQueue:
    """Answers questions in batches, in the order they came. Must be used from one event loop."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._waiting: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def answer(self, question: Question) -> Answer:
        """Answer one question. Raises BusyError when the queue is full."""
        if len(self._waiting) >= MAX_WAITING:
            raise BusyError
        waiting = _Waiting(question, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        # The worker lives only while there is work, so that nothing idles in the background.
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return await waiting.answer

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
            try:
                answers = await asyncio.to_thread(self._answerer.answer_all, [one.question for one in batch])
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who asked; the queue goes on
                for one in batch:
                    if not one.answer.done():
                        one.answer.set_exception(error)
            else:
                for one, answer in zip(batch, answers, strict=True):
                    if not one.answer.done():
                        one.answer.set_result(answer)
