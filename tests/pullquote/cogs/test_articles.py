from __future__ import annotations

import asyncio
import dataclasses
import gc
import logging
import os
import re
import shutil
from pathlib import Path

import discord
import pytest
from simcord import ChannelHandle, InteractionResult
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError

from bot import create_bot
from pullquote.cogs.articles import Articles, _ProgressNote
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.encoder import SentenceTransformerEncoder
from retrieval.errors import ReloadCancelledError
from retrieval.reading.reader import ArticleReader
from tests.support.discord_world import SIMULATION, GatedEncoder, World, until
from tests.support.folders import MakeFolder
from tests.support.measures import Obedient

pytestmark = pytest.mark.simcord(**SIMULATION)

VOLCANO = "# Volcanoes\n\nThe summit of Erta rises six hundred metres.\n"
ERTA = "How high is the summit of Erta?"
ERTA_QUOTE = "> **The summit of Erta rises six hundred metres.**\n— Volcanoes · paragraph 1"
TOWER = "When was the tower finished?"
TOWER_QUOTE = (
    "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
    "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Building · paragraph 1"
)
RED = discord.Colour(0xC0392B)
BLUE = discord.Colour(0x3B6FB6)


def shown(result: InteractionResult) -> discord.Embed:
    """The one embed of a private answer."""
    assert result.response is not None
    assert result.ephemeral
    assert result.response.content == ""
    [embed] = result.response.embeds
    return embed


def lines(embed: discord.Embed) -> list[str]:
    """Its lines, with no seconds in them."""
    assert embed.description is not None
    return re.sub(r"\d+\.\d s$", "… s", embed.description, flags=re.MULTILINE).split("\n")


async def answer_to(world: World, question: str) -> str | None:
    await world.member.slash(world.channel, "ask", question=question)
    return world.said()[-1].embeds[0].description


# Reload


async def test_a_reload_tells_what_changed(world: World, make_folder: MakeFolder) -> None:
    folder = make_folder(
        {
            "volcano.md": VOLCANO,
            "honey.md": "# How bees make honey\n\nForagers carry nectar home in a second stomach.\n",
        }
    )
    (folder / "chess.txt").unlink()
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert (embed.title, embed.colour) == ("Reload finished", BLUE)
    # The shorter one about bees was known as a sentence, but a passage has vectors of its words, too.
    assert lines(embed) == [
        "1 added, 1 changed, 1 removed · 1 article unchanged · 2 passages encoded, 2 reused · … s",
        "- **Added:** Volcanoes (1 passage, volcano.md)",
        "- **Changed:** How bees make honey (1 passage, honey.md)",
        "- **Removed:** chess (3 passages, chess.txt)",
    ]
    assert await answer_to(world, ERTA) == ERTA_QUOTE


async def test_a_reload_with_nothing_changed(world: World) -> None:
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert embed.colour == BLUE
    assert lines(embed) == ["Nothing changed · 3 articles unchanged · 0 passages encoded, 7 reused · … s"]


