"""The buttons under answers, pressed twice at once; and under messages that are not the bot's."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.loopback import events
from tests.support.loopback.payloads import EPHEMERAL
from tests.support.loopback.world import MEMBER, MEMBER_ID
from tests.support.permission_matrix import Column
from tests.support.permission_stage import CALLERS, DELETED, NOON, Stage, leading_to

MEMBER_CALLER = CALLERS[Column.MEMBER]


@pytest.mark.parametrize("item", ["Context", "More"])
async def test_what_is_shown_is_shown_twice(stage: Stage, item: str) -> None:
    stage.own(MEMBER_CALLER)
    _, article = stage.owned(MEMBER_CALLER)
    custom_id = leading_to(item, article)
    first, second = await asyncio.gather(*(stage.server.press(custom_id, MEMBER_CALLER) for _ in range(2)))
    await stage.told(first)
    await stage.told(second)
    assert first.original is not None
    assert second.original is not None
    assert first.original["embeds"] == second.original["embeds"] != []
    assert first.original["flags"] & EPHEMERAL


async def test_a_private_page_is_turned_and_what_everybody_sees_is_not(stage: Stage) -> None:
    stage.own(MEMBER_CALLER)
    _, article = stage.owned(MEMBER_CALLER)
    custom_id = f"{leading_to('Context', article)}:0"
    private = events.with_buttons(custom_id, question=NOON)
    turned = await stage.server.press(custom_id, MEMBER_CALLER, private)
    await stage.told(turned)
    public = {**events.with_buttons(custom_id, question=NOON), "flags": 0}
    opened = await stage.server.press(custom_id, MEMBER_CALLER, public)
    await stage.told(opened)
    assert turned.original is not None
    assert opened.original is not None
    assert turned.original["id"] == private["id"]
    assert opened.original["id"] != public["id"]
    assert opened.original["flags"] & EPHEMERAL
    assert public["embeds"][0]["title"] == NOON


async def test_an_answer_is_deleted_once_and_nobody_is_told_of_an_error(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    custom_id = f"delete:{MEMBER_CALLER.user_id}"
    shown = events.with_buttons(custom_id)
    first = await stage.server.press(custom_id, MEMBER_CALLER, shown)
    assert (await stage.told(first)).told == DELETED
    gone = {"code": 10008, "message": "Unknown Message"}
    stage.server.rest.fail_next("DELETE", "/webhooks/*/messages/@original", 404, body=gone)
    second = await stage.server.press(custom_id, MEMBER_CALLER, shown)
    await stage.told(second)
    assert (second.followups, [each for each in caplog.records if each.levelname == "ERROR"]) == ([], [])


async def test_a_message_of_somebody_else_is_not_deleted_whatever_stands_on_it(stage: Stage) -> None:
    custom_id = f"delete:{MEMBER_ID}"
    shown = {**events.with_buttons(custom_id), "author": MEMBER}
    for caller in (CALLERS[Column.MEMBER], CALLERS[Column.MANAGE_SERVER], CALLERS[Column.OPERATOR]):
        pressed = await stage.server.press(custom_id, caller, shown)
        assert (await stage.told(pressed)).told == "Only whoever asked, or a moderator, can delete this answer."
    assert stage.server.rest.sent("DELETE", "/*") == []


async def test_a_message_that_no_question_stands_on_is_not_shared(stage: Stage) -> None:
    for shown in (events.with_buttons("share"), {**events.with_buttons("share", question=NOON), "flags": 0}):
        pressed = await stage.server.press("share", MEMBER_CALLER, shown)
        assert (await stage.told(pressed)).told == (
            "This channel may not see anything that would answer it, so nothing was shared."
        )
    assert [each.followups for each in stage.server.rest.interactions.values()] == [[], []]
