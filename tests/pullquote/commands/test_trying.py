"""`try`: the bot in the browser, as a command and as a process."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from pullquote.cogs.client import Pullquote
from pullquote.commands import trying
from pullquote.commands.trying import has_screen
from pullquote.settings import ROOT
from pullquote.web import showing
from pullquote.web.simulation import GUILD
from pullquote.web.tour import Tour
from tests.support.folders import ARTICLES, CommandLine, MakeFolder
from tests.support.program import Program, environment, reached, started
from tests.support.visits import needs_extra, visiting


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "missing", lambda: [])


@pytest.fixture
def shown(installed: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Pullquote, Tour]]:
    """The bots that are shown, each with its tour, by a browser that is closed at once."""
    shown: list[tuple[Pullquote, Tour]] = []

    async def show(bot: Pullquote, tour: Tour, ready: Callable[[str], object]) -> None:
        shown.append((bot, tour))
        assert bot.settings.data.is_dir()
        ready("http://127.0.0.1:1/secret")

    monkeypatch.setattr(showing, "show", show)
    return shown


def test_what_is_not_installed_is_named_with_how_to_install_it(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name in ("linkify_it", "simcord") else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    ended = cli("try")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "To try the bot in the browser, more packages are needed (linkify_it, simcord). "
        "Install them: .venv/bin/pip install -e '.[try]'\n"
    )


def test_the_bot_has_the_articles_and_a_folder_of_its_own_which_is_gone_afterwards(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, shown: list[tuple[Pullquote, Tour]], tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    ended = cli("try", DISCORD_TOKEN="a.b.c", PULLQUOTE_DATABASE="postgresql://nobody@nowhere/nothing")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        "The bot is at http://127.0.0.1:1/secret\nWhoever has that address can use it. Ctrl+C ends it.\n"
    )
    [(bot, tour)] = shown
    assert len(bot.library.corpus.articles) == 3
    assert tour == Tour.of(None)
    assert (bot.settings.discord_token, bot.settings.database, bot.settings.guild) == (None, None, GUILD)
    assert not bot.settings.data.exists()
    assert not (tmp_path / "data").exists()


def test_what_was_derived_for_the_bot_in_earnest_is_used_and_left_alone(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, shown: list[tuple[Pullquote, Tour]], tmp_path: Path
) -> None:
    make_folder(ARTICLES)
    cli("chat")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")}
    assert before
    cli("try")
    [(bot, _)] = shown
    assert bot.library.shelf.name in {path.name for path in before}
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "data").rglob("*")} == before


def test_the_shipped_articles_come_with_questions(
    cli: CommandLine, loads: list[str], shown: list[tuple[Pullquote, Tour]]
) -> None:
    assert cli("try", "--corpus", str(ROOT / "corpus")).code == 0
    [(_, tour)] = shown
    assert "Did Musk talk to Putin?" in tour.for_everybody


def test_ctrl_c_where_there_are_no_handlers_of_signals_ends_it_as_well(
    cli: CommandLine, loads: list[str], make_folder: MakeFolder, installed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(showing, "show", interrupted)
    make_folder(ARTICLES)
    ended = cli("try")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_a_screen_is_a_desktop_and_a_terminal(monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not has_screen()
    monkeypatch.setenv(variable, ":0")
    assert has_screen()
    monkeypatch.setattr(sys, "stdin", Terminal(is_one=False))
    assert not has_screen()


class Terminal:
    def __init__(self, *, is_one: bool = True) -> None:
        self._is_one = is_one

    def isatty(self) -> bool:
        return self._is_one


def test_the_browser_opens_where_there_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    for screen in (False, True):
        monkeypatch.setattr(trying, "has_screen", lambda screen=screen: screen)
        trying._tell("http://127.0.0.1:1/secret")
    assert opened == ["http://127.0.0.1:1/secret"]


@needs_extra
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
async def test_the_process_answers_reaches_for_nothing_and_ends_with_a_signal(
    tmp_path: Path, sent: signal.Signals
) -> None:
    program, temporary = Program.install(tmp_path), tmp_path / "temporary"
    temporary.mkdir()
    with started(
        program.command("try", watched=True),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(HF_HUB_OFFLINE="1", TMPDIR=os.fspath(temporary)),
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline().decode()
        assert first.startswith("The bot is at http://127.0.0.1:")
        async with visiting(first.split()[-1]) as visit:
            await visit.slash("ask", question="Did Musk talk to Putin?")
            assert "Elon Musk and Vladimir Putin" in visit.messages[-1]
        process.send_signal(sent)
        _, err = process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in err.decode()
    assert reached(err.decode()) == set()
    assert list(temporary.iterdir()) == []
    assert not (program.folder / "data").exists()
