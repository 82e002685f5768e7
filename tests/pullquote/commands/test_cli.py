"""The command line, as people and programs use it."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from retrieval.ranking.weights import SHIPPED_WEIGHTS, read_weights
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.program import Ended
from tests.support.tiny_models import make_encoder

KEEPER = "When did the last keeper leave?"
QUEEN = "What do [bold]most players[/bold] choose?"
MAILOUT = "Who wrote the mailout?"
NO_WORDS = "I can look up words only. Ask me a question about the articles, in a few words."
SECRET = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"


# Help


COMMANDS = {
    "run": "Start the Discord bot.",
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
    assert "Without a command: run, if DISCORD_TOKEN is set, otherwise chat." in ended.out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(cli: CommandLine, command: str) -> None:
    ended = cli(command, "--help")
    assert ended.code == 0
    assert f" {command} [OPTIONS]" in ended.out.splitlines()[0]
    assert COMMANDS[command] in " ".join(ended.out.split())


@pytest.mark.parametrize("command", ["run", "chat", "ask", "check"])
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


# ask


def test_one_question_for_people(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", KEEPER)
    assert (ended.code, ended.err) == (0, "")
    assert "From the articles" in ended.out
    assert "The last keeper left in 1962, when the light became automatic." in ended.out
    assert "— The lighthouse at Gull Point · Keepers · paragraph 2 · https://example.org/lighthouse" in ended.out
    assert loads == ["all-MiniLM-L6-v2"]


def test_one_question_in_a_narrow_terminal(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", QUEEN, COLUMNS="30")
    assert {len(line) for line in ended.out.splitlines()} == {30}
    assert "Most players choose a" in ended.out


def test_many_questions_load_the_model_once(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", "-", "--json", given=f"{KEEPER}\n{QUEEN}\r\n{KEEPER}".encode())
    assert ended.code == 0
    assert [one["question"] for one in ended.objects] == [KEEPER, QUEEN, KEEPER]
    assert len(loads) == 1


def test_many_questions_for_people(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", "-", given=f"{KEEPER}\n\n🙂\n{MAILOUT}\n".encode())
    assert ended.code == 1
    assert ended.out.index("From the articles") < ended.out.index("Not in the articles")
    assert ended.err == f"{NO_WORDS}\n"


def test_no_questions_at_all(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    assert cli("ask", "-", "--json", given=b"\n  \n") == Ended(0, "", "")


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_bytes_that_are_no_text_become_question_marks(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, as_json: tuple[str, ...]
) -> None:
    make_folder(ARTICLES)
    argument = os.fsdecode(b"When did the keeper leave the caf\xe9?")
    ended = cli("ask", argument, *as_json)
    assert (ended.code, ended.err) == (0, "")
    if as_json:
        assert ended.objects[0]["question"] == "When did the keeper leave the caf??"
    lone = cli("ask", "\udce9\ud83d", "--json")
    assert (lone.code, lone.objects) == (1, [{"question": "??", "error": NO_WORDS}])


def test_a_terminal_that_knows_ascii_only(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder(ARTICLES)
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(screen, encoding="ascii", write_through=True))
    assert cli("ask", KEEPER).code == 0
    shown = screen.getvalue().decode("ascii")
    assert "The last keeper left in 1962, when the light became automatic." in shown
    assert "? The lighthouse at Gull Point ? Keepers ? paragraph 2" in shown


class Interrupted(io.TextIOWrapper):
    """A standard input at which somebody presses Ctrl+C."""

    def __next__(self) -> NoReturn:
        raise KeyboardInterrupt


def test_ctrl_c_ends_it_quietly(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_folder(ARTICLES)
    monkeypatch.setattr(io, "TextIOWrapper", Interrupted)
    assert cli("ask", "-") == Ended(130, "", "")


# chat, and no command


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


def test_chat_with_questions_from_a_pipe(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    folder = make_folder(ARTICLES)
    ended = cli("chat", "--corpus", str(folder), given=f"{KEEPER}\n🙂\n".encode() + b"The caf\xe9 queen?\n")
    assert ended.code == 0
    assert "The last keeper left in 1962, when the light became automatic." in ended.out
    assert "Most players choose a queen." in ended.out
    assert ended.err == f"{NO_WORDS}\n"


# check


SHIPPED = read_weights(SHIPPED_WEIGHTS).provenance
RANKER_LINE = f"✓ Ranker: fitted to squad2-tune.json on {SHIPPED.date}"


def saved_line(tmp_path: Path, passages: int = 7) -> str:
    """What is said about the saved index: the sizes of its files, added up here."""
    [shelf] = (folder for folder in (tmp_path / "data").iterdir() if folder.name.startswith("corpus-"))
    size = sum(file.stat().st_size for file in shelf.rglob("*") if file.is_file())
    return f"✓ Saved index: {size / 1_000_000:.1f} MB, {size // passages:,} bytes a passage, in {shelf}"


def test_check_finds_everything_in_order(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(ARTICLES)
    assert cli("check") == Ended(
        0,
        "✓ DISCORD_TOKEN: not set: only the terminal works\n"
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)\n"
        f"✓ Corpus: 3 articles, 7 passages, 11 sentences in {folder}\n"
        f"{saved_line(tmp_path)}\n{RANKER_LINE}\n"
        "Everything is in order.\n",
        "",
    )


BROKEN: dict[str, str | bytes] = {
    "empty.md": "",
    "escape.md": '---\ntitle: "\\UFFFFFFFF"\n---\n\nText.',
    "good.md": "# Honey\n\nBees make it.\n",
    "twin.md": "# Honey\n\nBears eat it.\n",
    "binary.txt": b"\x00\x01",
}
BROKEN_LINES = [
    "✗ binary.txt: is no text file (a zero byte at position 0); only text can be read",
    "✗ empty.md: is empty; write the article into it, or delete it",
    "✗ escape.md: its front matter has an escape or a number that is out of range; mend it or take it out",
    "✗ twin.md: has the same title as good.md; give one of them another title",
]
SETTINGS_LINES = [
    "✗ PULLQUOTE_MODLE is no setting of Pullquote; see the README for their names.",
    "✗ DISCORD_API_BASE='nowhere': must be a web address such as https://discord.com/api/v10.",
    "✗ PULLQUOTE_LOG_LEVEL='loud': Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
]
BAD_SETTINGS = {
    "PULLQUOTE_MODLE": "x",
    "PULLQUOTE_LOG_LEVEL": "loud",
    "DISCORD_API_BASE": "nowhere",
    "DISCORD_TOKEN": SECRET,
}


def test_check_lists_every_problem(cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder(BROKEN)
    ended = cli("check", **BAD_SETTINGS)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "✓ DISCORD_TOKEN: set",
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)",
        f"✓ Corpus: 2 articles, 2 passages, 2 sentences in {folder}",
        saved_line(tmp_path, passages=2),
        RANKER_LINE,
        *SETTINGS_LINES,
        *BROKEN_LINES,
    ]


def test_check_says_that_the_index_cannot_be_saved(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = make_folder(ARTICLES)
    (tmp_path / "data").write_text("a file where the folder should be")
    ended = cli("check")
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "✓ DISCORD_TOKEN: not set: only the terminal works",
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)",
        f"✓ Corpus: 3 articles, 7 passages, 11 sentences in {folder}",
        RANKER_LINE,
        "✗ the saved index: could not be written (Not a directory), so it is built anew at the next start; "
        "make room in the data folder, or mend its permissions",
    ]


def test_check_looks_at_the_articles_even_without_a_model(cli: CommandLine, make_folder: MakeFolder) -> None:
    make_folder(BROKEN)
    ended = cli("check", PULLQUOTE_MODEL="./no such model", **BAD_SETTINGS)
    assert (ended.code, ended.err) == (1, "")
    lines = ended.out.splitlines()
    assert lines[:4] == ["✓ DISCORD_TOKEN: set", *SETTINGS_LINES]
    assert lines[4].startswith("✗ The model './no such model' could not be loaded (")
    assert lines[5:] == BROKEN_LINES


@pytest.mark.parametrize("model", ["all-MiniLM-L6-v2", "./no such model"])
def test_check_names_a_missing_folder_whatever_the_model(cli: CommandLine, tmp_path: Path, model: str) -> None:
    folder = tmp_path / "missing"
    ended = cli("check", "--corpus", str(folder), PULLQUOTE_MODEL=model)
    assert ended.code == 1
    line = f"✗ There is no corpus folder at {folder}. Create it and put .md or .txt files into it."
    assert ended.out.splitlines()[-1] == line


def test_check_never_shows_the_token(cli: CommandLine, tmp_path: Path) -> None:
    ended = cli("check", "--corpus", str(tmp_path / "missing"), DISCORD_TOKEN=f"{SECRET} {SECRET}")
    assert ended.code == 1
    assert "DISCORD_TOKEN: holds characters that no token has" in ended.out
    assert SECRET not in ended.out + ended.err


def test_check_says_when_the_ranker_was_fitted_to_another_model(
    cli: CommandLine, make_folder: MakeFolder, tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    model = str(make_encoder(tmp_path / "tiny"))
    ended = cli("check", PULLQUOTE_MODEL=model)
    assert (ended.code, ended.err) == (0, "")
    assert f"✓ Model: {model} (16 dimensions)\n" in ended.out
    assert ended.out.splitlines()[-2:] == [
        f"{RANKER_LINE} for all-MiniLM-L6-v2, not for this model. Its thresholds are conservative therefore; "
        "python bot.py calibrate FILE… fits it to yours",
        "Everything is in order.",
    ]


def test_check_names_a_reranker_that_cannot_be_loaded(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    ended = cli("check", PULLQUOTE_RERANKER=str(tmp_path / "nowhere"))
    assert ended.code == 1
    last = ended.out.splitlines()[-1]
    assert last.startswith(f"✗ The reranker '{tmp_path / 'nowhere'}' could not be loaded (")
    assert last.endswith(
        "Set PULLQUOTE_RERANKER to a sentence-transformers CrossEncoder or its folder, or leave it out."
    )
