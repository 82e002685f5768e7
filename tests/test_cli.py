"""The command line, as people and programs use it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from conftest import ARTICLES, MakeFolder
from program import ROOT, Program, environment, isolate, reached

import bot
from retrieval.encoder import SentenceTransformerEncoder
from retrieval.library import Library

KEEPER = "When did the last keeper leave?"
QUEEN = "What do [bold]most players[/bold] choose?"
MAILOUT = "Who wrote the mailout?"
NO_WORDS = "I can look up words only. Ask me a question about the articles, in a few words."
SECRET = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"
SHARED_ARTICLE = ROOT.parent / "shared" / "article.txt"


@dataclass(frozen=True)
class Ended:
    """How a run of the command line ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


CommandLine = Callable[..., Ended]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> CommandLine:
    """Runs the command line in this process, with this on standard input and these variables set."""
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
    """The models that were loaded, in the test that asks for this; the one loaded already serves for each."""
    loads: list[str] = []

    def load(name: str) -> SentenceTransformerEncoder:
        loads.append(name)
        return encoder

    monkeypatch.setattr(SentenceTransformerEncoder, "load", load)
    return loads


# Help


def test_help_lists_the_commands(cli: CommandLine) -> None:
    ended = cli("--help")
    assert ended.code == 0
    assert "Answers questions with quoted passages from your articles and their sources" in ended.out
    commands = ended.out.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split(maxsplit=1) for line in commands.splitlines()] == [
        ["run", "Start the Discord bot."],
        ["chat", "Ask in the terminal: the same answers, no Discord account needed."],
        ["ask", "Answer a question, or many from standard input, and exit."],
        ["check", "Check settings, articles and model; list every problem found."],
    ]
    assert "Without a command: run, if DISCORD_TOKEN is set, otherwise chat." in ended.out


@pytest.mark.parametrize("command", ["run", "chat", "ask", "check"])
def test_each_command_explains_itself(cli: CommandLine, command: str) -> None:
    ended = cli(command, "--help")
    assert ended.code == 0
    assert f" {command} [OPTIONS]" in ended.out.splitlines()[0]
    assert "--corpus DIR  Folder with the articles, instead of the one set." in ended.out


def test_ask_explains_its_argument(cli: CommandLine) -> None:
    help_text = " ".join(cli("ask", "--help").out.split())
    assert "QUESTION <str> The question; - reads questions from standard input, one a line." in help_text
    assert "--json Print one JSON object a line, for programs." in help_text


@pytest.mark.parametrize("arguments", [("answer",), ("ask",), ("run", "--korpus", "x")])
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


