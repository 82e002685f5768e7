"""`run`: what the log says before the bot turns to Discord."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Iterator

import discord
import pytest

from tests.support.folders import CommandLine, MakeFolder


@pytest.fixture(autouse=True)
def process_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`run` sets how much other packages log and how long a thread's turn is, for the whole process."""
    turn = sys.getswitchinterval()
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", True)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", True)
    loggers = [logging.getLogger(name) for name in ("discord", "aiohttp", "bm25s")]
    levels = [logger.level for logger in loggers]
    yield
    sys.setswitchinterval(turn)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.mark.parametrize(("level", "others"), [("DEBUG", logging.INFO), ("ERROR", logging.ERROR)])
def test_problems_and_notes_are_logged_before_the_start(
    cli: CommandLine,
    loads: list[str],
    make_folder: MakeFolder,
    caplog: pytest.LogCaptureFixture,
    level: str,
    others: int,
) -> None:
    make_folder({"good.md": "All is well.", "bad.md": "", "style.css": ""})
    told_by = ("pullquote.commands.run", "pullquote.library.problems")
    for name in told_by:
        caplog.set_level(logging.INFO, name)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        ended = cli(
            "run",
            DISCORD_TOKEN="MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token",
            DISCORD_API_BASE=f"http://{address}/api/v10",
            PULLQUOTE_LOG_LEVEL=level,
        )
    assert ended.code == 1
    assert f"Discord cannot be reached (Cannot connect to host {address}" in ended.err
    assert "secret" not in ended.out + ended.err + caplog.text
    said = [(record.levelname, record.message) for record in caplog.records if record.name in told_by]
    assert said == [
        ("WARNING", "Problem in the corpus: bad.md: is empty; write the article into it, or delete it"),
        ("INFO", "Note on the corpus: 1 file is not an article: 1 .css"),
    ]
    assert [logging.getLogger(name).level for name in ("discord", "aiohttp", "bm25s")] == [others] * 3
    assert sys.getswitchinterval() == pytest.approx(0.0001)
    assert (discord.VoiceClient.warn_nacl, discord.VoiceClient.warn_dave) == (False, False)


def test_without_a_token_no_model_is_loaded(cli: CommandLine, loads: list[str]) -> None:
    ended = cli("run")
    assert (ended.code, ended.err.partition(".")[0], loads) == (1, "DISCORD_TOKEN is not set", [])
