"""`try`: the bot in a simulated Discord, in the browser, without an account."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import os
import shutil
import sys
import tempfile
import webbrowser
from pathlib import Path

from pullquote.commands.opening import create_bot, open_library_here
from pullquote.commands.options import CorpusOption, with_corpus
from pullquote.commands.printing import out, print_line
from pullquote.library.building import shelf_name
from pullquote.settings import ROOT, Settings, load_settings
from retrieval.errors import PullquoteError

# What the extra `try` brings, by the names that are imported.
_MODULES = ("linkify_it", "markdown_it", "PIL", "regex", "simcord")
# On the articles that ship with the bot.
_QUESTIONS = ("Did Musk talk to Putin?", "Who says that they spoke?")


class NotInstalledError(PullquoteError):
    """For operators: packages of the extra `try` are not installed."""

    def __init__(self, modules: list[str]) -> None:
        super().__init__("try-not-installed", modules=", ".join(modules))


def try_out(corpus: CorpusOption = None) -> None:
    """Try the bot in a simulated Discord, in the browser, without an account."""
    if modules := missing():
        raise NotInstalledError(modules)
    from pullquote.web.showing import show
    from pullquote.web.simulation import GUILD
    from pullquote.web.tour import Tour

    settings = with_corpus(load_settings(), corpus)
    tour = Tour.of(_QUESTIONS if settings.corpus.resolve() == ROOT / "corpus" else None)
    with tempfile.TemporaryDirectory(prefix="pullquote-", ignore_cleanup_errors=True) as folder:
        settings = _apart(settings, Path(folder), GUILD)
        bot = create_bot(settings, open_library_here(settings))
        try:
            with contextlib.suppress(KeyboardInterrupt):  # on Windows, which has no handlers of signals
                asyncio.run(show(bot, tour, _tell))
        finally:
            bot.library.close()
            bot.articles.reader.stop()
            bot.articles.close()


def missing() -> list[str]:
    """The modules of the extra `try` that are not installed."""
    return [name for name in _MODULES if importlib.util.find_spec(name) is None]


def has_screen() -> bool:
    """Whether somebody sits before this terminal, with a browser at hand."""
    windows = os.name == "nt" or sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    return bool(windows) and sys.stdin.isatty() and sys.stdout.isatty()


def _apart(settings: Settings, folder: Path, guild: int) -> Settings:
    """The settings for a bot that keeps all it does in a folder of its own.

    What was derived for the bot in earnest, its index and its calibrated weights, is taken along as a copy.
    """
    for derived in (shelf_name(settings.corpus), "weights"):
        with contextlib.suppress(OSError):  # it has not been made yet, or is being replaced: then it is made here
            shutil.copytree(settings.data / derived, folder / derived)
    ours = {"data": folder, "database": None, "discord_token": None, "guild": guild, "moderator_role": None}
    default = Settings.model_fields["discord_api_base"].default
    return settings.model_copy(update={**ours, "discord_api_base": default, "watch": False})


def _tell(address: str) -> None:
    """Print where the page is, and open it where there is a screen."""
    print_line(out, f"The bot is at {address}\nWhoever has that address can use it. Ctrl+C ends it.")
    if has_screen():
        webbrowser.open(address)
