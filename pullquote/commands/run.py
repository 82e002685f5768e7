"""`run`: starts the Discord bot."""

from __future__ import annotations

import asyncio
import logging

import discord

from pullquote.cogs.serving import StartError, serve
from pullquote.commands.opening import create_bot
from pullquote.commands.options import CorpusOption, with_corpus
from pullquote.library.pauses import take_short_turns
from pullquote.library.problems import log_problems
from pullquote.library.state.holder import holding
from pullquote.locales import for_operators
from pullquote.settings import Settings, load_settings

log = logging.getLogger(__name__)


def run(corpus: CorpusOption = None) -> None:
    """Start the Discord bot."""
    settings = with_corpus(load_settings(), corpus)
    if settings.discord_token is None:
        raise StartError("no-token")
    _log_to_stderr(settings)
    take_short_turns()
    with holding(settings.data):
        bot = create_bot(settings)
        log_problems(bot.library.problems)
        for remark in bot.library.remarks:
            log.info("Note on the corpus: %s", for_operators(remark.line))
        asyncio.run(serve(bot, settings.discord_token.get_secret_value()))


def _log_to_stderr(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    # discord.py's and aiohttp's debug lines hold tokens of interactions; bm25s logs its every step.
    for name in ("discord", "aiohttp", "bm25s"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(settings.log_level)))
    # Pullquote has no voice, so nobody needs the warning that the packages for a voice are missing.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
