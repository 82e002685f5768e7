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


class StartError(PullquoteError):
    """For operators: the bot cannot start, and what to do about it."""


async def serve(bot: discord.Client, token: str) -> None:
    """Run the bot until it is told to stop (SIGINT, SIGTERM). Raises StartError where Discord refuses it."""
    stop = stop_signal()
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


def stop_signal() -> asyncio.Event:
    """What is set when the process is told to stop (SIGINT, SIGTERM)."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows: there asyncio.run turns Ctrl+C into a cancellation of what waits
            break
    return stop


@contextmanager
def _start_errors(bot: discord.Client) -> Iterator[None]:
    """Turn Discord's refusals into a StartError, a sentence that says what to do."""
    try:
        yield
    except discord.LoginFailure as error:
        raise StartError("token-refused") from error
    except discord.PrivilegedIntentsRequired as error:
        raise StartError("intents-refused") from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise StartError("token-refused") from error
        raise StartError("connection-closed", close_code=error.code) from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise StartError("discord-unreachable", error=str(error)) from error
    except (KeyError, TypeError) as error:
        if bot.user is not None:
            raise
        raise StartError("not-discord") from error
