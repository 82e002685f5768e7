"""Everything of the table in the README, done by everybody in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.support.loopback import Caller
from tests.support.permission_matrix import TABLE, Action, Cell, Column, Kind, Row
from tests.support.permission_stage import CALLERS, COLLEAGUE, DELETED, ELSEWHERE, NOON, Outcome, Stage

REFUSED = "Only moderators can do this: you need the permission Manage Server"
ROLE = f"{REFUSED}, or the role Keepers."
FOLDER = (
    "All servers share the articles of the folder, and the moderators of another server look after them: "
    "please ask them, or whoever runs this bot."
)
FORM = "Only whoever opened this form can send it. Nothing was changed."
OWN = {
    Cell.OWN_DRAFTS: "Only the moderator who made this preview can use it. Add it yourself with /corpus add.",
    Cell.OWN_ANSWERS: "Only whoever asked, or a moderator, can delete this answer.",
    Cell.OWN_MESSAGES: "Only the author of the message can answer this.",
}

# How what is told to whoever may do something begins. A form is told by its title.
DONE = {
    "ask": NOON,
    "Find the passage": NOON,
    "mention": "> **The ferry to Norra leaves at noon.**",
    "Nearest": "Nothing in the articles answers this.",
    "Context": "**The ferry**",
    "More": "These passages come next.",
    "Share": NOON,
    "Delete": DELETED,
    "corpus add": "Add a text",
    "corpus import": "ferry.md is not a .zip.",
    "corpus export": "articles.zip",
    "corpus refresh": "None of this server's articles is a web page.",
    "corpus list": "4 articles",
    "corpus show": "**The ferry**",
    "corpus test": NOON,
    "corpus history": "History of the articles",
    "corpus status": "Corpus",
    "corpus edit": "Details of the article",
    "corpus remove": "Remove this article?",
    "corpus rollback": "Go back to state 0?",
    "corpus folder": "The 3 articles that all servers share are asked, too.",
    "corpus tag": "Edited",
    "corpus scope allow": "Who may ask this tag",
    "corpus scope refuse": "Who may ask this tag",
    "corpus scope open": "Who may ask what",
    "corpus scope show": "Who may ask what",
    "corpus reload": "Reload finished",
    "Add to corpus": "I asked the author in the channel.",
    "corpus show article": "The ferry · ferry.md",
    "corpus history article": "The ferry · ferry.md",
    "corpus edit article": "The ferry · ferry.md",
    "corpus remove article": "The ferry · ferry.md",
    "corpus rollback article": "The ferry · ferry.md",
    "corpus rollback state": "2 · 20",
    "ask article": "chess · chess.txt",
    "corpus tag article": "The ferry · ferry.md",
    "corpus scope allow tag": "harbour",
    "corpus scope refuse tag": "harbour",
    "corpus scope open tag": "harbour",
    "DraftButton add": "Added",
    "DraftButton edit": "Details of the article",
    "DraftButton tag": "Tags of the article",
    "DraftButton beside": "Add this article?",
    "DraftButton cancel": "Given up: nothing was added.",
    "TagsForm": "Add this article?",
    "DetailsForm draft": "Add this article?",
    "Confirm remove": "Removed",
    "Confirm rollback": "Went back to state 0",
    "Confirm cancel": "Nothing was changed.",
    "Undo": "Undid state ",
    "ListPage": "4 articles",
    "TextPage": "**The ferry**",
    "HistoryPage": "History of the articles",
    "TextForm": "Add this article?",
    "DetailsForm article": "Edited",
    "Consent yes": "member agreed.",
    "Consent no": "member did not agree; nothing was added.",
    "Consent preview": "Add this article?",
}


def owners(row: Row, action: Action, caller: Caller) -> Iterator[Caller]:
    """Whose draft, message or form it is: the caller's, and another moderator's where that makes a difference."""
    yield caller
    if action.kind is Kind.FORM or set(row.cells) & set(OWN):
        yield COLLEAGUE


def refusal(row: Row, action: Action, column: Column, *, own: bool) -> str | None:
    """What somebody is told who may not do something; None if they may."""
    cell = row.may(column)
    if action.kind is Kind.FORM and not own:
        return FORM
    if cell is not Cell.NO:
        return None if own else OWN.get(cell)
    if action.kind is Kind.CHOICES:
        return ""
    if row.elsewhere:
        return FOLDER if column in (Column.MANAGE_SERVER, Column.ADMINISTRATOR) else f"{REFUSED}."
    return ROLE


def fault(outcome: Outcome, action: Action, refused: str | None) -> str | None:
    """What is wrong with what came of an action; None if nothing is."""
    if refused is None:
        return None if outcome.told.startswith(DONE[action.name]) else f"told {outcome.told!r}"
    return None if outcome == Outcome(refused, changed=False, private=True) else f"not refused: {outcome}"


@pytest.mark.parametrize("column", Column)
async def test_everybody_may_do_what_the_table_says_and_nothing_else(stage: Stage, column: Column) -> None:
    faults: dict[str, str] = {}
    for row in TABLE:
        caller = replace(CALLERS[column], guild_id=ELSEWHERE) if row.elsewhere else CALLERS[column]
        for action in row.actions:
            for owner in owners(row, action, caller):
                stage.own(caller)
                outcome = await stage.do(action, caller, owner)
                wrong = fault(outcome, action, refusal(row, action, column, own=owner is caller))
                faults |= {f"{row.title}: {action.name} of {owner.user_id}": wrong} if wrong else {}
    assert "\n".join(f"{what}: {wrong}" for what, wrong in faults.items()) == ""
