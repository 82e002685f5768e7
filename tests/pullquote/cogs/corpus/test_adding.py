"""/corpus add, import and export."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from io import BytesIO

import pytest

from bot import create_bot
from pullquote.cogs.corpus.cog import Articles
from pullquote.library.drafts import NotYourDraftError
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import FERRY, NOON, NOON_QUOTE, add, labels, lines, message, quote, refusal, shown
from tests.support.discord_world import SIMULATION, World
from tests.support.packages import packed
from tests.support.sites import Canned, Site, serving

pytestmark = pytest.mark.simcord(**SIMULATION)


async def test_nothing_is_searched_before_it_is_confirmed(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))

    assert shown(result).title == "Add this article?"
    assert labels(result) == ["Add", "Edit details", "Tags", "Cancel"]
    assert await quote(world, NOON) != NOON_QUOTE
    await world.moderator.click(message(result), label="Add")
    assert shown(result).title == "Added"
    assert labels(result) == ["Undo"]
    assert await quote(world, NOON) == NOON_QUOTE


async def test_a_draft_that_is_given_up_leaves_nothing(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    await world.moderator.click(message(result), label="Cancel")
    assert message(result).content == "Given up: nothing was added."
    assert labels(result) == []
    assert await quote(world, NOON) != NOON_QUOTE


async def test_a_text_is_typed_in(world: World) -> None:
    form = await world.moderator.slash(world.channel, "corpus add")
    result = await world.moderator.submit_modal(
        form, {"title": "Harbour  rules", "text": "Boats keep left.\n\nNo swimming after *dark*."}
    )
    await world.moderator.click(message(result), label="Add")
    assert await quote(world, "On which side do boats keep?") == (
        "> **Boats keep left.**\n— Harbour rules · paragraph 1"
    )


async def test_the_details_are_corrected_in_the_preview(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    form = await world.moderator.click(message(result), label="Edit details")
    await world.moderator.submit_modal(
        form, {"title": "Ferries", "author": "A clerk", "url": "", "published": "2026-02-03"}
    )
    details = "by A clerk · 2026-02-03 · English · no link · 2 passages · ferry.md"
    assert lines(shown(result))[:2] == ["**Ferries**", details]
    await world.moderator.click(message(result), label="Add")
    assert await quote(world, NOON) == "> **The ferry to Norra leaves at noon.**\n— Ferries · paragraph 1"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (
            "published",
            "3.2.2026",
            "“3.2.2026” is not a date such as 2026-01-31. Nothing was changed; please try again.",
        ),
        ("url", "ferry", "“ferry” is not a web address such as https\\://example.org. Nothing was changed."),
        ("language", "German!", "“German!” is not the code of a language, such as en or de. Nothing was changed."),
    ],
)
async def test_details_that_cannot_be_used_are_told(world: World, field: str, text: str, sentence: str) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    form = await world.moderator.click(message(result), label="Edit details")
    sent = await world.moderator.submit_modal(form, {field: text})
    assert message(sent).content == sentence
    assert labels(result) == ["Add", "Edit details", "Tags", "Cancel"]


async def test_the_same_file_again_replaces_the_article_and_shows_what_changes(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(
        world.channel, "corpus add", file=("ferry.md", FERRY.replace(b"noon", b"dawn"))
    )

    assert shown(result).title == "Replace this article?"
    assert labels(result) == ["Replace", "Edit details", "Tags", "Keep both", "Cancel"]
    [changes] = [field.value for field in shown(result).fields if field.name == "What changes in its passages"]
    assert changes is not None
    assert "~~noon.~~ **dawn.**" in changes
    await world.moderator.click(message(result), label="Replace")
    assert shown(result).title == "Changed"
    answer = await quote(world, NOON)
    assert answer is not None
    assert "leaves at dawn" in answer


async def test_an_article_is_kept_beside_one_of_the_same_name(world: World) -> None:
    await add(world, "notes.md", FERRY)
    other = b"# The mill\n\nThe mill grinds rye on Mondays.\n"
    result = await world.moderator.slash(world.channel, "corpus add", file=("notes.md", other))
    await world.moderator.click(message(result), label="Keep both")
    assert shown(result).title == "Add this article?"
    await world.moderator.click(message(result), label="Add")
    assert await quote(world, NOON) == NOON_QUOTE
    assert await quote(world, "What does the mill grind on Mondays?") == (
        "> **The mill grinds rye on Mondays.**\n— The mill · paragraph 1"
    )


async def test_the_preview_says_what_an_article_resembles(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus add", file=("copy.md", FERRY))
    [resembles] = [field.value for field in shown(result).fields if field.name == "This article"]
    assert resembles == "- has the same text as The ferry"


@pytest.mark.parametrize(
    ("file", "raw", "sentence"),
    [
        ("ferry.exe", b"MZ", "ferry.exe: files of this kind are not read; save it as one of "),
        ("ferry.md", b"", "ferry.md: is empty; write the article into it, or delete it"),
        ("ferry.docx", b"no", "ferry.docx: is not a .docx document; open it in a word processor and save it as .docx"),
        ("ferry.zip", b"no", "ferry.zip: is not a ZIP archive; pack the files once more, or add them one by one"),
        ("ferry.zip", packed({"a.exe": "x"}), "ferry.zip holds no article"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told(world: World, file: str, raw: bytes, sentence: str) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=(file, raw))
    assert refusal(world, result).startswith(sentence)


async def test_an_archive_adds_all_its_articles(world: World) -> None:
    archive = packed({"a/ferry.md": FERRY, "b/mill.txt": "The mill grinds rye on Mondays.", "c.png": "x", "d.md": ""})
    result = await world.moderator.slash(world.channel, "corpus import", file=("all.zip", archive))
    assert shown(result).title == "Add 2 articles?"
    assert labels(result) == ["Add", "Cancel"]
    await world.moderator.click(message(result), label="Add")
    assert await quote(world, NOON) == NOON_QUOTE


async def test_only_archives_are_imported(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus import", file=("ferry.md", FERRY))
    assert refusal(world, result) == "ferry.md is not a .zip. Add a single file with /corpus add."


async def test_what_is_exported_is_what_was_added(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus export")
    assert refusal(world, result) == "This server has no articles of its own yet. Add some with /corpus add."
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus export")
    [sent] = result.followups or [message(result)]
    [file] = sent.attachments
    assert file.filename == "articles.zip"
    with zipfile.ZipFile(BytesIO(await file.read())) as archive:
        assert archive.namelist() == ["ferry.md", "pullquote.json"]
        assert archive.read("ferry.md") == FERRY


async def test_a_link_that_may_not_be_fetched_is_told(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", link="http://127.0.0.1/secret")
    assert refusal(world, result).startswith("http://127.0.0.1/secret")


async def test_a_link_and_a_file_at_once_are_too_much(world: World) -> None:
    result = await world.moderator.slash(
        world.channel, "corpus add", link="https://example.org/", file=("ferry.md", FERRY)
    )
    assert refusal(world, result) == "Give either a link or a file, not both at once."


async def test_a_draft_is_for_its_moderator_alone(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    key = next(iter(world.bot.articles.drafts._kept._kept))
    with pytest.raises(NotYourDraftError):
        world.bot.articles.drafts.of(key, world.guild.id, world.other.id)
    assert labels(result) == ["Add", "Edit details", "Tags", "Cancel"]


async def test_after_a_restart_a_preview_says_that_it_is_too_old(
    world: World, settings: Settings, library: Library
) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    await world.env.restart_bot(create_bot(settings, library))
    pressed = await world.moderator.click(message(result), label="Add")
    assert message(pressed).content == (
        "This preview is too old, or was used already. Nothing was added; please add it once more."
    )


async def test_who_does_not_moderate_any_more_adds_nothing(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    world.dismiss_moderator()
    pressed = await world.moderator.click(message(result), label="Add")
    assert message(pressed).content.startswith("Only moderators can do this")
    assert await quote(world, NOON) != NOON_QUOTE


async def test_guilds_share_words_and_never_answers(world: World) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    member = elsewhere.add_member(world.env.create_user("neighbour"))
    await add(world, "ferry.md", FERRY)
    assert await quote(world, NOON) == NOON_QUOTE
    answer = await quote(world, NOON, channel, member)
    assert answer is not None
    assert "ferry" not in answer.lower() or "Norra" not in answer


def test_the_cog_has_all_commands() -> None:
    assert {command.name for command in Articles.__cog_app_commands__} >= {"add", "import", "export", "list", "reload"}


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving(Site()) as site:
        yield site


async def test_a_page_is_added_by_its_link(world: World, site: Site) -> None:
    world.bot.fetching = site.rules
    site.pages["/mill"] = Canned(b"<title>The mill</title><p>The mill grinds rye on Mondays, and oats on Fridays.")
    result = await world.moderator.slash(world.channel, "corpus add", link=site.url("/mill"))
    await world.moderator.click(message(result), label="Add")
    answer = await quote(world, "What does the mill grind on Mondays?")
    assert answer is not None
    assert answer.endswith(f"— [The mill]({site.url('/mill')}) · paragraph 1")


async def test_pages_are_fetched_again(world: World, site: Site) -> None:
    result = await world.moderator.slash(world.channel, "corpus refresh")
    assert refusal(world, result).startswith("None of this server's articles is a web page.")
    world.bot.fetching = site.rules
    for path in ("/mill", "/gone"):
        site.pages[path] = Canned(b"<title>A page</title><p>The mill grinds rye on Mondays.")
        added = await world.moderator.slash(world.channel, "corpus add", link=site.url(path))
        form = await world.moderator.click(message(added), label="Edit details")
        await world.moderator.submit_modal(form, {"title": f"Page {path}", "url": ""})
        await world.moderator.click(message(added), label="Add")
    result = await world.moderator.slash(world.channel, "corpus refresh")
    assert shown(result).title == "Nothing changed on 2 pages"

    site.pages["/mill"] = Canned(b"<title>A page</title><p>The mill grinds oats on Mondays.")
    del site.pages["/gone"]
    result = await world.moderator.slash(world.channel, "corpus refresh")
    assert shown(result).title == "Replace this article?"
    assert lines(shown(result))[0] == "**Page /mill**"
    fields = {field.name: field.value or "" for field in shown(result).fields}
    assert "~~rye~~ **oats**" in fields["What changes in its passages"]
    assert "does not exist, its server says" in fields["Good to know"]
    await world.moderator.click(message(result), label="Replace")
    assert shown(result).title == "Reloaded the articles"
    answer = await quote(world, "What does the mill grind on Mondays?")
    assert answer is not None
    assert "oats" in answer
