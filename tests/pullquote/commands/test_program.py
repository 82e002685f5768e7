"""The program as a whole process: pipes, terminals, and what is loaded when."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.ranking.weights import read_weights
from tests.support.folders import ARTICLES
from tests.support.known_answers import KEEPER, MAILOUT, NO_WORDS
from tests.support.made_questions import entries, write
from tests.support.program import ROOT, Ended, Program, environment, reached, started
from tests.support.tiny_models import make_encoder

QUEEN = "What do [bold]most players[/bold] choose?"
SHIPPED = "musk-putin-claim.md"


# ask --json


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program.install(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three little articles, and the article that comes with the bot."""
    folder = tmp_path_factory.mktemp("articles")
    for name, content in {**ARTICLES, SHIPPED: (ROOT / "corpus" / SHIPPED).read_bytes()}.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture(scope="module")
def answered(program: Program, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """`ask - --json` in a folder with a `.env`, elsewhere than the program, with all kinds of lines to answer."""
    cwd = tmp_path_factory.mktemp("elsewhere")
    (cwd / ".env").write_text(f"PULLQUOTE_CORPUS={corpus}\nPULLQUOTE_MODEL=no-such-model\n", encoding="utf-8")
    lines = [KEEPER, "", "🙂", "  \t ", QUEEN, "x" * 4001, MAILOUT]
    given = "\n".join(lines).encode() + b"\nIs there a caf\xe9?"
    variables = {"PULLQUOTE_MODEL": "all-MiniLM-L6-v2", "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
    ended = program.run("ask", "-", "--json", given=given, cwd=cwd, variables=variables)
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def test_each_line_gets_its_line_in_order(answered: Ended) -> None:
    assert [answer["question"] for answer in answered.objects] == [
        KEEPER,
        "🙂",
        QUEEN,
        "x" * 4001,
        MAILOUT,
        "Is there a caf\N{REPLACEMENT CHARACTER}?",
    ]
    assert answered.err == ""


def test_what_cannot_be_asked_gets_an_error_and_the_others_an_answer(answered: Ended) -> None:
    assert answered.code == 1
    assert [answer for answer in answered.objects if "error" in answer] == [
        {"question": "🙂", "error": NO_WORDS},
        {"question": "x" * 4001, "error": "That question has 4,001 characters. Please ask it in at most 4,000."},
    ]


def test_an_object_has_exactly_these_keys(answered: Ended) -> None:
    for answer in answered.objects:
        if "error" in answer:
            continue
        types = {key: type(value) for key, value in answer.items()}
        assert types == {
            "question": str,
            "verdict": str,
            "unmentioned": list,
            "confidence": float,
            "elapsed_ms": float,
            "quotes": list,
        }
        assert answer["verdict"] in ("answered", "closest", "not_in_corpus")
        assert 0 <= answer["confidence"] <= 1
        assert answer["elapsed_ms"] > 0
        assert len(answer["quotes"]) == 3
        for quote in answer["quotes"]:
            assert {key: type(value) for key, value in quote.items()} == {
                "article": str,
                "source": str,
                "file": str,
                "headings": list,
                "passage": int,
                "start": int,
                "end": int,
                "text": str,
                "highlight": list,
                "lead": type(None),
                "links": list,
                "score": float,
            }


def test_quotes_are_slices_of_their_articles_best_first(
    answered: Ended, corpus: Path, tmp_path: Path, encoder: SentenceTransformerEncoder
) -> None:
    articles = {article.file: article for article in Library.open(corpus, tmp_path, encoder).corpus.articles}
    answers = [answer for answer in answered.objects if "error" not in answer]
    assert len(answers) == 4
    for answer in answers:
        scores = [quote["score"] for quote in answer["quotes"]]
        assert scores == sorted(scores, reverse=True)
        assert answer["confidence"] == scores[0]
        for quote in answer["quotes"]:
            article = articles[quote["file"]]
            passage = article.passages[quote["passage"] - 1]
            assert (quote["article"], quote["source"]) == (article.title, article.source)
            assert (quote["start"], quote["end"]) == (passage.start, passage.end)
            assert quote["text"] == article.text[quote["start"] : quote["end"]]
            start, end = (offset + quote["start"] for offset in quote["highlight"])
            assert (start, end) in [(sentence.start, sentence.end) for sentence in passage.sentences]


def test_the_best_quote_is_the_right_one(answered: Ended) -> None:
    keeper, _, queen, *_ = answered.objects
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


def test_the_mailout_is_quoted(answered: Ended) -> None:
    (mailout,) = [answer for answer in answered.objects if answer["question"] == MAILOUT]
    best = mailout["quotes"][0]
    assert best["file"] == SHIPPED
    assert best["text"].startswith("The claim rests on a mailout that Ian Bremmer wrote for the subscribers of")


def test_a_closed_pipe_ends_it_quietly_and_nobody_but_the_disk_is_asked(program: Program, corpus: Path) -> None:
    questions = f"{KEEPER}\n" * 200
    with started(
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
        line = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read().decode()
        assert process.wait() == 1
    assert json.loads(line)["question"] == KEEPER
    assert err == ""
    assert reached(err) == set()


# chat


def test_chat_in_a_terminal_keeps_a_history(program: Program) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with started(
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
        assert process.wait() == 0
    assert shown.startswith(b"DISCORD_TOKEN is not set, so this is the terminal chat on the same articles.\r\n")
    assert b"\x1b[1m" in shown
    assert b"mailout" in shown
    history = program.folder / "data" / "chat_history"
    assert history.read_text(encoding="utf-8") == f"{MAILOUT}\n"
    assert [oct(path.stat().st_mode & 0o777) for path in (history.parent, history)] == ["0o700", "0o600"]


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
    assert modules.isdisjoint({"torch", "transformers", "sentence_transformers", "sklearn", "matplotlib"})


# evaluate and calibrate


def test_evaluate_says_what_is_wrong_before_it_loads_the_model(program: Program) -> None:
    ended = program.run("evaluate", "missing.json", python=["-X", "importtime"])
    *imports, sentence = ended.stderr.decode().splitlines()
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert sentence == "The question set missing.json cannot be read (No such file or directory)."
    modules = {line.rpartition("|")[2].strip() for line in imports}
    assert "pullquote.commands.evaluate" in modules
    assert modules.isdisjoint({"torch", "transformers", "sentence_transformers", "matplotlib"})


def test_calibrate_writes_weights_and_nothing_to_standard_error(program: Program, tmp_path: Path) -> None:
    write(tmp_path / "visitors.json", entries())
    model = make_encoder(tmp_path / "tiny")
    variables = {"PULLQUOTE_DATA": "data", "PULLQUOTE_MODEL": str(model), "HF_HUB_OFFLINE": "1"}
    ended = program.run("calibrate", "visitors.json", cwd=tmp_path, variables=variables)
    assert (ended.returncode, ended.stderr) == (0, b"")
    [file] = (tmp_path / "data" / "weights").iterdir()
    assert read_weights(file).provenance.model == str(model)
    if os.name != "nt":  # which has other permissions
        written = (file.parent.parent, file.parent, file)
        assert [oct(path.stat().st_mode & 0o777) for path in written] == ["0o700", "0o700", "0o600"]
    assert ended.stdout.decode().splitlines()[-1] == (
        f"From now on they are used with this model: {file.relative_to(tmp_path)}"
    )
