"""While a reload is under way: its progress, questions, other moderators, and the bot's end."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import re
from pathlib import Path

import pytest

from pullquote.cogs.corpus.work import ProgressNote
from pullquote.library.errors import ReloadCancelledError
from pullquote.library.library import Library
from retrieval.reading.reader import ArticleReader
from tests.support.corpus_commands import ERTA, ERTA_QUOTE, VOLCANO, lines, quote, shown
from tests.support.discord_world import SIMULATION, GatedEncoder, World, until
from tests.support.folders import MakeFolder
from tests.support.known_answers import TOWER, TOWER_QUOTE
from tests.support.measures import Obedient

pytestmark = pytest.mark.simcord(**SIMULATION)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was seen when progress was looked at: when the simulator's clock says so, not the machine's."""
    monkeypatch.setattr("pullquote.cogs.corpus.work.PROGRESS_EVERY", 60)
    looks: list[str] = []
    show = ProgressNote.__str__

    def look(note: ProgressNote) -> str:
        looks.append(show(note))
        return looks[-1]

    monkeypatch.setattr(ProgressNote, "__str__", look)
    return looks


async def a_minute_passes(world: World, looks: list[str]) -> None:
    before = len(looks)
    world.env.backend.advance_clock(60)
    await world.under_way(world.env.settle(), lambda: len(looks) > before)


async def reload_held_up(world: World, gated: GatedEncoder, make_folder: MakeFolder) -> None:
    """The moderator reloads; the model is stuck before the new article."""
    make_folder({"volcano.md": VOLCANO})
    gated.passages.clear()
    await world.under_way(world.moderator.slash(world.channel, "corpus reload"), lambda: gated.texts)


def told(world: World) -> str:
    """What the moderator was told last."""
    message = world.said(to=world.moderator)[0]
    return message.content or lines(message.embeds[0])[0]


async def test_a_reload_shows_how_far_it_is(
    world: World, gated: GatedEncoder, make_folder: MakeFolder, looks: list[str]
) -> None:
    await reload_held_up(world, gated, make_folder)
    await a_minute_passes(world, looks)
    await until(lambda: told(world) == "Reloading: read 0 of 1 new texts (0%)…")
    await a_minute_passes(world, looks)
    edits = [request for request in world.env.http_requests if request.method == "PATCH"]
    assert len(edits) == 1  # nothing new was to be said

    gated.open()
    await world.env.settle()
    assert told(world) == "1 added · 3 articles unchanged · 1 passage encoded, 7 reused · … s"
    assert world.said(to=world.member) == []


