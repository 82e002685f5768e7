"""`ask`, as people and programs use it."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import pytest

from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.known_answers import KEEPER, MAILOUT, NO_WORDS
from tests.support.program import Ended

QUEEN = "What do [bold]most players[/bold] choose?"


def test_one_question_for_people(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", KEEPER)
    assert (ended.code, ended.err) == (0, "")
    assert "The article says" in ended.out
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
    assert [answer["question"] for answer in ended.objects] == [KEEPER, QUEEN, KEEPER]
    assert len(loads) == 1


def test_many_questions_for_people(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    ended = cli("ask", "-", given=f"{KEEPER}\n\n🙂\n{MAILOUT}\n".encode())
    assert ended.code == 1
    assert ended.out.index("The article says") < ended.out.index("The articles don't say")
    assert ended.err == f"{NO_WORDS}\n"


def test_no_questions_at_all(cli: CommandLine, loads: list[str], make_folder: MakeFolder) -> None:
    make_folder(ARTICLES)
    assert cli("ask", "-", "--json", given=b"\n  \n") == Ended(0, "", "")


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_bytes_that_are_not_text_become_question_marks(
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
