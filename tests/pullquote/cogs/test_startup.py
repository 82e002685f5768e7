"""What may be wrong before Discord is asked at all: one sentence, exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import bot
from tests.support.program import isolate
from tests.support.wire import SECRET, assert_silent

Start = Callable[..., str]


@pytest.fixture(autouse=True)
def silent_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, the log shows no traceback and never the token."""
    yield
    assert_silent(caplog)


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Start:
    """Runs the command line with these arguments and variables; returns what it wrote before it ended with 1."""
    isolate(monkeypatch)
    monkeypatch.setenv("DISCORD_TOKEN", SECRET)
    monkeypatch.setenv("PULLQUOTE_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setenv("PULLQUOTE_DATA", str(tmp_path / "data"))

    def run(*arguments: str, **variables: str) -> str:
        monkeypatch.setattr(sys, "argv", ["bot.py", *arguments])
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            bot.start()
        assert ended.value.code == 1
        out, err = capfd.readouterr()
        assert out == ""
        return err

    return run


@pytest.mark.parametrize("arguments", [(), ("run",)])
def test_no_corpus_folder(start: Start, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = tmp_path / "corpus"
    assert start(*arguments) == f"There is no corpus folder at {folder}. Create it and put .md or .txt files into it.\n"


def test_the_corpus_option_wins(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    sentence = f"There is no corpus folder at {folder}. Create it and put .md or .txt files into it.\n"
    assert start("run", "--corpus", str(folder)) == sentence


def test_an_empty_corpus_folder(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    assert start("run") == f"There are no articles in {folder}. Put .md or .txt files there.\n"


def test_an_unknown_model(start: Start) -> None:
    sentence = start("run", PULLQUOTE_MODEL="./no such model")
    assert sentence.startswith("The model './no such model' could not be loaded (")
    assert sentence.endswith("Set PULLQUOTE_MODEL to a sentence-transformers model or folder, or leave it out.\n")
    assert sentence.count("\n") == 1


@pytest.mark.parametrize("command", ["run", "chat", "ask"])
def test_unusable_settings(start: Start, command: str) -> None:
    arguments = ["ask", "Who?"] if command == "ask" else [command]
    assert start(*arguments, PULLQUOTE_LOG_LEVEL="loud", DISCORD_API_BASE="discord") == (
        "DISCORD_API_BASE='discord': must be a web address such as https://discord.com/api/v10.\n"
        "PULLQUOTE_LOG_LEVEL='loud': Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.\n"
    )


def test_a_token_that_no_header_can_carry(start: Start) -> None:
    assert start("run", DISCORD_TOKEN=f"{SECRET}\n{SECRET}") == (
        "DISCORD_TOKEN: holds characters that no token has; copy it again from the Bot page of your application.\n"
    )