# ask --json, as a whole process


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program.install(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three little articles, and the one that people really ask about where it is at hand."""
    folder = tmp_path_factory.mktemp("articles")
    articles = {**ARTICLES, **({"article.txt": SHARED_ARTICLE.read_bytes()} if SHARED_ARTICLE.is_file() else {})}
    for name, content in articles.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def asked(program: Program, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """`ask - --json` in a folder with a `.env`, elsewhere than the program, with all kinds of lines to answer."""
    cwd = tmp_path_factory.mktemp("elsewhere")
    (cwd / ".env").write_text(f"PULLQUOTE_CORPUS={corpus}\nPULLQUOTE_MODEL=no-such-model\n", encoding="utf-8")
    lines = [KEEPER, "", "🙂", "  \t ", QUEEN, "x" * 4001, MAILOUT]
    given = "\n".join(lines).encode() + b"\nIs there a caf\xe9?"
    variables = {"PULLQUOTE_MODEL": "all-MiniLM-L6-v2", "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
    ended = program.run("ask", "-", "--json", given=given, cwd=cwd, variables=variables)
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_each_line_gets_its_line_in_order(asked: Ended) -> None:
    assert [one["question"] for one in asked.objects] == [
        KEEPER,
        "🙂",
        QUEEN,
        "x" * 4001,
        MAILOUT,
        "Is there a caf\N{REPLACEMENT CHARACTER}?",
    ]
    assert asked.err == ""


def test_what_cannot_be_asked_gets_an_error_and_the_others_an_answer(asked: Ended) -> None:
    assert asked.code == 1
    assert [one for one in asked.objects if "error" in one] == [
        {"question": "🙂", "error": NO_WORDS},
        {"question": "x" * 4001, "error": "That question has 4,001 characters. Please ask it in at most 4,000."},
    ]


def test_an_object_has_exactly_these_keys(asked: Ended) -> None:
    for one in asked.objects:
        if "error" in one:
            continue
        types = {key: type(value) for key, value in one.items()}
        assert types == {"question": str, "verdict": str, "confidence": float, "elapsed_ms": float, "quotes": list}
        assert one["verdict"] in ("answered", "closest", "not_in_corpus")
        assert 0 <= one["confidence"] <= 1
        assert one["elapsed_ms"] > 0
        assert 1 <= len(one["quotes"]) <= 3
        for quote in one["quotes"]:
            assert {key: type(value) for key, value in quote.items()} == {
                "article": str,
                "source": str,
                "file": str,
                "passage": int,
                "start": int,
                "end": int,
                "text": str,
                "highlight": list,
                "score": float,
            }


def test_quotes_are_slices_of_their_articles_best_first(
    asked: Ended, corpus: Path, tmp_path: Path, encoder: SentenceTransformerEncoder
) -> None:
    articles = {article.file: article for article in Library.open(corpus, tmp_path, encoder).corpus.articles}
    answers = [one for one in asked.objects if "error" not in one]
    assert len(answers) == 4
    for one in answers:
        scores = [quote["score"] for quote in one["quotes"]]
        assert scores == sorted(scores, reverse=True)
        assert one["confidence"] == scores[0]
        for quote in one["quotes"]:
            article = articles[quote["file"]]
            passage = article.passages[quote["passage"] - 1]
            assert (quote["article"], quote["source"]) == (article.title, article.source)
            assert (quote["start"], quote["end"]) == (passage.start, passage.end)
            assert quote["text"] == article.text[quote["start"] : quote["end"]]
            start, end = (offset + quote["start"] for offset in quote["highlight"])
            assert (start, end) in [(sentence.start, sentence.end) for sentence in passage.sentences]


def test_the_best_quote_is_the_right_one(asked: Ended) -> None:
    keeper, _, queen, *_ = asked.objects
    best = keeper["quotes"][0]
    assert keeper["verdict"] == "answered"
    assert {key: best[key] for key in ("article", "source", "file", "passage", "text", "highlight")} == {
        "article": "The lighthouse at Gull Point",
        "source": "https://example.org/lighthouse",
        "file": "lighthouse.md",
        "passage": 2,
        "text": "The last keeper left in 1962, when the light became automatic. He took his cat with him.",
        "highlight": [0, 62],
    }
    assert (queen["quotes"][0]["source"], queen["quotes"][0]["text"]) == ("chess.txt", "Most players choose a queen.")


@pytest.mark.skipif(not SHARED_ARTICLE.is_file(), reason="the article itself is not part of this repository")
def test_the_mailout_is_quoted(asked: Ended) -> None:
    (mailout,) = [one for one in asked.objects if one["question"] == MAILOUT]
    best = mailout["quotes"][0]
    assert best["file"] == "article.txt"
    assert best["text"].startswith("In a mailout sent to Eurasia Group subscribers, Ian Bremmer wrote that")


def test_a_closed_pipe_ends_it_quietly_and_nobody_but_the_disk_is_asked(program: Program, corpus: Path) -> None:
    questions = f"{KEEPER}\n" * 200
    with subprocess.Popen(
        program.command("ask", "-", "--json", "--corpus", str(corpus), watched=True),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),  # the model's hub could be asked, if anything wanted to
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(questions.encode())
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        first = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read().decode()
        assert process.wait(60) == 1
    assert json.loads(first)["question"] == KEEPER
    assert err == ""
    assert reached(err) == set()


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


def test_chat_in_a_terminal_keeps_a_history(program: Program) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        program.command(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd="/",
        env=environment(HF_HUB_OFFLINE="1", TERM="xterm", COLUMNS="100"),
    ) as process:
        os.close(theirs)
        with os.fdopen(ours, "r+b", buffering=0) as screen:
            shown = until(screen, b"> ")
            screen.write(f"{MAILOUT}\n".encode())
            shown += until(screen, b" ms") + until(screen, b"> ")
            screen.write(b"\x04")
            shown += until(screen, b"Bye.")
        assert process.wait(30) == 0
    assert shown.startswith(b"DISCORD_TOKEN is not set, so this is the terminal chat on the same articles.\r\n")
    assert b"\x1b[1m" in shown
    assert b"mailout" in shown
    assert (program.folder / "data" / "chat_history").read_text(encoding="utf-8") == f"{MAILOUT}\n"


def until(screen: io.FileIO, wanted: bytes) -> bytes:
    """What the terminal shows up to and with these bytes, and not one more."""
    shown = b""
    while not shown.endswith(wanted):
        shown += screen.read(1)
    return shown


# run


def test_run_without_a_token_says_so_before_it_loads_the_model(program: Program) -> None:
    ended = program.run("run", python=["-X", "importtime"])
    *imports, sentence, sentence_goes_on = ended.stderr.decode().rsplit("\n", 2)
    assert ended.returncode == 1
    assert sentence == (
        "DISCORD_TOKEN is not set. Put DISCORD_TOKEN=… into a file named .env, "
        "or try the articles without Discord: python bot.py chat"
    )
    assert sentence_goes_on == ""
    modules = {line.rpartition("|")[2].strip() for line in "\n".join(imports).splitlines()}
    assert "discord" in modules
    assert modules.isdisjoint({"torch", "transformers", "sentence_transformers"})


# check


def test_check_finds_everything_in_order(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    folder = make_folder(ARTICLES)
    assert cli("check") == Ended(
        0,
        "✓ DISCORD_TOKEN: not set: only the terminal works\n"
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)\n"
        f"✓ Corpus: 3 articles, 7 passages, 11 sentences in {folder}\n"
        "Everything is in order.\n",
        "",
    )


BROKEN: dict[str, str | bytes] = {
    "empty.md": "",
    "good.md": "# Honey\n\nBees make it.\n",
    "twin.md": "# Honey\n\nBears eat it.\n",
    "binary.txt": b"\x00\x01",
}
BROKEN_LINES = [
    "✗ binary.txt: is no text file (a zero byte at position 0); only text can be read",
    "✗ empty.md: is empty; write the article into it, or delete it",
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


def test_check_lists_every_problem(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    folder = make_folder(BROKEN)
    ended = cli("check", **BAD_SETTINGS)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        "✓ DISCORD_TOKEN: set",
        "✓ Model: all-MiniLM-L6-v2 (384 dimensions)",
        f"✓ Corpus: 2 articles, 2 passages, 2 sentences in {folder}",
        *SETTINGS_LINES,
        *BROKEN_LINES,
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
