"""A second observer beside the log: a list of what happened to every question in the simulated Discord."""

from __future__ import annotations

import logging

import pytest

from bot import create_bot
from pullquote.cogs.client import Pullquote
from pullquote.library.guild_answerer import Asked, GuildAnswerer
from pullquote.library.library import Library
from pullquote.library.observer import Answered, Failed, Origin, QuestionEvent, log_question
from pullquote.settings import Settings
from retrieval.answer import Answer, Verdict
from tests.support.discord_world import GUILD, SIMULATION, GatedEncoder, World

pytestmark = pytest.mark.simcord(**SIMULATION)

TOWER = "When was the tower finished?"
NOT_THERE = "Who won the world cup in 1998?"


@pytest.fixture
def events() -> list[QuestionEvent]:
    return []


@pytest.fixture
def simcord_bot(settings: Settings, library: Library, gated: GatedEncoder, events: list[QuestionEvent]) -> Pullquote:
    """The bot with a list beside the log, and between them an observer that always fails."""

    def broken(event: QuestionEvent) -> None:
        raise ZeroDivisionError

    return create_bot(settings, library, observers=[log_question, broken, events.append])


def answered(event: QuestionEvent) -> Answered:
    assert isinstance(event.outcome, Answered)
    return event.outcome


async def test_where_a_question_came_from_and_what_became_of_it(
    world: World, events: list[QuestionEvent], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "pullquote.library.observer")
    await world.member.slash(world.channel, "ask", question=f"<@1> {TOWER}", private=True)
    message = await world.other.send(world.channel, NOT_THERE)
    await world.member.context_menu(world.channel, "Find the passage", message)
    await world.member.send(world.channel, world.mention(TOWER))
    await world.member.send_dm(f"{TOWER}  ")

    assert [(event.origin, event.guild, event.characters, answered(event).verdict) for event in events] == [
        (Origin.SLASH, GUILD, len(TOWER), Verdict.ANSWERED),
        (Origin.MENU, GUILD, len(NOT_THERE), Verdict.NOT_IN_CORPUS),
        (Origin.MENTION, GUILD, len(TOWER), Verdict.ANSWERED),
        (Origin.DIRECT, None, len(TOWER), Verdict.ANSWERED),
    ]
    assert [answered(event).quoted[:1] for event in events] == [
        ("lighthouse.md",), (), ("lighthouse.md",), ("lighthouse.md",)
    ]  # fmt: skip
    assert [answered(event).together for event in events] == [1, 1, 1, 1]
    assert len({answered(event).confidence for event in events}) == 2
    assert all(answered(event).waited_ms >= 0 and answered(event).answered_ms > 0 for event in events)
    assert [text for text in caplog.messages if text.startswith("Answered")] == [
        f"Answered in {answered(event).answered_ms:.0f} ms: {answered(event).verdict}, "
        f"confidence {answered(event).confidence:.2f}"
        for event in events
    ]
    assert caplog.messages.count("An observer of questions failed") == 4
    assert len(world.said(to=world.member)) == 3


async def test_questions_that_waited_together_say_so(
    world: World, events: list[QuestionEvent], gated: GatedEncoder
) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    for count in (1, 2):
        sending = world.member.send(world.channel, world.mention(TOWER))
        await world.under_way(sending, lambda: len(world.queue._waiting) == count)  # noqa: B023
    gated.open()
    await world.env.settle()

    assert [answered(event).together for event in events] == [1, 2, 2]
    _, second, third = [answered(event).waited_ms for event in events]
    assert second > third > 0


async def test_a_refused_question_names_its_error(world: World, events: list[QuestionEvent]) -> None:
    picture = await world.other.send(world.channel, "<@1> 🙂")
    await world.member.slash(world.channel, "ask", question="?!")
    await world.member.context_menu(world.channel, "Find the passage", picture)
    await world.member.send(world.channel, world.mention("🙂"))
    await world.member.send_dm("🙂")

    assert events == [
        QuestionEvent(Origin.SLASH, GUILD, 2, Failed("no-words")),
        QuestionEvent(Origin.MENU, GUILD, 1, Failed("message-without-words")),
        QuestionEvent(Origin.MENTION, GUILD, 1, Failed("no-words")),
        QuestionEvent(Origin.DIRECT, None, 1, Failed("no-words")),
    ]
    assert len(world.env.errors) == 2


async def test_a_mention_without_a_question_is_not_an_event(world: World, events: list[QuestionEvent]) -> None:
    await world.member.send(world.channel, world.mention(""))
    assert events == []


async def test_a_question_for_which_there_is_no_room(
    world: World, events: list[QuestionEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_WAITING", 0)
    await world.member.send(world.channel, world.mention(TOWER))
    assert events == [QuestionEvent(Origin.MENTION, GUILD, len(TOWER), Failed("busy"))]


async def test_a_question_that_fails(
    world: World, events: list[QuestionEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(answerer: GuildAnswerer, asked: list[Asked]) -> list[Answer]:
        raise ZeroDivisionError

    monkeypatch.setattr(GuildAnswerer, "answer_all", broken)
    await world.member.slash(world.channel, "ask", question=TOWER)
    assert events == [QuestionEvent(Origin.SLASH, GUILD, len(TOWER), Failed("ZeroDivisionError"))]
    assert len(world.env.errors) == 1


async def test_an_answer_that_discord_does_not_take(world: World, events: list[QuestionEvent]) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    await world.member.send(world.channel, world.mention(TOWER))
    assert events == [QuestionEvent(Origin.MENTION, GUILD, len(TOWER), Failed("Forbidden"))]
