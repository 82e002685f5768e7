"""Who may look after the articles."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import ChannelHandle
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import shown
from tests.support.discord_world import SIMULATION, World

pytestmark = pytest.mark.simcord(**SIMULATION)


REFUSAL = "Only moderators can do this: you need the permission Manage Server"


# All commands of /corpus, with what they cannot be called without.
COMMANDS: dict[str, dict[str, Any]] = {
    "scope show": {},
    "scope allow": {"tag": "crew"},
    "scope refuse": {"tag": "crew"},
    "scope open": {"tag": "crew"},
    "tag": {"article": "x"},
    "edit": {"article": "x"},
    "remove": {"article": "x"},
    "rollback": {"state": 0},
    "folder": {"shared": True},
    "list": {},
    "show": {"article": "x"},
    "history": {},
    "test": {"question": "Why?"},
    "add": {},
    "import": {"file": ("x.zip", b"x")},
    "export": {},
    "refresh": {},
    "reload": {},
    "status": {},
}


async def refusal(person: MemberActor, channel: ChannelHandle, command: str = "list") -> str:
    result = await person.slash(channel, f"corpus {command}", **COMMANDS[command])
    assert result.ephemeral
    assert result.response is not None
    assert result.response.embeds == []
    return result.response.content


async def test_members_do_not_see_the_commands(world: World) -> None:
    assert world.member.available_commands(world.channel) == ("ask",)
    assert world.moderator.available_commands(world.channel) == ("ask", *(f"corpus {name}" for name in COMMANDS))
    for command in COMMANDS:
        with pytest.raises(SetupError, match="not visible to this user"):
            await world.member.slash(world.channel, f"corpus {command}", **COMMANDS[command])


async def test_members_who_are_let_through_by_an_override_are_refused(world: World) -> None:
    [command] = [command for command in await world.bot.tree.fetch_commands() if command.name == "corpus"]
    world.guild.set_command_permissions(command, {world.member: True})
    for name, options in COMMANDS.items():
        result = await world.member.slash(world.channel, f"corpus {name}", **options)

        assert result.ephemeral
        assert result.response is not None
        assert result.response.content == f"{REFUSAL}."
    assert len(world.env.errors) == len(COMMANDS)


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
async def test_the_folder_is_not_for_the_moderators_of_another_guild(
    world: World, settings: Settings, library: Library, by_id: bool
) -> None:
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    role = elsewhere.create_role("Keepers")
    manager = elsewhere.create_role("Managers", permissions=discord.Permissions(administrator=True))
    keeper = elsewhere.add_member(world.env.create_user("keeper"), roles=[role])
    owner = elsewhere.add_member(world.env.create_user("owner"), roles=[manager])
    named = str(role.id) if by_id else role.name
    await world.env.restart_bot(create_bot(settings.model_copy(update={"moderator_role": named}), library))
    for command in COMMANDS:
        assert await refusal(keeper, channel, command) == f"{REFUSAL}."
    assert await refusal(owner, channel, "reload") == (
        "All servers share the articles of the folder, and the moderators of another server look after them: "
        "please ask them, or whoever runs this bot."
    )
    assert len(world.env.errors) == len(COMMANDS) + 1
    assert shown(await owner.slash(channel, "corpus list")).title == "3 articles"
    assert shown(await world.moderator.slash(world.channel, "corpus list")).title == "3 articles"


async def test_without_a_guild_only_the_operator_reloads_the_folder(
    world: World, settings: Settings, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    alone = settings.model_copy(update={"guild": None, "moderator_role": "Moderators"})
    await world.env.restart_bot(create_bot(alone, library))
    assert await refusal(world.moderator, world.channel, "reload") == (
        "All servers share the articles of the folder, and only whoever runs this bot can reload them: "
        "please ask them to do it."
    )
    assert len(world.env.errors) == 1
    assert shown(await world.moderator.slash(world.channel, "corpus list")).title == "3 articles"
    assert "PULLQUOTE_MODERATOR_ROLE has no effect without PULLQUOTE_GUILD; see the README" in caplog.messages


async def test_there_is_no_corpus_command_in_direct_messages(world: World) -> None:
    assert world.moderator.user.available_commands() == ("ask",)
    with pytest.raises(SetupError, match="reason: context"):
        await world.moderator.user.slash("corpus list")
