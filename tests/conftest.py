"""What all tests share: the real model, loaded once, and libraries made from little folders of articles."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from simcord import Env

# Before anything imports the hub's client: tests must never reach for the network.
os.environ["HF_HUB_OFFLINE"] = "1"
# Nor must the width of a developer's terminal reach what tests print, for rich would take it for fixed. GNU readline,
# which pytest loads, leaves it in the environment of pytest's workers.
os.environ.pop("COLUMNS", None)

import bot
from pullquote.cogs.client import Pullquote
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.encoding.threads import Threads
from tests.support.discord_world import GUILD, PATIENCE, GatedEncoder, World, start_patiently
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.payloads import assert_sound
from tests.support.program import Ended, isolate

# Hypothesis, too, would fail a test that takes long.
examples.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def any_machine() -> Iterator[None]:
    """However slow the machine is, bots start in the simulated Discord, and what is in flight gets out at a stop."""
    with pytest.MonkeyPatch.context() as patch:
        start_patiently(patch)
        patch.setattr("pullquote.cogs.in_flight._GRACE", PATIENCE)
        patch.setattr("pullquote.cogs.in_flight._FAREWELL", PATIENCE)
        yield


@pytest.fixture(scope="session")
def encoder() -> SentenceTransformerEncoder:
    """The real model."""
    return SentenceTransformerEncoder.load()


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Writes files into the corpus folder of this test and returns it; called again it adds files."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture
def library(make_folder: MakeFolder, tmp_path: Path, encoder: SentenceTransformerEncoder) -> Library:
    """A library of the three articles of `folders.ARTICLES`."""
    return Library.open(make_folder(ARTICLES), tmp_path / "data", encoder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of this test alone: its own folders, no .env, as many questions as it likes."""
    return Settings(
        corpus=tmp_path / "corpus",
        data=tmp_path / "data",
        guild=GUILD,
        watch=False,
        member_questions=0,
        server_questions=0,
        _env_file=None,
    )


@pytest.fixture
def gated(library: Library) -> Iterator[GatedEncoder]:
    """The gates before the encoder of `library`: open, until a test closes one."""
    library.encoder = gated = GatedEncoder(library.encoder)
    yield gated
    gated.open()


@pytest.fixture
def simcord_bot(settings: Settings, library: Library, gated: GatedEncoder) -> Pullquote:
    """The bot for SimCord's own fixture, `simcord_env`."""
    return bot.create_bot(settings, library)


@pytest.fixture
async def world(simcord_env: Env, tmp_path: Path) -> AsyncIterator[World]:
    """A simulated Discord with the bot in it. What the bot sent in it has to be sound, and name no folder of ours."""
    world = World.of(simcord_env)
    yield world
    assert assert_sound(simcord_env.http_requests) > 0
    assert [text for text in world.everything_sent() if str(tmp_path) in text] == []


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> CommandLine:
    """Runs the command line in this process, with `given` on standard input and `variables` in the environment."""
    isolate(monkeypatch)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PULLQUOTE_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("PULLQUOTE_DATA", str(tmp_path / "data"))

    def run(*arguments: str, given: bytes = b"", **variables: str) -> Ended:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["bot.py", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            bot.start()
        out, err = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Ended(code, out, err)

    return run


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch, encoder: SentenceTransformerEncoder) -> list[str]:
    """The names of the models that a test loads. The model that is loaded already stands in for each of them."""
    loads: list[str] = []

    def load(name: str, threads: Threads) -> SentenceTransformerEncoder:
        loads.append(name)
        return encoder

    monkeypatch.setattr(SentenceTransformerEncoder, "load", load)
    return loads
