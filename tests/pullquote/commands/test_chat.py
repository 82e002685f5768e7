"""The chat in the terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.commands.chat import converse
from pullquote.library.library import Library
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.known_answers import KEEPER, NO_WORDS
from tests.support.made_answers import SHIPPED


def chat(library: Library, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    converse(Answerer(library, SHIPPED), library.problems, library.shelf / "history")


def test_the_chat_answers_until_the_input_ends(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    chat(library, monkeypatch, "When did the last keeper leave?\n🙂\nWhat do most players choose?")
    out, err = capsys.readouterr()
    greeting, *_, farewell = out.splitlines()
    assert greeting == "3 articles, 7 passages. Ask in your own words; an empty line or Ctrl+D ends the chat."
    assert "The last keeper left in 1962" in out
    assert "Most players choose a queen." in out
    assert out.index("keeper") < out.index("queen")
    assert err == "I can look up words only. Ask me a question about the articles, in a few words.\n"
    assert farewell == "Bye."


def test_the_chat_goes_on_from_the_question_before(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    chat(library, monkeypatch, f"{KEEPER}\nand why?\n")
    out, _ = capsys.readouterr()
    assert out.count("The last keeper left in 1962") == 2
    assert out.count(f"Searched with your question before: “{KEEPER}”") == 1


def test_an_empty_line_ends_the_chat(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chat(library, monkeypatch, "\nWhat do most players choose?\n")
    assert "queen" not in capsys.readouterr().out


class Terminal(io.StringIO):
    """Lines as somebody types them."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Path]:
    """A history with a question in it, which readline forgets again."""
    readline = pytest.importorskip("readline")
    readline.clear_history()
    readline.add_history("Who was the last keeper?")
    readline.write_history_file(tmp_path / "earlier")
    readline.clear_history()
    yield tmp_path / "earlier"
    readline.clear_history()


def test_the_arrow_keys_know_the_questions_of_earlier_chats(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], earlier: Path
) -> None:
    readline = pytest.importorskip("readline")
    kept = earlier.parent / "data" / "history"
    for history in (earlier, kept):
        monkeypatch.setattr(sys, "stdin", Terminal("What do most players choose?\n\n"))
        converse(Answerer(library, SHIPPED), (), history)
        assert readline.get_history_item(1) == "Who was the last keeper?"
        assert "Most players choose a queen." in capsys.readouterr().out
    assert kept.read_text() == earlier.read_text()
    if os.name != "nt":
        assert oct(kept.stat().st_mode & 0o777) == "0o600"


def test_a_history_that_cannot_be_written_does_not_stop_the_chat(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], earlier: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    converse(Answerer(library, SHIPPED), (), earlier / "in a file")
    assert capsys.readouterr().out.endswith("Bye.\n")


def test_the_chat_names_the_problems_of_the_corpus(
    make_folder: MakeFolder,
    tmp_path: Path,
    encoder: SentenceTransformerEncoder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = make_folder({"good.md": "All is well.", "bad.md": ""})
    chat(Library.open(folder, tmp_path / "data", encoder), monkeypatch, "")
    assert capsys.readouterr().err == "bad.md: is empty; write the article into it, or delete it\n"


def test_chat_with_questions_from_a_pipe(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    folder = make_folder(ARTICLES)
    ended = cli("chat", "--corpus", str(folder), given=f"{KEEPER}\n🙂\n".encode() + b"The caf\xe9 queen?\n")
    assert ended.code == 0
    assert "The last keeper left in 1962, when the light became automatic." in ended.out
    assert "Most players choose a queen." in ended.out
    assert ended.err == f"{NO_WORDS}\n"
