"""/corpus tag and scope: whoever may not ask an article is answered as if it were not there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
import pytest
import simcord
from simcord import InteractionResult
from simcord.actors import MemberActor

from pullquote.library.library import Library
from tests.support.corpus_commands import (
    FERRY,
    NOON,
    NOON_QUOTE,
    add,
    labels,
    lines,
    message,
    quote,
    refusal,
    shown,
    told,
)
from tests.support.discord_world import SIMULATION, World, descriptions
from tests.support.folders import MakeFolder

pytestmark = pytest.mark.simcord(**SIMULATION)

ELSEWHERE = "Who won the world cup in 1998?"
STAFF = "Who may ask this tag"


async def scope(world: World, action: str, **options: Any) -> InteractionResult:
    return await world.moderator.slash(world.channel, f"corpus scope {action}", **options)


async def keep_ferry(world: World, **allowed: Any) -> None:
    """Add the ferry for those alone, in place of everybody."""
    await add(world, "ferry.md", FERRY)
    await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="#Crew")
    await scope(world, "allow", tag="crew", **allowed)


async def alone(world: World, channel: simcord.ChannelHandle, member: MemberActor) -> str | None:
    """What a member is answered privately."""
    result = await member.slash(channel, "ask", question=NOON, private=True)
    assert result.ephemeral
    assert result.response is not None
    return result.response.embeds[0].description


def with_role(world: World, role: str, name: str = "keeper") -> tuple[simcord.RoleHandle, MemberActor]:
    given = world.guild.create_role(role)
    return given, world.guild.add_member(world.env.create_user(name), roles=[given])


async def test_a_channel_asks_what_others_may_not(world: World) -> None:
    cellar = world.guild.create_text_channel("cellar")
    before = await quote(world, NOON)
    await keep_ferry(world, channel=cellar)

    assert await quote(world, NOON, cellar) == NOON_QUOTE
    assert await quote(world, NOON) == before
    await world.member.send(world.channel, world.mention(NOON))
    assert descriptions(world.said())[-1] == before
    await world.member.send(cellar, world.mention(NOON))
    assert descriptions(world.said(cellar))[-1] == NOON_QUOTE


async def test_a_message_is_looked_up_for_all_who_read_the_channel(world: World) -> None:
    keepers, keeper = with_role(world, "Keepers")
    before = await quote(world, NOON)
    await keep_ferry(world, role=keepers)
    asked = await world.member.send(world.channel, NOON)
    await keeper.context_menu(world.channel, "Find the passage", asked)
    assert descriptions(world.said())[-1] == before


async def test_two_members_ask_the_same_in_the_same_channel(world: World) -> None:
    keepers, keeper = with_role(world, "Keepers")
    before = await quote(world, NOON)
    await keep_ferry(world, role=keepers)

    assert await alone(world, world.channel, keeper) == NOON_QUOTE
    assert await alone(world, world.channel, world.member) == before
    # All read along in the channel, whoever asks.
    assert await quote(world, NOON, member=keeper) == before


async def test_a_category_counts_for_its_channels_and_a_channel_for_its_threads(world: World) -> None:
    below = world.guild.create_category("Below deck")
    galley = world.guild.create_text_channel("galley", category=below)
    before = await quote(world, NOON)
    await keep_ferry(world, channel=below)

    channel = world.env.bot.get_channel(galley.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="A thread", type=discord.ChannelType.public_thread)
    [thread] = galley.threads
    assert await quote(world, NOON, galley) == NOON_QUOTE
    assert await quote(world, NOON, thread) == NOON_QUOTE
    await world.member.send(thread, world.mention(NOON))
    assert descriptions(world.said(thread))[-1] == NOON_QUOTE
    await scope(world, "refuse", tag="crew", channel=below)
    assert await quote(world, NOON, thread) == before
    await scope(world, "allow", tag="crew", channel=galley)
    assert await quote(world, NOON, thread) == NOON_QUOTE


async def test_direct_messages_are_answered_as_the_home_guild_has_it(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    make_folder({"ferry.md": FERRY.decode().replace("---\n", "---\ntags: [crew]\n", 1)})
    library.reload("a test")

    async def answered() -> str | None:
        await world.member.send_dm(NOON)
        said = [each for each in world.member.user.dm_channel.history() if each.author == world.bot.user]
        return descriptions(said)[-1] if said[-1].embeds else said[-1].content

    assert await answered() == NOON_QUOTE
    await scope(world, "allow", tag="crew", channel=world.channel)
    assert await answered() != NOON_QUOTE
    assert await quote(world, NOON) == NOON_QUOTE


async def test_the_nearest_passage_is_not_shown_to_whoever_may_no_longer_ask_it(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await world.moderator.slash(world.channel, "corpus folder", shared=False)
    await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="crew")
    keepers, keeper = with_role(world, "Keepers")
    await world.member.slash(world.channel, "ask", question=ELSEWHERE)
    said = world.said()[-1]
    await scope(world, "allow", tag="crew", role=keepers)

    nearest = [await who.click(said, label="Show the nearest passage") for who in (world.member, keeper)]
    assert told(nearest[0]) == "The articles have changed since then. Please ask again."
    assert told(nearest[1]).startswith("Nothing in the articles answers this.")


async def test_who_may_ask_is_told_after_each_change(world: World) -> None:
    keepers, _ = with_role(world, "Keepers")
    empty = await scope(world, "show")
    assert lines(shown(empty))[0].startswith("Everybody may ask all articles. Give some a tag with /corpus tag")
    await keep_ferry(world, channel=world.channel)
    result = await scope(world, "allow", tag=" #CREW", role=keepers)
    assert shown(result).title == STAFF
    assert lines(shown(result)) == [f"**crew** (1 article): <#{world.channel.id}>, <@&{keepers.id}>"]
    result = await scope(world, "refuse", tag="crew", channel=world.channel)
    assert lines(shown(result)) == [f"**crew** (1 article): <@&{keepers.id}>"]
    result = await scope(world, "refuse", tag="night")
    assert lines(shown(result)) == ["**night** (0 articles): nobody"]
    result = await scope(world, "show")
    assert shown(result).title == "Who may ask what"
    assert lines(shown(result)) == [f"- **crew** (1 article): <@&{keepers.id}>", "- **night** (0 articles): nobody"]
    result = await scope(world, "open", tag="crew")
    assert lines(shown(result)) == ["- **night** (0 articles): nobody"]
    assert await quote(world, NOON) == NOON_QUOTE
    history = await world.moderator.slash(world.channel, "corpus history")
    told_last = [line.partition(" ")[2] for line in lines(shown(history)) if line.startswith("<@")][:4]
    assert told_last == [
        "let everybody ask what is tagged crew",
        "let nobody ask what is tagged night",
        f"let <#{world.channel.id}> no longer ask what is tagged crew",
        f"let <@&{keepers.id}> ask what is tagged crew",
    ]


async def test_tags_are_given_and_taken_and_offered(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus tag", article="ferry", add="Crew, #night  shift, crew")
    assert shown(result).title == "Edited"
    assert labels(result) == ["Undo"]
    assert await offered(world, "") == ["crew", "night shift"]
    assert await offered(world, "#Nig") == ["night shift"]
    [line] = lines(shown(await world.moderator.slash(world.channel, "corpus list", search="crew")))
    assert line.endswith(" · tags: crew, night shift")
    text = await world.moderator.slash(world.channel, "corpus show", article="ferry")
    assert str(shown(text).footer.text).endswith(" · tags: crew, night shift")
    await world.moderator.slash(world.channel, "corpus tag", article="ferry", remove="CREW, nothing", add="day")
    assert await offered(world, "") == ["day", "night shift"]
    result = await world.moderator.slash(world.channel, "corpus tag", article="ferry", remove="nothing")
    assert message(result).content == "Nothing changed: it is already so."


async def offered(world: World, typed: str) -> list[str]:
    choices: Sequence[Any] = await world.moderator.autocomplete(world.channel, "corpus scope allow", "tag", typed)
    return [choice["value"] for choice in choices]


async def test_a_tag_that_cannot_be_is_refused(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="x" * 51)
    assert refusal(world, result) == (
        f"“{'x' * 51}” cannot be a tag: a tag has at most 50 characters, none of them a comma."
    )


@pytest.mark.parametrize(("both", "sentence"), [
    (False, "Say whom the tag is for: a channel, a category or a role. Nothing was changed."),
    (True, "Give either a channel or a role, not both at once. Nothing was changed."),
])  # fmt: skip
async def test_it_is_said_whom_a_tag_is_for(world: World, both: bool, sentence: str) -> None:
    keepers, _ = with_role(world, "Keepers")
    options = {"channel": world.channel, "role": keepers} if both else {}
    assert refusal(world, await scope(world, "allow", tag="crew", **options)) == sentence


async def test_an_article_is_tagged_before_it_counts(world: World) -> None:
    await scope(world, "refuse", tag="crew")
    before = await quote(world, NOON)
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY))
    form = await world.moderator.click(message(result), label="Tags")
    await world.moderator.submit_modal(form, {"tags": "Crew"})
    assert "tags: crew" in lines(shown(result))[1]
    form = await world.moderator.click(message(result), label="Edit details")
    await world.moderator.submit_modal(form, {"title": "Ferries"})
    assert "tags: crew" in lines(shown(result))[1]
    await world.moderator.click(message(result), label="Add")
    assert shown(result).title == "Added"
    assert await quote(world, NOON) == before


async def test_tags_stay_when_an_article_is_replaced(world: World) -> None:
    before = await quote(world, NOON)
    await keep_ferry(world, channel=world.guild.create_text_channel("cellar"))
    result = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY + b"\nIt is green.\n"))
    assert "tags: crew" in lines(shown(result))[1]
    await world.moderator.click(message(result), label="Replace")
    assert await quote(world, NOON) == before


async def test_a_tag_that_somebody_gives_while_a_draft_waits_stays(world: World) -> None:
    before = await quote(world, NOON)
    await add(world, "ferry.md", FERRY)
    draft = await world.moderator.slash(world.channel, "corpus add", file=("ferry.md", FERRY + b"\nIt is green.\n"))
    await world.moderator.slash(world.channel, "corpus tag", article="ferry.md", add="crew")
    await scope(world, "refuse", tag="crew")
    await world.moderator.click(message(draft), label="Replace")
    assert await quote(world, NOON) == before


async def test_a_moderator_tests_what_the_channel_may_ask(world: World) -> None:
    await keep_ferry(world, channel=world.guild.create_text_channel("cellar"))
    result = await world.moderator.slash(world.channel, "corpus test", question=NOON)
    assert str(shown(result).footer.text).endswith(" 1 article may not be asked in this channel.")
    assert not any("The ferry" in str(field.name) for field in shown(result).fields)
    await world.moderator.slash(world.channel, "corpus folder", shared=False)
    result = await world.moderator.slash(world.channel, "corpus test", question=NOON)
    assert refusal(world, result) == (
        "Nothing can be asked in this channel: all articles have tags that it may not ask. See /corpus scope show."
    )
    assert await quote(world, NOON) == "There are no articles here yet. A moderator can add some with /corpus add."
    assert len(world.env.errors) == 2
