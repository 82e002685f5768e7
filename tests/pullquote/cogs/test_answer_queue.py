"""Questions are answered in order and together, and a full queue says so."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.cogs.answer_queue import AnswerQueue, BusyError, Served
from pullquote.library.guild_answerer import GuildAnswerer, Seat
from pullquote.library.guilds import Guilds
from pullquote.library.library import Library
from pullquote.library.scopes import Scopes
from pullquote.library.state.database import Database
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question import Question
from tests.support.discord_world import GatedEncoder, until
from tests.support.made_answers import SHIPPED
from tests.support.owned import Owned
from tests.support.wording import refusal

TOWER = Question.parse("When was the tower finished?")
HERE = Seat(None)
QUEEN = Question.parse("What do most players choose?")


@pytest.fixture
def queue(library: Library, gated: GatedEncoder, tmp_path: Path) -> Iterator[AnswerQueue]:
    database = Database.open(tmp_path / "pullquote.db")
    guilds = Guilds(library, Owned(), library.shelf, 1)
    yield AnswerQueue(GuildAnswerer(Answerer(library, SHIPPED), guilds, Scopes(database, home=None)))
    gated.open()
    database.close()


def first_words(served: Served) -> str:
    [quote, *_] = served.answer.quotes
    return quote.article.slice(quote.highlight)


async def asked(queue: AnswerQueue, question: Question) -> asyncio.Task[Served]:
    """A question that has been put, and waits."""
    task = asyncio.create_task(queue.answer(question, HERE))
    await asyncio.sleep(0)
    return task


async def held_up(queue: AnswerQueue, gated: GatedEncoder) -> asyncio.Task[Served]:
    """A question at whose encoding the worker is stuck, so that all others wait."""
    gated.questions.clear()
    before = len(gated.batches)
    task = await asked(queue, TOWER)
    await until(lambda: len(gated.batches) > before)
    return task


async def test_a_question_is_answered(queue: AnswerQueue, gated: GatedEncoder) -> None:
    served = await queue.answer(TOWER, HERE)
    assert served.answer.question == TOWER
    assert served.together == 1
    assert first_words(served) == "The tower was finished in 1874."
    assert gated.batches == [1]


async def test_questions_that_wait_are_answered_in_batches_and_in_order(
    queue: AnswerQueue, gated: GatedEncoder
) -> None:
    finished: list[int] = []

    async def ask(number: int) -> Served:
        served = await queue.answer(Question.parse(f"{(TOWER if number % 2 else QUEEN).text} {number}"), HERE)
        finished.append(number)
        return served

    first = await held_up(queue, gated)
    others = [asyncio.create_task(ask(number)) for number in range(70)]
    await asyncio.sleep(0)
    gated.open()
    answers = await asyncio.gather(first, *others)

    assert gated.batches == [1, 32, 32, 6]
    assert finished == list(range(70))
    assert [served.together for served in answers] == [1] + [32] * 64 + [6] * 6
    assert [served.answer.question.text for served in answers[1:3]] == [f"{QUEEN.text} 0", f"{TOWER.text} 1"]
    assert {first_words(served) for served in answers[1::2]} == {"Most players choose a queen."}
    assert {first_words(served) for served in answers[2::2]} == {"The tower was finished in 1874."}


async def test_a_full_queue_refuses(queue: AnswerQueue, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_WAITING", 2)
    taken = [await held_up(queue, gated), await asked(queue, TOWER), await asked(queue, TOWER)]
    with refusal(BusyError, match="Please ask again in a minute"):
        await queue.answer(TOWER, HERE)
    gated.open()

    assert len(await asyncio.gather(*taken)) == 3
    assert first_words(await queue.answer(QUEEN, HERE)) == "Most players choose a queen."


async def test_an_asker_who_goes_away_takes_nobody_along(queue: AnswerQueue, gated: GatedEncoder) -> None:
    at_work = await held_up(queue, gated)
    gone, waiting = await asked(queue, TOWER), await asked(queue, QUEEN)
    at_work.cancel()
    gone.cancel()
    gated.open()

    assert first_words(await waiting) == "Most players choose a queen."
    assert at_work.cancelled()
    assert gone.cancelled()


async def test_an_error_reaches_those_who_asked_and_the_queue_goes_on(
    queue: AnswerQueue, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[Answer]:
        raise ZeroDivisionError

    at_work = await held_up(queue, gated)
    with monkeypatch.context() as patch:
        patch.setattr(GuildAnswerer, "answer_all", broken)
        unlucky = [await asked(queue, TOWER), await asked(queue, QUEEN)]
        gated.open()
        results = await asyncio.gather(at_work, *unlucky, return_exceptions=True)

    assert [type(result) for result in results] == [Served, ZeroDivisionError, ZeroDivisionError]
    assert first_words(await queue.answer(QUEEN, HERE)) == "Most players choose a queen."


async def test_a_seat_that_is_not_ready_is_prepared_while_others_are_answered(
    queue: AnswerQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    prepare = GuildAnswerer.prepare

    def slowly(self: GuildAnswerer, seat: Seat) -> None:
        begun.set()
        go_on.wait()
        prepare(self, seat)

    monkeypatch.setattr(GuildAnswerer, "prepare", slowly)
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_WAITING", 2)
    first, second = (asyncio.create_task(queue.answer(TOWER, Seat(7))) for _ in range(2))
    await until(begun.is_set)
    with refusal(BusyError, match="Please ask again in a minute"):
        await queue.answer(QUEEN, HERE)
    second.cancel()
    await asyncio.wait([second])
    assert first_words(await queue.answer(QUEEN, HERE)) == "Most players choose a queen."
    assert not first.done()
    go_on.set()
    assert first_words(await first) == "The tower was finished in 1874."


async def test_a_guild_that_asks_much_does_not_hold_up_another(
    queue: AnswerQueue, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After at most one batch another guild has its turn."""
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_BATCH", 3)
    finished: list[str] = []

    async def ask(name: str, guild: int) -> None:
        await queue.answer(QUEEN, Seat(guild))
        finished.append(name)

    for guild in (7, 8, 9):
        await queue.answer(QUEEN, Seat(guild))
    first = await held_up(queue, gated)
    names = [(f"a{number}", 7) for number in range(6)] + [("b0", 8), ("b1", 8), ("c0", 9)]
    others = [asyncio.create_task(ask(*each)) for each in names]
    await asyncio.sleep(0)
    gated.open()
    await asyncio.gather(first, *others)
    assert finished == ["a0", "b0", "c0", "a1", "b1", "a2", "a3", "a4", "a5"]


async def test_a_guild_leaves_room_for_others(
    queue: AnswerQueue, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_OF_GUILD", 2)
    await queue.answer(QUEEN, Seat(7))
    first = await held_up(queue, gated)
    taken = [asyncio.create_task(queue.answer(QUEEN, Seat(7))) for _ in range(2)]
    await asyncio.sleep(0)
    with refusal(BusyError, match="Please ask again in a minute"):
        await queue.answer(QUEEN, Seat(7))
    other = await asked(queue, TOWER)
    gated.open()
    await asyncio.gather(first, *taken)
    assert first_words(await other) == "The tower was finished in 1874."