async def test_a_broken_file_is_named_with_the_reason_and_takes_nothing_down(
    world: World, make_folder: MakeFolder, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    make_folder({"volcano.md": VOLCANO, "broken_*.md": "---\ntitle: [\n---\n\nText.", "lighthouse.md": b"\x00\x01"})
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    broken, binary = library.problems
    assert "YAML" in broken.reason
    assert "Its last good version stays in use" in binary.reason
    assert embed.colour == RED
    assert lines(embed) == [
        "1 added · 3 articles unchanged · 1 passage encoded, 7 reused · … s",
        f"- **Problem:** broken\\_\\*.md: {broken.reason}",
        f"- **Problem:** lighthouse.md: {binary.reason}",
        "- **Added:** Volcanoes (1 passage, volcano.md)",
    ]
    assert f"Problem in the corpus: broken_*.md: {broken.reason}" in caplog.messages
    assert await answer_to(world, TOWER) == TOWER_QUOTE


async def test_when_everything_fails_the_old_articles_go_on_answering(world: World, settings: Settings) -> None:
    for file in settings.corpus.iterdir():
        file.unlink()
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert (embed.title, embed.colour) == ("Reload failed: the articles stay as they were", RED)
    assert embed.description == "There are no articles in the corpus folder. Put .md or .txt files there."
    assert await answer_to(world, TOWER) == TOWER_QUOTE


async def test_when_the_folder_is_gone_the_log_alone_says_which(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(settings.corpus)
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert embed.description == (
        "The folder with the articles is not there. "
        "Ask whoever runs the bot to create it and to put .md or .txt files into it."
    )
    assert f"Reload failed: There is no corpus folder at {settings.corpus}. " in caplog.text


async def test_when_no_file_can_be_read_each_is_named(
    world: World, settings: Settings, make_folder: MakeFolder, library: Library
) -> None:
    for file in settings.corpus.iterdir():
        file.unlink()
    make_folder({"picture.png": b"", "song.mp3": b""})
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert lines(embed) == [
        "No article in the corpus folder can be read:",
        "\\- picture.png: is not read; only .md, .markdown and .txt files are",
        "\\- song.mp3: is not read; only .md, .markdown and .txt files are",
    ]
    assert len(library.corpus.articles) == 3


async def test_when_it_cannot_be_saved_nothing_changes(
    world: World, settings: Settings, make_folder: MakeFolder
) -> None:
    shutil.rmtree(settings.data)
    settings.data.write_text("No room for folders.")
    make_folder({"volcano.md": VOLCANO})
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert (embed.title, embed.colour) == ("Reload failed: the articles stay as they were", RED)
    assert embed.description == (
        "The corpus could not be saved (Not a directory). Nothing changed. "
        "Ask whoever runs the bot to make room on its disk or to mend the permissions of its data folder."
    )
    assert await answer_to(world, ERTA) != ERTA_QUOTE


async def test_status_tells_that_the_articles_are_not_saved_until_they_are(
    world: World, settings: Settings, library: Library, make_folder: MakeFolder, encoder: SentenceTransformerEncoder
) -> None:
    shutil.rmtree(settings.data)
    settings.data.write_text("No room for folders.")
    unsaved = Library.open(settings.corpus, settings.data, encoder)
    cog = world.bot.get_cog("Articles")
    assert isinstance(cog, Articles)
    cog.library = unsaved
    fields = {
        field.name: field.value for field in shown(await world.moderator.slash(world.channel, "corpus status")).fields
    }
    assert fields["Problems"] == (
        "- the saved index: could not be written (Not a directory), so it is built anew at the next start; "
        "make room in the data folder, or mend its permissions"
    )
    settings.data.unlink()
    fields = {
        field.name: field.value for field in shown(await world.moderator.slash(world.channel, "corpus status")).fields
    }
    assert "Problems" not in fields
    assert unsaved.saved


async def test_a_problem_in_every_file_is_shown_with_the_rest_in_a_file(world: World, make_folder: MakeFolder) -> None:
    make_folder({f"picture_{number:03}.png": b"" for number in range(300)})
    result = await world.moderator.slash(world.channel, "corpus reload")

    shown_lines = lines(shown(result))
    assert shown_lines[0] == "Nothing changed · 3 articles unchanged · 0 passages encoded, 7 reused · … s"
    assert shown_lines[1].startswith("- **Problem:** picture\\_000.png: is not read")
    left = 301 - (len(shown_lines) - 1)
    assert shown_lines[-1] == f"… and {left} more lines, all in the file."
    in_file = await file_of(result)
    assert len(in_file) == 301
    assert in_file[-1].startswith("Problem: picture_299.png: is not read")


async def file_of(result: InteractionResult) -> list[str]:
    assert result.response is not None
    [file] = result.response.attachments
    assert file.filename == "corpus.txt"
    return (await file.read()).decode().split("\n")


async def test_an_unexpected_error_is_an_apology_to_the_moderator(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Library, "reload", broken)
    result = await world.moderator.slash(world.channel, "corpus reload")

    assert result.response is not None
    assert result.response.ephemeral
    assert result.response.content.startswith("Something went wrong on my side, sorry. Please tell a moderator this")
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]
    assert len(world.env.errors) == 1


# While a reload is under way


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was seen when progress was looked at: when the simulator's clock says so, not the machine's."""
    monkeypatch.setattr("pullquote.cogs.articles.PROGRESS_EVERY", 60)
    looks: list[str] = []
    show = _ProgressNote.__str__

    def look(note: _ProgressNote) -> str:
        looks.append(show(note))
        return looks[-1]

    monkeypatch.setattr(_ProgressNote, "__str__", look)
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
    assert await answer_to(world, ERTA) == ERTA_QUOTE


@pytest.mark.usefixtures("looks")
async def test_closing_gives_a_reload_up_and_says_so(
    world: World, gated: GatedEncoder, make_folder: MakeFolder, library: Library
) -> None:
    # More texts than are encoded at one go, so that there is a next step at which to give up.
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


# Status and list


async def test_the_status(world: World, library: Library, settings: Settings) -> None:
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))

    size = sum(file.stat().st_size for file in library.shelf.rglob("*") if file.is_file())
    cog = world.bot.get_cog("Articles")
    assert isinstance(cog, Articles)
    assert (embed.title, embed.colour) == ("Corpus", BLUE)
    assert [(field.name, field.value) for field in embed.fields] == [
        ("Articles", "3"),
        ("Passages", "7 (11 sentences)"),
        ("Model", "all-MiniLM-L6-v2"),
        ("Built", f"<t:{int(library.corpus.built_at.timestamp())}:R>"),
        ("Index size", f"{size / 1024 / 1024:.1f} MB"),
        ("Running since", f"<t:{int(cog.started_at.timestamp())}:R>"),
    ]


@pytest.mark.parametrize("name", ["/srv/models/our model", "C:\\\\models\\\\our model\\\\", "them/our model"])
async def test_the_status_does_not_say_where_a_model_lies(world: World, library: Library, name: str) -> None:
    library._corpus = dataclasses.replace(library.corpus, model=name)
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))
    assert [field.value for field in embed.fields if field.name == "Model"] == ["our model"]


async def test_the_status_names_problems(world: World, make_folder: MakeFolder, library: Library) -> None:
    make_folder({f"picture_{number}.png": b"" for number in range(5)})
    library.reload("a test")
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))

    reason = "is not read; only .md, .markdown and .txt files are"
    assert embed.fields[-1].name == "Problems"
    assert embed.fields[-1].value is not None
    assert embed.fields[-1].value.split("\n") == [
        f"- picture\\_0.png: {reason}",
        f"- picture\\_1.png: {reason}",
        f"- picture\\_2.png: {reason}",
        "and 2 more: see /corpus reload",
    ]


async def test_the_list_links_articles(world: World, make_folder: MakeFolder, library: Library) -> None:
    dated = "---\ntitle: '[A] *dated* one'\nurl: https://example.org/(a)\npublished: 2026-02-03\n---\n\nText."
    evil = "---\ntitle: An evil one\nurl: javascript:alert(1)\n---\n\nText of its own."
    make_folder({"dated.md": dated, "evil.md": evil})
    library.reload("a test")
    embed = shown(await world.moderator.slash(world.channel, "corpus list"))

    assert (embed.title, embed.colour) == ("5 articles", BLUE)
    assert lines(embed) == [
        "- chess (3 passages, chess.txt)",
        "- [(A) \\*dated\\* one](https://example.org/%28a%29) (1 passage, 2026-02-03, dated.md)",
        "- An evil one (1 passage, evil.md)",
        "- How bees make honey (2 passages, honey.md)",
        "- [The lighthouse at Gull Point](https://example.org/lighthouse) (2 passages, lighthouse.md)",
    ]


async def test_a_long_list_comes_with_a_file(world: World, make_folder: MakeFolder, library: Library) -> None:
    head = "---\ntitle: '*Issue* {0:03}'\nurl: https://example.org/{0:03}\n---\n\nThe same text."
    make_folder({f"issue_{number:03}.md": head.format(number) for number in range(300)})
    library.reload("a test")
    result = await world.moderator.slash(world.channel, "corpus list")

    embed = shown(result)
    assert embed.title == "303 articles"
    shown_lines = lines(embed)
    assert shown_lines[2] == "- [\\*Issue\\* 000](https://example.org/000) (1 passage, issue\\_000.md)"
    assert shown_lines[-1] == f"… and {303 - len(shown_lines) + 1} more lines, all in the file."
    in_file = await file_of(result)
    assert len(in_file) == 303
    assert in_file[2] == "*Issue* 000 (1 passage, issue_000.md, https://example.org/000)"


# Who may


REFUSAL = "Only moderators can do this: you need the permission Manage Server"


async def refusal(person: MemberActor, channel: ChannelHandle, command: str = "list") -> str:
    result = await person.slash(channel, f"corpus {command}")
    assert result.ephemeral
    assert result.response is not None
    assert result.response.embeds == []
    return result.response.content


async def test_members_do_not_see_the_commands(world: World) -> None:
    assert world.member.available_commands(world.channel) == ("ask",)
    assert world.moderator.available_commands(world.channel) == ("ask", "corpus reload", "corpus status", "corpus list")
    for command in ("reload", "status", "list"):
        with pytest.raises(SetupError, match="not visible to this user"):
            await world.member.slash(world.channel, f"corpus {command}")


async def test_members_who_are_let_through_by_an_override_are_refused(world: World) -> None:
    [command] = [command for command in await world.bot.tree.fetch_commands() if command.name == "corpus"]
    world.guild.set_command_permissions(command, {world.member: True})
    for name in ("reload", "status", "list"):
        result = await world.member.slash(world.channel, f"corpus {name}")

        assert result.ephemeral
        assert result.response is not None
        assert result.response.content == f"{REFUSAL}."
    assert len(world.env.errors) == 3


async def test_administrators_are_moderators(world: World) -> None:
    role = world.guild.create_role("Owners", permissions=discord.Permissions(administrator=True))
    owner = world.guild.add_member(world.env.create_user("owner"), roles=[role])
    assert shown(await owner.slash(world.channel, "corpus list")).title == "3 articles"


async def test_the_role_that_the_settings_name_moderates(world: World, settings: Settings, library: Library) -> None:
    role = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[role])
    impostor = world.guild.create_role(str(role.id))
    stranger = world.guild.add_member(world.env.create_user("stranger"), roles=[impostor])
    for name in (role.name, str(role.id)):
        await world.env.restart_bot(create_bot(settings.model_copy(update={"moderator_role": name}), library))

        assert shown(await keeper.slash(world.channel, "corpus list")).title == "3 articles"
        assert shown(await world.moderator.slash(world.channel, "corpus list")).title == "3 articles"
        for person in (world.member, stranger):
            assert await refusal(person, world.channel) == f"{REFUSAL}, or the role Keepers."
    assert len(world.env.errors) == 4


@pytest.mark.parametrize("by_id", [True, False])
async def test_another_guild_has_no_say(world: World, settings: Settings, library: Library, by_id: bool) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    role = elsewhere.create_role("Keepers")
    manager = elsewhere.create_role("Managers", permissions=discord.Permissions(administrator=True))
    keeper = elsewhere.add_member(world.env.create_user("keeper"), roles=[role])
    owner = elsewhere.add_member(world.env.create_user("owner"), roles=[manager])
    named = str(role.id) if by_id else role.name
    await world.env.restart_bot(create_bot(settings.model_copy(update={"moderator_role": named}), library))
    for person in (keeper, owner):
        for command in ("reload", "status", "list"):
            assert await refusal(person, channel, command) == (
                "All servers share the articles, and the moderators of another server look after them: "
                "please ask them, or whoever runs this bot."
            )
    assert len(world.env.errors) == 6
    assert shown(await world.moderator.slash(world.channel, "corpus list")).title == "3 articles"


async def test_without_a_guild_moderators_are_sent_to_the_operator(
    world: World, settings: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    alone = settings.model_copy(update={"guild": None, "moderator_role": "Moderators"})
    await world.env.restart_bot(create_bot(alone, library))
    for command in ("reload", "status", "list"):
        assert await refusal(world.moderator, world.channel, command) == (
            "All servers share the articles, and only whoever runs this bot can look after them: "
            "please ask them to do it."
        )
    assert len(world.env.errors) == 3
    assert "PULLQUOTE_MODERATOR_ROLE has no effect without PULLQUOTE_GUILD; see the README" in caplog.messages


async def test_there_is_no_corpus_command_in_direct_messages(world: World) -> None:
    assert world.moderator.user.available_commands() == ("ask",)
    with pytest.raises(SetupError, match="reason: context"):
        await world.moderator.user.slash("corpus list")
