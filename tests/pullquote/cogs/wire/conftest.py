"""The loopback Discord, and the real bot on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from pullquote.cogs.client import Pullquote
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.support.folders import ARTICLES, MakeFolder
from tests.support.loopback import LoopbackDiscord
from tests.support.permission_stage import Stage, run_by_somebody_else
from tests.support.wire import SECRET, assert_silent, connected, open_library, put_back


@pytest.fixture(autouse=True)
def discord_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(monkeypatch)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Library:
    return open_library(tmp_path_factory, encoder)


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(token=SECRET) as server:
        yield server


@pytest.fixture
async def bot(server: LoopbackDiscord, settings: Settings, library: Library) -> AsyncIterator[Pullquote]:
    async with connected(server, settings, library) as bot:
        yield bot


@pytest.fixture
async def stage(
    server: LoopbackDiscord,
    settings: Settings,
    make_folder: MakeFolder,
    tmp_path: Path,
    encoder: SentenceTransformerEncoder,
) -> AsyncIterator[Stage]:
    """The bot, run by somebody else than the member, with a role that moderates, and a library of its own.

    A library that a bot has closed builds no more.
    """
    run_by_somebody_else(server)
    library = Library.open(make_folder(ARTICLES), tmp_path / "data", encoder)
    async with connected(server, settings.model_copy(update={"moderator_role": "Keepers"}), library) as bot:
        yield Stage(server, bot)


@pytest.fixture
def silent_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, the log shows no traceback and never the token."""
    yield
    assert_silent(caplog)
