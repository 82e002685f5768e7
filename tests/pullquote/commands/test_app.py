"""The command line: its help, its mistakes, and what it does without a command."""

from __future__ import annotations

import pytest

from pullquote.commands import app
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.program import Ended

COMMANDS = {
    "run": "Start the Discord bot.",
    "try": "Try the bot in a simulated Discord, in the browser, without an account.",
    "chat": "Ask in the terminal: the same answers, without Discord.",
    "ask": "Answer a question, or many from standard input, and exit.",
    "evaluate": "Measure the answers to questions whose answers are known.",
    "calibrate": ("Fit the ranker to the model that is set, with known answers."),
    "check": "Check settings, articles and model; list every problem found.",
}


def test_help_lists_the_commands(cli: CommandLine) -> None:
    ended = cli("--help")
    assert ended.code == 0
    assert "Answers questions with quoted passages from your articles and their sources" in ended.out
    lines = ended.out.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    shown = dict(line.split(maxsplit=1) for line in lines)
    assert list(shown) == list(COMMANDS)
    # What is too long for a line is cut.
    assert all(COMMANDS[name].startswith(summary.removesuffix("...")) for name, summary in shown.items())
    assert "Without a command: run, if DISCORD_TOKEN is set, otherwise try, or chat where no browser is." in " ".join(
        ended.out.split()
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(cli: CommandLine, command: str) -> None:
    ended = cli(command, "--help")
    assert ended.code == 0
    assert f" {command} [OPTIONS]" in ended.out.splitlines()[0]
    assert COMMANDS[command] in " ".join(ended.out.split())


@pytest.mark.parametrize("command", ["run", "try", "chat", "ask", "check"])
def test_commands_that_serve_a_corpus_take_another(cli: CommandLine, command: str) -> None:
    assert "--corpus DIR  Folder with the articles, instead of the one set." in cli(command, "--help").out


def test_ask_explains_its_argument(cli: CommandLine) -> None:
    help_text = " ".join(cli("ask", "--help").out.split())
    assert "QUESTION <str> The question; - reads questions from standard input, one a line." in help_text
    assert "--json Print one JSON object a line, for programs." in help_text
    assert "--explain Print all candidates and what they were judged by." in help_text


def test_calibrate_explains_its_argument(cli: CommandLine) -> None:
    help_text = " ".join(cli("calibrate", "--help").out.split())
    assert " calibrate [OPTIONS] {FILE}..." in help_text
    assert "Articles and questions on them, in SQuAD's JSON shape. [required]" in help_text


@pytest.mark.parametrize("arguments", [("answer",), ("ask",), ("calibrate",), ("run", "--korpus", "x")])
def test_a_mistyped_command_line_is_explained(cli: CommandLine, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: ")
    assert "\nError: " in ended.err
    assert "Traceback" not in ended.err


def test_without_a_token_and_a_command_the_chat_opens(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder
) -> None:
    make_folder(ARTICLES)
    ended = cli(given=b"")
    assert ended == Ended(
        0,
        "DISCORD_TOKEN is not set, so this is the terminal chat on the same articles.\n"
        "3 articles, 7 passages. Ask in your own words; an empty line or Ctrl+D ends the chat.\n"
        "Bye.\n",
        "",
    )


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was called instead of `try`, on a machine with a screen and everything installed."""
    tried: list[str] = []
    monkeypatch.setattr(app, "has_screen", lambda: True)
    monkeypatch.setattr(app, "missing", lambda: [])
    monkeypatch.setattr(app, "try_out", lambda: tried.append("try"))
    return tried


def test_before_a_screen_the_bot_opens_in_the_browser(cli: CommandLine, tried: list[str]) -> None:
    ended = cli()
    assert ended == Ended(
        0, "DISCORD_TOKEN is not set, so this is the bot in a simulated Discord, in your browser.\n", ""
    )
    assert tried == ["try"]


def test_the_terminal_can_be_asked_for(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tried: list[str]
) -> None:
    make_folder(ARTICLES)
    assert "so this is the terminal chat on the same articles." in cli("--terminal").out
    assert tried == []


def test_without_the_packages_the_chat_opens(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "missing", lambda: ["simcord"])
    make_folder(ARTICLES)
    assert "so this is the terminal chat on the same articles." in cli().out
    assert tried == []
