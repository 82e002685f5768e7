"""Serving: the bot from its start to a signal, and Discord's refusals as sentences for operators."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)

NOT_DISCORD = "What answers at DISCORD_API_BASE is not Discord's API. Check the address."
_REFUSED = (
    "Discord does not accept the token. Copy it again from the Bot page of your application "
    "(discord.com/developers/applications) into DISCORD_TOKEN."
)


class StartError(PullquoteError):
    """For operators: the bot cannot start, and what to do about it."""


async def serve(bot: discord.Client, token: str) -> None:
    """Run the bot until it is told to stop (SIGINT, SIGTERM). Raises StartError where Discord refuses it."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: there asyncio.run turns Ctrl+C into a cancellation, which closes the bot
            break
    async with bot:
        running = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if running.done():
            with _start_errors(bot):
                running.result()
        else:
            log.info("Stopping; answers in flight are finished first")
            await bot.close()
            # discord.py would go on trying to connect, and complain that it cannot.
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@contextmanager
def _start_errors(bot: discord.Client) -> Iterator[None]:
    """Turn Discord's refusals into a StartError, a sentence that says what to do."""
    try:
        yield
    except discord.LoginFailure as error:
        raise StartError(_REFUSED) from error
    except discord.PrivilegedIntentsRequired as error:
        raise StartError(
            "Discord refuses the bot's intents (4014). Pullquote needs no privileged one: "
            "check that DISCORD_TOKEN belongs to the right application."
        ) from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise StartError(_REFUSED) from error
        raise StartError(f"Discord closed the connection for good (code {error.code}). Start the bot again.") from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise StartError(
            f"Discord cannot be reached ({error}). Check the network and DISCORD_API_BASE, then start the bot again."
        ) from error
    except (KeyError, TypeError) as error:
        if bot.user is not None:
            raise
        raise StartError(NOT_DISCORD) from error
