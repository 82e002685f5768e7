"""Differences say which passages came, changed and went, and mark the words that changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.cogs.messages.differences import change_line, difference_text
from pullquote.cogs.messages.markup import length
from pullquote.library.difference import Difference, Rewording
from tests.support.discord_drafts import differences
from tests.support.discord_markdown import BOLD, TEXT, rendered
from tests.support.discord_texts import STEADY

NOTHING = Difference((), (), (), 3)
LONG = "One two three four five six seven eight nine ten eleven twelve thirteen."


def reworded(before: str, after: str) -> str:
    """What is shown of a passage that was changed."""
    text = difference_text(Difference((), (Rewording(before, after),), (), 0), 1000)
    first, line = text.split("\n")
    assert first == "1 changed · 0 unchanged"
    return line.removeprefix("- **Changed:** ")


def test_how_many_passages_came_changed_and_went() -> None:
    assert change_line(NOTHING) == "nothing changes"
    assert change_line(Difference(("a",), (), ("b",) * 1200, 0)) == "1 added, 1,200 removed"
    assert change_line(Difference((), (Rewording("a", "b"),) * 2, (), 7)) == "2 changed"


def test_a_difference() -> None:
    change = Rewording("The tower is old.", "The tower is very old.")
    assert difference_text(Difference(("A cat\nlives here.",), (change,), ("The lamp burns.",), 4), 1000) == (
        "1 added, 1 changed, 1 removed · 4 unchanged\n"
        "- **Changed:** The tower is **very** old.\n"
        "- **Added:** A cat lives here.\n"
        "- **Removed:** The lamp burns."
    )


def test_no_difference() -> None:
    assert difference_text(NOTHING, 1000) == "nothing changes · 3 unchanged"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("It burned whale oil.", "It burned rape oil.", "It burned ~~whale~~ **rape** oil."),
        ("It burned whale oil.", "It burned oil.", "It burned ~~whale~~ oil."),
        ("Old words.", "New sentence!", "~~Old words.~~ **New sentence!**"),
        (LONG, LONG.replace("seven", "7"), "… three four five six ~~seven~~ **7** eight nine ten eleven …"),
        (LONG, LONG.replace("One", "1"), "~~One~~ **1** two three four five …"),
        (LONG, LONG.replace("thirteen", "last"), "… nine ten eleven twelve ~~thirteen.~~ **last.**"),
        (
            LONG,
            LONG.replace("One", "1").replace("thirteen", "last"),
            "~~One~~ **1** two three four five … nine ten eleven twelve ~~thirteen.~~ **last.**",
        ),
        ("a  b", "a\nb", "only spaces and line ends, in “a b”"),
    ],
)
def test_the_words_that_changed_are_marked_among_a_few_that_stayed(before: str, after: str, shown: str) -> None:
    assert reworded(before, after) == shown


def test_what_is_too_long_is_cut() -> None:
    assert reworded("w" * 100, "v " * 100) == f"~~{'w' * 59}…~~ **{'v ' * 29}v…**"
    often = " ".join(f"{'w' * 40} {number}" for number in range(50))
    shown = reworded(often, often.replace("w", "v"))
    assert shown.endswith(" **vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv** 3 …")
    assert length(shown) == 369


@pytest.mark.parametrize("text", ["~~a~~", "**b**", "||c||", "[d](https://x.example)", "@everyone", "`e`", "~", "f~"])
def test_what_the_passages_say_is_shown_as_it_is(text: str) -> None:
    shown = reworded(f"same {text} g", "same h g")
    struck = re.fullmatch(r"same ~~(.*?)\u200b?~~ \*\*h\*\* g", shown)
    assert struck is not None
    assert [(span.kind, span.text) for span in rendered(struck[1])] == [(TEXT, text)]
    # The mark of what is struck out ends where it should, though tildes stand before it.
    assert [span.text for span in rendered(shown) if span.kind == "struck out"] == [shown[5:-8]]


def test_what_does_not_fit_is_counted() -> None:
    many = Difference(tuple(f"Passage {number}." for number in range(12)), (), (), 0)
    assert difference_text(many, 90) == (
        "12 added · 0 unchanged\n- **Added:** Passage 0.\n- **Added:** Passage 1.\n… and 10 more"
    )


@STEADY
@given(differences(), st.integers(60, 1024))
def test_every_difference_fits_and_is_text(difference: Difference, room: int) -> None:
    text = difference_text(difference, room)
    assert length(text) <= room
    assert {span.kind for span in rendered(text)} <= {TEXT, BOLD, "struck out", "list"}
