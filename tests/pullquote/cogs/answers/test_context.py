"""The button Context: what stands around the first quote, for whoever presses it, for as long as the message lasts."""

from __future__ import annotations

import pytest
from simcord import InteractionResult

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import FERRY, NOON, add, labels, message, shown, told
from tests.support.discord_world import SIMULATION, World, archived_thread
from tests.support.folders import MakeFolder
from tests.support.known_answers import QUEEN, TOWER

pytestmark = pytest.mark.simcord(**SIMULATION)

AROUND_TOWER = (
    "**[The lighthouse at Gull Point](https://example.org/lighthouse)**\n"
    "**Building**\n**Quoted: paragraph 1**\n> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
    "**Keepers**\nParagraph 2\n"
    "> The last keeper left in 1962, when the light became automatic. He took his cat with him.\n"
)
GONE = "The articles have changed since then. Please ask again."
REMOVED = (
    "The article was removed or changed since this was quoted, or it may no longer be asked here. "
    "The quote was, word for word:\n\n"
)


async def test_whoever_presses_sees_what_stands_around_the_quote(world: World) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER)
    [answer] = world.said()
    for who in (world.member, world.other, world.moderator):
        embed = shown(await who.click(answer, label="Context"))
        assert (embed.author.name, embed.description) == ("Around the quote", AROUND_TOWER)
        assert embed.footer.text == "Word for word"
    assert world.env.errors == []


async def test_it_works_after_a_restart(world: World, settings: Settings, library: Library) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER, private=True)
    [answer] = world.said()
    await world.env.restart_bot(create_bot(settings, library))
    assert shown(await world.member.click(answer, label="Context")).description == AROUND_TOWER


async def test_it_works_in_a_thread_that_was_archived(world: World) -> None:
    thread = await archived_thread(world, TOWER)
    [answer] = world.said(thread)
    assert shown(await world.member.click(answer, label="Context")).description == AROUND_TOWER


async def test_a_long_context_has_pages_and_begins_where_the_quote_is(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    moss = "Moss grows on the northern wall of the cellar, and nobody minds. " * 16
    long = [moss, "The harbour bell was cast from nine cannons.", moss, moss, "The end."]
    make_folder({"bell.md": "# The bell\n\n" + "\n\n".join(long)})
    library.reload("a test")
    await world.member.slash(world.channel, "ask", question="What was the harbour bell cast from?")
    result = await world.other.click(world.said()[0], label="Context")

    assert (labels(result), shown(result).footer.text) == (["Next ▶"], "Word for word · page 1 of 2")
    assert "**Quoted: paragraph 2**\n> **The harbour bell was cast from nine cannons.**" in text(result)
    await world.other.click(message(result), label="Next ▶")
    assert (labels(result), shown(result).footer.text) == (["◀ Back"], "Word for word · page 2 of 2")
    assert text(result).startswith("**The bell**\nParagraph 4\n> Moss grows")
    assert "The end." not in text(result)
    await world.other.click(message(result), label="◀ Back")
    assert shown(result).footer.text == "Word for word · page 1 of 2"

    make_folder({"bell.md": "All of this is written anew."})
    library.reload("a test")
    pressed = await world.other.click(message(result), label="Next ▶")
    assert told(pressed) == GONE
    assert shown(result).footer.text == "Word for word · page 1 of 2"


def text(result: InteractionResult) -> str:
    """What stands in the embed of a private answer."""
    return str(shown(result).description)


async def test_of_an_article_that_was_removed_the_words_are_shown(
    world: World, library: Library, make_folder: MakeFolder
) -> None:
    await world.member.slash(world.channel, "ask", question=TOWER)
    plain = world.channel_for_bot("plain", embed_links=False)
    await world.member.send(plain, world.mention(TOWER))
    (make_folder({}) / "lighthouse.md").unlink()
    library.reload("a moderator")
    quote = (
        "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
        "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Building · paragraph 1"
    )
    for answer in (*world.said(), *world.said(plain)):
        result = await world.other.click(answer, label="Context")
        assert labels(result) == []
        assert shown(result).author.name == "Removed"
        assert shown(result).description == f"{REMOVED}{quote}"


async def test_whoever_may_not_ask_an_article_learns_nothing_of_it(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="crew")
    await world.member.slash(world.channel, "ask", question=NOON)
    answer = world.said()[-1]
    keepers = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[keepers])
    await world.moderator.slash(world.channel, "corpus scope allow", tag="crew", role=keepers)

    assert "Dogs pay half." in str(shown(await keeper.click(answer, label="Context")).description)
    withheld = shown(await world.member.click(answer, label="Context")).to_dict()
    assert "Dogs pay half." not in str(withheld)
    # It is as if the article were not there.
    await world.moderator.slash(world.channel, "corpus scope open", tag="crew")
    removal = await world.moderator.slash(world.channel, "corpus remove", article="ferry.md")
    await world.moderator.click(message(removal), label="Remove")
    assert shown(await world.member.click(answer, label="Context")).to_dict() == withheld


async def test_it_may_be_here_has_it_and_a_short_article_has_nothing_around(world: World) -> None:
    await world.member.slash(world.channel, "ask", question="Is honey sweet?")
    await world.member.slash(world.channel, "ask", question=QUEEN)
    closest, queen = world.said()
    assert "**Quoted: paragraph " in str(shown(await world.member.click(closest, label="Context")).description)
    assert "**Most players choose a queen.**" in str(
        shown(await world.member.click(queen, label="Context")).description
    )
