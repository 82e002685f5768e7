"""The button that shows the nearest passage under "The articles don't say"."""

from __future__ import annotations

import pytest

from pullquote.library.library import Library
from tests.support.discord_world import SIMULATION, World, buttons
from tests.support.folders import MakeFolder
from tests.support.known_answers import TOWER

pytestmark = pytest.mark.simcord(**SIMULATION)

ELSEWHERE = "Who won the world cup in 1998?"
LABEL = "Show the nearest passage"


async def test_one_tap_shows_the_nearest_passage_to_whoever_taps(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=ELSEWHERE)
    [message] = world.said()
    result = await world.other.click(message, label=LABEL)

    assert result.ephemeral
    assert result.response is not None
    assert result.response.content is not None
    assert result.response.content.startswith("Nothing in the articles answers this. The nearest passage is")
    assert "\n> " in result.response.content
    assert world.env.errors == []


async def test_a_mention_has_the_button_too_and_an_answer_has_others(world: World) -> None:
    await world.member.send(world.channel, world.mention(ELSEWHERE))
    await world.member.send(world.channel, world.mention(TOWER))

    not_there, answered = world.said()
    assert [buttons(message) for message in (not_there, answered)] == [
        [LABEL, "Delete"],
        ["Context", "More", "Source", "Delete"],
    ]


async def test_once_the_article_has_changed_the_button_says_so(
    world: World, library: Library, make_folder: MakeFolder
) -> None:
    await world.member.slash(world.channel, "ask", question=ELSEWHERE)
    [message] = world.said()
    for file in make_folder({}).iterdir():
        file.unlink()
    make_folder({"another.md": "All of this is written anew."})
    library.reload("a moderator")
    result = await world.member.click(message, label=LABEL)

    assert result.ephemeral
    assert result.response is not None
    assert result.response.content == "The articles have changed since then. Please ask again."
