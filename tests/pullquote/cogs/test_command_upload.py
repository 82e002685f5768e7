"""Commands are uploaded when they changed, and whatever Discord says to them is told."""

from __future__ import annotations

import pytest

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.discord_world import SIMULATION, World, descriptions
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)


def registrations(world: World) -> int:
    return len([request for request in world.env.http_requests if request.method == "PUT"])


async def test_commands_are_registered_again_only_when_they_changed(
    world: World, settings: Settings, library: Library
) -> None:
    assert registrations(world) == 1

    await world.env.restart_bot(create_bot(settings, library))
    assert registrations(world) == 1
    await world.member.slash(world.channel, "ask", question=TOWER)
    assert descriptions(world.said()) == [TOWER_QUOTE]

    await world.env.restart_bot(create_bot(settings.model_copy(update={"moderator_role": "Keepers"}), library))
    assert registrations(world) == 2


async def test_no_privileged_intent_is_asked_for(world: World) -> None:
    intents = world.bot.intents
    assert (intents.members, intents.presences, intents.message_content) == (False, False, False)
