"""Interactions that nobody was offered: of made-up ids, of other guilds, of others' forms, of whoever may no longer."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from pullquote.cogs.answers.more import places_code
from retrieval.answer import Hit
from tests.support.loopback import Caller, events
from tests.support.loopback.world import PERMISSIONS
from tests.support.permission_matrix import TABLE, Cell, Column, Kind
from tests.support.permission_stage import CALLERS, COLLEAGUE, ELSEWHERE, FERRY, MILL, Outcome, Stage

REFUSED = "Only moderators can do this: you need the permission Manage Server, or the role Keepers."
GONE = "This article has changed or gone since then. Please look it up again."
NO_DRAFT = "This preview is too old, or was used already. Nothing was added; please add it once more."
NOT_YOURS = "Only the moderator who made this preview can use it. Add it yourself with /corpus add."
NOT_YOUR_FORM = "Only whoever opened this form can send it. Nothing was changed."
CONSENT_GONE = "This question is too old. Nothing was added; a moderator can add the message once more."
PASSAGE_GONE = "The articles have changed since then. Please ask again."
NOT_YOUR_ANSWER = "Only whoever asked, or a moderator, can delete this answer."
IN_SERVERS = "This command works in a server only."

MODERATOR, MEMBER = CALLERS[Column.MANAGE_SERVER], CALLERS[Column.MEMBER]
THERE = replace(MODERATOR, guild_id=ELSEWHERE)
"""The moderator in another guild, where they moderate, too."""
CHOICES = [
    action.name
    for row in TABLE
    for action in row.actions
    if action.kind is Kind.CHOICES and row.may(Column.MEMBER) is Cell.NO
]


async def refusals(stage: Stage, caller: Caller, *custom_ids: str) -> dict[str, Outcome]:
    """What comes of buttons that somebody presses."""
    outcomes = {}
    for custom_id in custom_ids:
        before = stage.standing()
        outcome = await stage.press(custom_id, caller)
        outcomes[custom_id] = replace(outcome, changed=stage.standing() != before)
    return outcomes


def refused(**sentences: str) -> dict[str, Outcome]:
    return {custom_id: Outcome(sentence, changed=False, private=True) for custom_id, sentence in sentences.items()}


async def test_buttons_lead_to_nothing_of_another_guild(stage: Stage) -> None:
    stage.own(MODERATOR, FERRY)
    stage.own(THERE, MILL)
    entry, article = stage.owned(THERE)
    [passage] = article.passages
    draft, message = stage.draft(THERE), stage.message(THERE, agreed=True)
    expected = refused(
        **{
            f"confirm:remove:{entry.version}:0": "That version is not kept any more.",
            f"confirm:rollback:{entry.version}:0": "That version is not kept any more.",
            f"text:{article.digest[:16]}:0": GONE,
            f"nearest:{article.digest[:16]}:{passage.start}:{passage.sentences[0].start}": PASSAGE_GONE,
            f"context:{article.digest[:16]}:{passage.start}:{passage.end}:{passage.sentences[0].start}": PASSAGE_GONE,
            f"more:{places_code([Hit(article, passage, passage.sentences[0], 0.5, {})])}": PASSAGE_GONE,
            f"consent:no:{message}": CONSENT_GONE,
            f"consent:yes:{message}": CONSENT_GONE,
            f"consent:preview:{message}": CONSENT_GONE,
        },
        **{f"draft:{action}:{draft}": NOT_YOURS for action in ("add", "edit", "beside", "cancel")},
    )
    assert await refusals(stage, MODERATOR, *expected) == expected
    for shown in ("articles:newest:0:mill", "history:999999999999"):
        pressed = await stage.server.press(shown, MODERATOR)
        await stage.told(pressed)
        assert "mill" not in str(pressed.messages).replace("articles:newest:0:mill", "").replace("“mill”", "")


async def test_buttons_of_made_up_ids_change_nothing(stage: Stage) -> None:
    stage.own(MODERATOR)
    several = stage.draft(MODERATOR, FERRY, MILL)
    unknown = "0123456789abcdef"
    _, article = stage.owned(MODERATOR)
    [passage] = article.passages
    # Passages that the article does not have, or that the sentence is not in.
    spans = [(0, passage.end, passage.start), (passage.start, passage.end, passage.start + 1), (passage.end, 0, 0)]
    wrong = [f"context:{article.digest[:16]}:{start}:{end}:{highlight}" for start, end, highlight in spans]
    expected = refused(
        **{f"draft:{action}:{unknown}": NO_DRAFT for action in ("add", "edit", "beside", "cancel")},
        **{f"draft:{action}:{several}": NO_DRAFT for action in ("edit", "beside")},
        **{f"consent:{action}:{unknown}": CONSENT_GONE for action in ("yes", "no", "preview")},
        **{
            "confirm:remove:0:0": GONE,
            "confirm:remove:999999999999:0": "That version is not kept any more.",
            "confirm:rollback:0:999999999": "State 999999999 is not kept; states 0 to 1 are.",
            "undo:0": "State 0 is not kept; states 0 to 1 are.",
            "undo:999999999": "State 999999999 is not kept; states 0 to 1 are.",
            f"text:{unknown}:999999": GONE,
            f"nearest:{unknown}:999999999:999999999": PASSAGE_GONE,
            f"context:{unknown}:0:999999999:0": PASSAGE_GONE,
            f"context:{unknown}:0:999999999:0:999999": PASSAGE_GONE,
            **dict.fromkeys(wrong, PASSAGE_GONE),
            **{f"more:{code}": PASSAGE_GONE for code in ("A" * 15, "-" * 88, "_" * 17, f"{'A' * 15}:9")},
        },
    )
    assert await refusals(stage, MODERATOR, *expected) == expected
    others = refused(**dict.fromkeys(("delete:0", f"delete:{'9' * 20}"), NOT_YOUR_ANSWER))
    assert await refusals(stage, MEMBER, *others) == others
    last = refused(**{"articles:title:999999:": "4 articles", "history:0": "History of the articles"})
    assert await refusals(stage, MODERATOR, *last) == last


async def test_what_is_not_a_button_of_ours_is_left_alone(stage: Stage) -> None:
    stage.own(MODERATOR)
    before = stage.standing()
    malformed = [
        *("undo:", "undo:-1", "undo:1e3", "undo:1234567890", "undo:1\n", " undo:1", "confirm:remove:1", "draft:add:x"),
        *("draft:add:0123456789ABCDEF", "confirm:drop:1:0", "text:..:0", "history:", "nearest:0:0:0", "", "x" * 100),
        *(
            "context:0:0:0:0",
            "context:0123456789abcdef:0:1:0:",
            "more:",
            "more:AAAA",
            "delete:",
            "delete:-1",
            "share:1",
        ),
    ]
    forged = [await stage.server.press(custom_id, MODERATOR) for custom_id in malformed]
    # Discord takes the press of a button that stands on the message alone; whatever else comes is not looked at.
    entry, _ = stage.owned(MODERATOR)
    for custom_id in (f"confirm:remove:{entry.version}:0", f"draft:add:{stage.draft(MODERATOR)}", "undo:1"):
        forged.append(await stage.server.press(custom_id, MODERATOR, events.with_buttons("history:0")))
    forged.append(await stage.server.submit("0123456789abcdef", {"title": "A", "text": "A."}, MODERATOR))
    assert (await stage.press("history:0", MODERATOR)).told == "History of the articles"
    assert [interaction.callback for interaction in forged if interaction.callback is not None] == []
    assert replace(stage.standing(), drafts={}) == before


@pytest.mark.parametrize("name", ["TextForm", "DetailsForm draft", "DetailsForm article"])
async def test_a_form_is_for_whoever_opened_it_and_still_moderates_there(stage: Stage, name: str) -> None:
    stage.own(MODERATOR)
    stage.own(THERE)
    opened = await stage.opened(name, MODERATOR)
    before = stage.standing()
    told = [
        (await stage.send(opened, name, caller)).told
        for caller in (COLLEAGUE, MEMBER, THERE, CALLERS[Column.OPERATOR], replace(MODERATOR, guild_id=None))
    ]
    assert told == [NOT_YOUR_FORM] * 5
    assert stage.standing() == before
    # It is still open for whoever may send it.
    done = await stage.send(opened, name, MODERATOR)
    assert done.told in ("Add this article?", "Edited")
    opened = await stage.opened(name, MODERATOR)
    before = stage.standing()
    assert (await stage.send(opened, name, replace(MODERATOR, permissions=PERMISSIONS))).told == REFUSED
    assert stage.standing() == before


async def test_nothing_is_offered_to_whoever_moderates_no_more_or_has_left(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.own(MODERATOR, FERRY)
    stage.own(THERE, MILL)
    nobody = [
        replace(MODERATOR, permissions=PERMISSIONS),
        replace(CALLERS[Column.ROLE], roles=()),
        replace(CALLERS[Column.ROLE], guild_id=ELSEWHERE),
        replace(MODERATOR, has_left=True),
        replace(CALLERS[Column.OPERATOR], has_left=True),
        replace(CALLERS[Column.OPERATOR], guild_id=None),
    ]
    offered = {(name, caller): (await stage.type(name, caller)).told for name in CHOICES for caller in nobody}
    assert {key: choices for key, choices in offered.items() if choices} == {}
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
    for name in CHOICES:
        assert "mill" not in (await stage.type(name, MODERATOR)).told
        assert "ferry" not in (await stage.type(name, THERE)).told


async def test_the_operator_is_told_that_articles_are_looked_after_in_servers(stage: Stage) -> None:
    directly = replace(CALLERS[Column.OPERATOR], guild_id=None)
    buttons = ("undo:1", "confirm:rollback:0:0", "articles:title:0:", "text:0123456789abcdef:0", "history:0")
    expected = refused(**dict.fromkeys(buttons, IN_SERVERS))
    assert await refusals(stage, directly, *buttons) == expected
    commands = ("list", "history", "export", "status", "edit", "remove", "rollback", "folder")
    told = {name: (await stage.command(f"corpus {name}", directly)).told for name in commands}
    assert told == dict.fromkeys(commands, IN_SERVERS)


async def test_whoever_types_while_the_bot_stops_is_offered_nothing(stage: Stage) -> None:
    stage.own(MODERATOR)
    stage.bot.in_flight.closing = True
    assert (await stage.type("corpus show article", MODERATOR)).told == ""