@pytest.fixture
def pipe(make_folder: MakeFolder, library: Library, tmp_path: Path) -> Path:
    """A named pipe: the last article of the folder is not read to its end before somebody has written there."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no named pipes")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    library._reader = ArticleReader(Obedient())
    make_folder({"volcano.md": VOLCANO, "waits.txt": f"wait {pipe}"})
    return pipe


async def test_a_reload_shows_how_many_articles_it_has_read(world: World, pipe: Path, looks: list[str]) -> None:
    await world.under_way(world.moderator.slash(world.channel, "corpus reload"), lambda: world.said(to=world.moderator))
    with await asyncio.to_thread(pipe.open, "w"):  # opens once the article is being read
        await a_minute_passes(world, looks)
        await until(lambda: told(world) == "Reloading: read 4 of 5 articles…")
    await world.env.settle()
    assert told(world) == "2 added · 3 articles unchanged · 2 passages encoded, 7 reused · … s"


@pytest.mark.usefixtures("looks")
async def test_closing_gives_up_the_article_that_is_read(world: World, pipe: Path, library: Library) -> None:
    await world.under_way(world.moderator.slash(world.channel, "corpus reload"), lambda: world.said(to=world.moderator))
    with await asyncio.to_thread(pipe.open, "w"):
        await world.bot.close()

    assert told(world) == "The reload was stopped because the bot is shutting down. Nothing changed."
    assert len(library.corpus.articles) == 3
    assert len(world.env.errors) == 1


@pytest.mark.usefixtures("looks")
async def test_asking_goes_on_during_a_reload(world: World, gated: GatedEncoder, make_folder: MakeFolder) -> None:
    await reload_held_up(world, gated, make_folder)
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), world.said)
    await world.under_way(world.member.send(world.channel, world.mention(ERTA)), lambda: len(world.said()) == 2)
    gated.open()
    await world.env.settle()
    await world.member.send(world.channel, world.mention(ERTA))

    before, unknown, after = [message.embeds[0].description for message in world.said()]
    assert before == TOWER_QUOTE
    assert unknown != ERTA_QUOTE
    assert after == ERTA_QUOTE


@pytest.mark.usefixtures("looks")
async def test_a_second_reload_is_refused_with_who_and_when(
    world: World, gated: GatedEncoder, make_folder: MakeFolder
) -> None:
    second = world.guild.add_member(
        world.env.create_user("second"), roles=[world.guild.roles["Moderators"]], nick="Second *hand*"
    )
    await reload_held_up(world, gated, make_folder)
    await world.under_way(second.slash(world.channel, "corpus reload"), lambda: world.said(to=second)[0].content)
    gated.open()
    await world.env.settle()

    [refusal] = world.said(to=second)
    assert refusal.flags.ephemeral
    assert re.fullmatch(
        r"A reload is already running, started by moderator at \d\d\\:\d\d\\:\d\d UTC\.", refusal.content
    )
    assert told(world) == "1 added · 3 articles unchanged · 1 passage encoded, 7 reused · … s"
    assert len(world.env.errors) == 1

    make_folder({"second.md": "# Second\n\nIt has ticks.\n"})
    embed = shown(await second.slash(world.channel, "corpus reload"))
    assert lines(embed)[1:] == ["- **Added:** Second (1 passage, second.md)"]


async def test_a_reload_whose_message_was_dismissed_still_finishes(
    world: World, gated: GatedEncoder, make_folder: MakeFolder, looks: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    await reload_held_up(world, gated, make_folder)
    [message] = world.said(to=world.moderator)
    world.env.backend.delete_message(world.channel.id, message.id)
    await a_minute_passes(world, looks)
    gated.open()
    with caplog.at_level(logging.INFO, "pullquote.cogs"):
        await world.env.settle()

    assert any(text.startswith("Nobody is left to answer at interaction") for text in caplog.messages)
    assert "Traceback" not in caplog.text
    assert len(world.env.errors) == 1
    assert await quote(world, ERTA) == ERTA_QUOTE


@pytest.mark.usefixtures("looks")
async def test_closing_gives_a_reload_up_and_says_so(
    world: World, gated: GatedEncoder, make_folder: MakeFolder, library: Library
) -> None:
    # More texts than are encoded at a time, so that there is a next step at which to give up.
    make_folder({"long.md": "\n\n".join(f"Paragraph {number} of many." for number in range(100))})
    await reload_held_up(world, gated, make_folder)
    closing = asyncio.create_task(world.bot.close())
    await until(library._closing.is_set)
    gated.open()
    await closing

    assert told(world) == "The reload was stopped because the bot is shutting down. Nothing changed."
    assert len(library.corpus.articles) == 3
    assert len(world.env.errors) == 1


@pytest.mark.usefixtures("looks")
async def test_a_reload_that_gives_up_too_late_leaves_no_traceback(
    world: World,
    gated: GatedEncoder,
    make_folder: MakeFolder,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("pullquote.cogs.in_flight._GRACE", 0)
    make_folder({"long.md": "\n\n".join(f"Paragraph {number} of many." for number in range(100))})
    await reload_held_up(world, gated, make_folder)
    await world.bot.close()
    gated.open()
    await until(lambda: world.env.errors)  # the simulator tells what a thread raised that nobody waits for
    gc.collect()

    assert [type(error) for error in world.env.errors] == [ReloadCancelledError]
    assert "Traceback" not in caplog.text
    assert "1 task cut off, for the bot stops: longer than 0 s at work" in caplog.messages
    assert len(library.corpus.articles) == 3


async def test_whoever_comes_while_the_bot_stops_is_told(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    closing = asyncio.create_task(world.bot.close())
    await until(lambda: world.bot.in_flight.closing)
    status = world.moderator.slash(world.channel, "corpus status")
    await world.under_way(status, lambda: world.said(to=world.moderator))
    question = world.other.slash(world.channel, "ask", question=TOWER)
    await world.under_way(question, lambda: world.said(to=world.other))
    told = [world.said(to=person)[0] for person in (world.moderator, world.other)]
    gated.open()
    await closing

    for message in told:
        assert message.flags.ephemeral
        assert message.content == "I am just being restarted. Please ask again in a minute."
    assert [message.embeds[0].description for message in world.said()] == [TOWER_QUOTE]
    assert len(world.env.errors) == 2
