"""/corpus reload: what it tells."""

from __future__ import annotations

import shutil

import pytest

from pullquote.cogs.corpus.cog import Articles
from pullquote.cogs.messages.reports import remark_text
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.support.corpus_commands import BLUE, ERTA, ERTA_QUOTE, RED, VOLCANO, file_of, lines, quote, shown
from tests.support.discord_world import SIMULATION, World
from tests.support.folders import MakeFolder
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)


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
    # The shorter passage about bees was known as a sentence, but a passage has vectors of its words, too.
    assert lines(embed) == [
        "1 added, 1 changed, 1 removed · 1 article unchanged · 2 passages encoded, 2 reused · … s",
        "- **Added:** Volcanoes (1 passage, volcano.md)",
        "- **Changed:** How bees make honey (1 passage, honey.md)",
        "- **Removed:** chess (3 passages, chess.txt)",
    ]
    assert await quote(world, ERTA) == ERTA_QUOTE


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
    assert "YAML" in remark_text(broken)
    assert "Its last good version stays in use" in remark_text(binary)
    assert embed.colour == RED
    assert lines(embed) == [
        "1 added · 3 articles unchanged · 1 passage encoded, 7 reused · … s",
        "- **Problem:** " + remark_text(broken).replace("_", "\\_").replace("*", "\\*"),
        f"- **Problem:** {remark_text(binary)}",
        "- **Added:** Volcanoes (1 passage, volcano.md)",
    ]
    assert f"Problem in the corpus: {remark_text(broken)}" in caplog.messages
    assert await quote(world, TOWER) == TOWER_QUOTE


async def test_what_is_good_to_know_is_no_problem(world: World, make_folder: MakeFolder) -> None:
    make_folder({"volcano.md": VOLCANO, "picture_1.png": b"", "map.svg": b"", "book_.rtf": b"{\\rtf1}"})
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert embed.colour == BLUE
    assert lines(embed) == [
        "1 added · 3 articles unchanged · 1 passage encoded, 7 reused · … s",
        "- **Note:** book\\_.rtf: is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
        "- **Note:** 2 files are not articles: 1 .png and 1 .svg",
        "- **Added:** Volcanoes (1 passage, volcano.md)",
    ]


async def test_when_everything_fails_the_old_articles_go_on_answering(world: World, settings: Settings) -> None:
    for file in settings.corpus.iterdir():
        file.unlink()
    embed = shown(await world.moderator.slash(world.channel, "corpus reload"))

    assert (embed.title, embed.colour) == ("Reload failed: the articles stay as they were", RED)
    assert embed.description == "There are no articles in the corpus folder. Put .md or .txt files there."
    assert await quote(world, TOWER) == TOWER_QUOTE


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
        "\\- 2 files are not articles: 1 .mp3 and 1 .png",
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
    assert await quote(world, ERTA) != ERTA_QUOTE


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
    make_folder({f"broken_{number:03}.txt": b"" for number in range(300)})
    result = await world.moderator.slash(world.channel, "corpus reload")

    shown_lines = lines(shown(result))
    assert shown_lines[0] == "Nothing changed · 3 articles unchanged · 0 passages encoded, 7 reused · … s"
    assert shown_lines[1].startswith("- **Problem:** broken\\_000.txt: is empty")
    left = 301 - (len(shown_lines) - 1)
    assert shown_lines[-1] == f"… and {left} more lines, all in the file."
    in_file = await file_of(result)
    assert len(in_file) == 301
    assert in_file[-1].startswith("Problem: broken_299.txt: is empty")


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
