"""What Discord may say to a bot that starts."""

from __future__ import annotations

import socket

import pytest

from bot import create_bot
from pullquote.cogs.serving import StartError, serve
from pullquote.library.library import Library
from pullquote.locales import for_operators
from pullquote.settings import Settings
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import SECRET, TOKEN_REFUSED

pytestmark = pytest.mark.usefixtures("silent_log")


async def refusal(api_base: str, settings: Settings, library: Library) -> str:
    """The sentence that ends the start."""
    settings = settings.model_copy(update={"discord_api_base": api_base})
    with pytest.raises(StartError) as caught:
        await serve(create_bot(settings, library), SECRET)
    return for_operators(caught.value)


async def test_a_token_that_the_api_refuses(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.rest.token = "another"
    assert await refusal(server.api_base, settings, library) == TOKEN_REFUSED


async def test_a_token_that_the_gateway_refuses(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.gateway.token = "another"
    assert await refusal(server.api_base, settings, library) == TOKEN_REFUSED
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            4014,
            "Discord refuses the bot's intents (4014). Pullquote needs no privileged intents: "
            "check that DISCORD_TOKEN belongs to the right application.",
        ),
        (4011, "Discord closed the connection for good (code 4011). Start the bot again."),
    ],
)
async def test_a_gateway_that_closes_for_good(
    server: LoopbackDiscord, settings: Settings, library: Library, code: int, sentence: str
) -> None:
    server.gateway.refuse_with = code
    assert await refusal(server.api_base, settings, library) == sentence


async def test_no_privileged_intent_is_asked_for(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.gateway.refuse_with = 4014
    await refusal(server.api_base, settings, library)
    assert server.gateway.intents == 1 << 0 | 1 << 9 | 1 << 12  # guilds, messages in guilds and in DMs


async def test_a_discord_that_is_not_there(settings: Settings, library: Library) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        sentence = await refusal(f"http://{address}/api/v10", settings, library)
    assert sentence.startswith(f"Discord cannot be reached (Cannot connect to host {address}")
    assert sentence.endswith("Check the network and DISCORD_API_BASE, then start the bot again.")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/users/@me", None), ("/users/@me", 503), ("/gateway/bot", 404), ("/applications/*/commands", 403)],
)
async def test_a_discord_that_fails(
    server: LoopbackDiscord, settings: Settings, library: Library, path: str, status: int | None
) -> None:
    server.rest.fail_next("GET", path, status, times=9)
    sentence = await refusal(server.api_base, settings, library)
    assert sentence.startswith("Discord cannot be reached (")
    assert sentence.endswith("Check the network and DISCORD_API_BASE, then start the bot again.")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/users/@me", "<html>A page</html>"),
        ("/users/@me", {"not": "a user"}),
        ("/gateway/bot", "<html>A page</html>"),
        ("/gateway/bot", {"not": "a gateway"}),
    ],
)
async def test_an_address_where_something_else_answers(
    server: LoopbackDiscord, settings: Settings, library: Library, path: str, body: str | dict[str, str]
) -> None:
    server.rest.fail_next("GET", path, 200, body=body)
    sentence = await refusal(server.api_base, settings, library)
    assert sentence == "The server at DISCORD_API_BASE is not Discord's API. Check the address."
