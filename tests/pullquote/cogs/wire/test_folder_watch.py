"""The folder is watched from the start to the end of a bot, unless the settings say otherwise."""

from __future__ import annotations

import pytest

from pullquote.cogs.folder_watch import FolderWatch
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.loopback import LoopbackDiscord
from tests.support.wire import connected


@pytest.mark.parametrize("watch", [True, False])
async def test_the_folder_is_watched_if_it_is_set(
    server: LoopbackDiscord, settings: Settings, library: Library, watch: bool
) -> None:
    async with connected(server, settings.model_copy(update={"watch": watch}), library) as bot:
        cog = bot.get_cog("FolderWatch")
        assert isinstance(cog, FolderWatch) is watch
    if isinstance(cog, FolderWatch):
        assert cog.task is not None
        await cog.task
