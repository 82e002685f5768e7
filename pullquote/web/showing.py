"""The bot in the browser, from its start to a signal."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack

from pullquote.cogs.client import Pullquote
from pullquote.cogs.serving import stop_signal
from pullquote.web.markdown import discords_markdown
from pullquote.web.page import Link, dressed
from pullquote.web.simulation import Simulation, furnish
from pullquote.web.tour import Tour
from pullquote.web.windows import Window


async def show(bot: Pullquote, tour: Tour, ready: Callable[[str], object]) -> None:
    """Show the bot until a signal tells to stop (SIGINT, SIGTERM). `ready` gets the address of the first window."""
    stop = stop_signal()
    env = Simulation(bot)
    await env.start()
    try:
        with env.time_context(), discords_markdown():
            async with AsyncExitStack() as stack:
                windows = await _opened(env, tour, stack)
                ready(windows[0].address)
                await stop.wait()
    finally:
        await env.shutdown()


async def _opened(env: Simulation, tour: Tour, stack: AsyncExitStack) -> list[Window]:
    """A window for each channel, each with links to all."""
    windows: list[Window] = []
    secret = secrets.token_urlsafe(16)
    for place in await furnish(env, tour):

        def dress(page: str, here: str = place.label) -> str:
            return dressed(page, (Link(each.place.label, each.address, each.place.label == here) for each in windows))

        windows.append(await stack.enter_async_context(Window(env, place, secret, dress)))
    return windows
