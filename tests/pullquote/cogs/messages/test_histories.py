"""The history says when, who and what, in lines that fit whatever the articles are called."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.corpus.pages import CHANGES
from pullquote.cogs.messages.histories import done_embed, history_embed, states, what_goes
from pullquote.cogs.messages.markup import length
from pullquote.library.records import Asker, AskerKind, Change, Entry
from pullquote.library.state.audit import Action
from tests.support.discord_drafts import NAMES, NUMBERS, changes, entries
from tests.support.discord_embeds import check_embed, turning
from tests.support.discord_markdown import BOLD, TEXT, rendered
from tests.support.discord_texts import STEADY
from tests.support.made_records import GULL

AT = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
PUT = Change(7, AT, 42, Action.PUT, 3, added=("gull.md",), can_return=True)
MIXED = replace(PUT, action=Action.ROLL_BACK, back_to=1, added=("a.md", "b.md"), changed=("c.md",) * 3, removed=("d",))


def told(change: Change) -> str:
    """What the history says of a change, without the line that says when."""
    description = history_embed([change]).description
    assert description is not None
    return description.split("\n")[1]


def test_a_history() -> None:
    old = replace(PUT, id=1, state=1, by=None, action=Action.EDIT, added=(), changed=("gull.md",), can_return=False)
    embed = history_embed([PUT, replace(PUT, state=None, action=Action.UNSHARE, added=()), old])
    assert embed.title == "History of the articles"
    assert embed.description == (
        "**State 3** · <t:1793534400:f>\n<@42> added gull.md\n"
        "<t:1793534400:f>\n<@42> turned the shared articles off\n"
        "**State 1** · <t:1793534400:f> · no longer kept\nPullquote edited gull.md"
    )
    assert embed.footer.text == "To go back: /corpus rollback with the number of a state"


def test_a_history_of_nothing() -> None:
    assert history_embed([]).description == "Nothing was changed yet."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (PUT, "added gull.md"),
        (replace(PUT, added=(), changed=("gull.md",)), "changed gull.md"),
        (replace(PUT, action=Action.REMOVE, added=(), removed=("a", "b")), "removed a and b"),
        (replace(PUT, action=Action.IMPORT, added=("a",) * 1200), "imported an archive: added 1,200 articles"),
        (replace(PUT, action=Action.RELOAD), "reloaded the articles: added gull.md"),
        (MIXED, "went back to state 1: added a.md and b.md, changed 3 articles, removed d"),
        (replace(PUT, action=Action.UNDO, back_to=2, added=(), removed=("a",)), "undid state 2: removed a"),
        (replace(PUT, action=Action.SHARE, added=()), "turned the shared articles on"),
        (replace(PUT, action=Action.JOIN, added=()), "joined this server"),
        (replace(PUT, action=Action.LEAVE, added=()), "left this server"),
    ],
)
def test_what_was_done_is_told_in_words(change: Change, said: str) -> None:
    assert told(change) == f"<@42> {said}"


def test_the_history_of_an_article_tells_of_this_article_only() -> None:
    with_others = replace(MIXED, added=("a.md",), changed=(GULL.name, "c.md"))
    embed = history_embed([with_others, replace(PUT, added=(GULL.name,))], replace(GULL, title="*Gull*"))
    assert embed.title == "History of \\*Gull\\*"
    assert (embed.description or "").split("\n")[1::2] == ["<@42> went back to state 1: changed it", "<@42> added it"]


@pytest.mark.parametrize(
    ("change", "title", "description"),
    [
        (PUT, "Added", "gull.md"),
        (replace(PUT, added=(), changed=("a*b*.md",), action=Action.EDIT), "Edited", "a\\*b\\*.md"),
        (replace(PUT, changed=("b.md",)), "Added and changed", "**Added:** gull.md\n**Changed:** b.md"),
        (replace(PUT, added=(), removed=("a", "b"), action=Action.REMOVE), "Removed", "a, b"),
        (replace(PUT, action=Action.UNDO, back_to=2), "Undid state 2", "**Added:** gull.md"),
        (
            MIXED,
            "Went back to state 1",
            "**Added:** a.md, b.md\n**Changed:** c.md, c.md, c.md\n**Removed:** d",
        ),
        (
            replace(PUT, action=Action.IMPORT, added=tuple("abcdefghijkl")),
            "Imported an archive",
            "**Added:** a, b, c, d, e, f, g, h, i, j and 2 more",
        ),
    ],
)
def test_what_a_change_did(change: Change, title: str, description: str) -> None:
    embed = done_embed(change)
    assert (embed.title, embed.description) == (title, description)
    assert embed.footer.text == "In force now, as state 3"


def test_what_becomes_of_articles_that_go_back() -> None:
    assert what_goes({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 5, "d": 4, "e": 6}) == (
        "**Comes back:** d, e\n**Changes:** b\n**Goes:** c"
    )


def test_the_states_that_can_be_gone_back_to() -> None:
    gone, none = replace(PUT, can_return=False), replace(PUT, state=None)
    assert list(states([MIXED, gone, none, replace(PUT, state=2)])) == [
        (3, "3 · 2026-11-01 12:00 UTC · went back to state 1: added a.md and b.md, changed 3 articles, removed d"),
        (2, "2 · 2026-11-01 12:00 UTC · added gull.md"),
    ]


def test_the_marks_that_turn_a_line_are_left_out() -> None:
    turned = replace(PUT, added=("\u202egull.md",))
    assert turning(history_embed([turned], replace(GULL, title="\u2067x"))) == []
    assert turning(done_embed(turned)) == []
    assert list(states([turned])) == [(3, "3 · 2026-11-01 12:00 UTC · added gull.md")]


@pytest.mark.parametrize("name", ["w" * 200, "*" * 200, "😀" * 200])
def test_a_page_of_the_history_always_fits(name: str) -> None:
    longest = replace(MIXED, state=2**31 - 1, back_to=2**31 - 1, by=2**64 - 1, can_return=False)
    longest = replace(longest, added=(name,) * 2, changed=(name,) * 2, removed=(name,) * 2)
    embed = history_embed([longest] * CHANGES)
    check_embed(embed)
    assert (embed.description or "").count("**State") == CHANGES


@STEADY
@given(st.lists(changes(), max_size=30), st.none() | entries())
def test_every_history_keeps_to_discords_limits(made: list[Change], article: Entry | None) -> None:
    check_embed(history_embed(made, article))
    for _, label in states(made):
        assert 0 < length(label) <= 100


@STEADY
@given(changes().filter(lambda change: change.tag is None))
def test_every_change_is_told_within_discords_limits(change: Change) -> None:
    check_embed(done_embed(change))


@STEADY
@given(*[st.dictionaries(NAMES, NUMBERS, max_size=15)] * 2)
def test_whatever_goes_is_told_within_discords_limits(now: dict[str, int], then: dict[str, int]) -> None:
    text = what_goes(now, then)
    assert length(text) <= 4096
    assert {span.kind for span in rendered(text)} <= {TEXT, BOLD}


@pytest.mark.parametrize(
    ("action", "asker", "told"),
    [
        (Action.ALLOW, Asker(AskerKind.CHANNEL, 11), "let <#11> ask what is tagged \\*crew\\*"),
        (Action.ALLOW, Asker(AskerKind.ROLE, 12), "let <@&12> ask what is tagged \\*crew\\*"),
        (Action.REFUSE, Asker(AskerKind.ROLE, 12), "let <@&12> no longer ask what is tagged \\*crew\\*"),
        (Action.REFUSE, None, "let nobody ask what is tagged \\*crew\\*"),
        (Action.OPEN, None, "let everybody ask what is tagged \\*crew\\*"),
    ],
)
def test_who_may_ask_what(action: Action, asker: Asker | None, told: str) -> None:
    changed = Change(1, MIXED.at, 42, action, None, tag="*crew*", asker=asker)
    assert history_embed([changed]).description == f"<t:{int(MIXED.at.timestamp())}:f>\n<@42> {told}"
