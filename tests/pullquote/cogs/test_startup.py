"""How the bot starts, why it may not, and how it stops."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

import bot
from bot import create_bot
from pullquote.cogs.serving import StartError, serve
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.encoding.encoder import SentenceTransformerEncoder
from tests.support.loopback import LoopbackDiscord
from tests.support.program import Program, environment, isolate, reached
from tests.support.wire import at, connected, open_library, put_back

TOKEN_REFUSED = (
    "Discord does not accept the token. Copy it again from the Bot page of your application "
    "(discord.com/developers/applications) into DISCORD_TOKEN."
)
REPLIES = "/channels/*/messages"
SECRET = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"

Start = Callable[..., str]


@pytest.fixture(autouse=True)
def discord_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    put_back(monkeypatch)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Library:
    return open_library(tmp_path_factory, encoder)


@pytest.fixture
async def server() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(token=SECRET) as server:
        yield server


# What Discord may say to a bot that starts.


async def refusal(api_base: str, settings: Settings, library: Library) -> str:
    """The sentence that ends the start."""
    settings = settings.model_copy(update={"discord_api_base": api_base})
    with pytest.raises(StartError) as caught:
        await serve(create_bot(settings, library), SECRET)
    return str(caught.value)


@pytest.fixture(autouse=True)
def silent_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever happens, the log shows no traceback and never the token."""
    yield
    assert "Traceback" not in caplog.text
    assert SECRET not in caplog.text


async def test_a_token_that_the_api_refuses(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.rest.token = "another"
    assert await refusal(server.api_base, settings, library) == TOKEN_REFUSED


async def test_a_token_that_the_gateway_refuses(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.gateway.token = "another"
    assert await refusal(server.api_base, settings, library) == TOKEN_REFUSED
    assert len(server.gateway.identifies) == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            4014,
            "Discord refuses the bot's intents (4014). Pullquote needs no privileged one: "
            "check that DISCORD_TOKEN belongs to the right application.",
        ),
        (4011, "Discord closed the connection for good (code 4011). Start the bot again."),
    ],
)
async def test_a_gateway_that_closes_for_good(
    server: LoopbackDiscord, settings: Settings, library: Library, code: int, sentence: str
) -> None:
    server.gateway.refuse_with = code
    assert await refusal(server.api_base, settings, library) == sentence


async def test_no_privileged_intent_is_asked_for(server: LoopbackDiscord, settings: Settings, library: Library) -> None:
    server.gateway.refuse_with = 4014
    await refusal(server.api_base, settings, library)
    assert server.gateway.intents == 1 << 0 | 1 << 9 | 1 << 12  # guilds, messages in guilds and in DMs


async def test_a_discord_that_is_not_there(settings: Settings, library: Library) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{unused.getsockname()[1]}"
        sentence = await refusal(f"http://{address}/api/v10", settings, library)
    assert sentence.startswith(f"Discord cannot be reached (Cannot connect to host {address}")
    assert sentence.endswith("Check the network and DISCORD_API_BASE, then start the bot again.")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/users/@me", None), ("/users/@me", 503), ("/gateway/bot", 404), ("/applications/*/commands", 403)],
)
async def test_a_discord_that_fails(
    server: LoopbackDiscord, settings: Settings, library: Library, path: str, status: int | None
) -> None:
    server.rest.fail_next("GET", path, status, times=9)
    sentence = await refusal(server.api_base, settings, library)
    assert sentence.startswith("Discord cannot be reached (")
    assert sentence.endswith("Check the network and DISCORD_API_BASE, then start the bot again.")


# Commands that Discord does not take: mentions need none.


LIMIT = {"code": 30034, "message": "Max number of daily application command creates has been reached (200)"}
TOO_LONG = {
    "code": 50035,
    "message": "Invalid Form Body",
    "errors": {
        "0": {"description": {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be 1 to 100 long."}]}}
    },
}


@pytest.mark.parametrize(
    ("method", "status", "body", "said"),
    [
        ("PUT", 400, LIMIT, LIMIT["message"]),
        ("PUT", 400, TOO_LONG, "description: Must be 1 to 100 long"),
        ("PUT", 404, None, "404: Not Found"),
        ("GET", 404, None, "404: Not Found"),
        ("GET", 404, "<html>\nNo such page</html>", "404 Not Found (error code: 0): <html> No such page</html>"),
        ("GET", 405, None, "405: Method Not Allowed"),
        ("GET", 501, None, "501: Not Implemented"),
        ("GET", 200, "<html>No such page</html>", "the answer is not a list of commands"),
        ("GET", 200, {"not": "a list"}, "the answer is not a list of commands"),
        ("PUT", 200, {"not": "a list"}, "the answer is not a list of commands"),
    ],
)
async def test_a_bot_whose_commands_are_refused_answers_mentions(
    server: LoopbackDiscord,
    settings: Settings,
    library: Library,
    caplog: pytest.LogCaptureFixture,
    method: str,
    status: int,
    body: dict[str, object] | str | None,
    said: str,
) -> None:
    server.rest.fail_next(method, "/applications/*/commands", status, body=body)
    async with connected(server, settings, library):
        await server.mention("What do most players choose?")
        reply = await server.wait_for("POST", REPLIES)
    assert reply.body["embeds"][0]["description"] == "> **Most players choose a queen.**\n— chess · paragraph 2"
    [warning] = [record.getMessage() for record in caplog.records if record.name == "pullquote.cogs.command_upload"]
    assert warning.startswith("Discord refuses the commands: ")
    assert warning.endswith(f"{said}. Mentions and direct messages are answered all the same.")
    assert "\n" not in warning
    assert not (settings.data / "commands.sha256").exists()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/users/@me", "<html>A page</html>"),
        ("/users/@me", {"not": "a user"}),
        ("/gateway/bot", "<html>A page</html>"),
        ("/gateway/bot", {"not": "a gateway"}),
    ],
)
async def test_an_address_where_something_else_answers(
    server: LoopbackDiscord, settings: Settings, library: Library, path: str, body: str | dict[str, str]
) -> None:
    server.rest.fail_next("GET", path, 200, body=body)
    sentence = await refusal(server.api_base, settings, library)
    assert sentence == "What answers at DISCORD_API_BASE is not Discord's API. Check the address."


# What may be wrong before Discord is asked at all: one sentence, exit code 1.


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


# The whole process, from its start to a signal.


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    return Program.install(tmp_path_factory.mktemp("program"))


@contextlib.contextmanager
def running(
    program: Program, server: LoopbackDiscord, *, watched: bool = False, **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """`bot.py run` against the server, ended in any case."""
    with subprocess.Popen(
        program.command("run", watched=watched),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd="/",
        env=environment(DISCORD_TOKEN=SECRET, DISCORD_API_BASE=server.api_base, **variables),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


async def stop_while_answering(server: LoopbackDiscord, process: subprocess.Popen[bytes], sent: signal.Signals) -> str:
    """The log of a bot that gets this signal when its answers are out but Discord told it to send them later."""
    await server.wait_until(lambda: server.gateway.connected)
    server.rest.limit_next("PATCH", "*/@original", 1)
    server.rest.limit_next("POST", REPLIES, 1)
    interaction = await server.ask("Who wrote the mailout?")
    await server.mention("What is the mailout about?")
    await server.wait_for("PATCH", interaction.original_path)
    await server.wait_for("POST", REPLIES)
    process.send_signal(sent)
    out, err = await asyncio.to_thread(process.communicate)
    assert process.returncode == 0
    assert out == b""
    assert [request.status for request in server.rest.sent("PATCH", interaction.original_path)] == [429, 200]
    assert [request.status for request in server.rest.sent("POST", REPLIES)] == [429, 200]
    assert interaction.token not in err.decode()
    return err.decode()


async def test_sigterm_ends_the_bot_once_answers_in_flight_are_out(program: Program, server: LoopbackDiscord) -> None:
    with running(program, server, HF_HUB_OFFLINE="1") as process:
        log = await stop_while_answering(server, process, signal.SIGTERM)
    assert "INFO    pullquote.cogs.serving: Stopping; answers in flight are finished first\n" in log
    assert "Traceback" not in log
    assert SECRET not in log


async def test_sigint_too_and_only_discord_was_ever_reached_for(program: Program, server: LoopbackDiscord) -> None:
    # The model's hub could be asked here, if anything wanted to; and everything is logged.
    with running(program, server, watched=True, PULLQUOTE_LOG_LEVEL="DEBUG") as process:
        log = await stop_while_answering(server, process, signal.SIGINT)
    assert reached(log) == {"127.0.0.1"}
    assert "DEBUG" in log
    assert "Traceback" not in log
    assert SECRET not in log
    assert "mailout" not in log


async def test_a_wrong_token_ends_the_process_with_a_sentence(program: Program, server: LoopbackDiscord) -> None:
    server.rest.token = "another"
    with running(program, server, PULLQUOTE_LOG_LEVEL="DEBUG", HF_HUB_OFFLINE="1") as process:
        out, err = await asyncio.to_thread(process.communicate)
    assert process.returncode == 1
    assert out == b""
    assert err.decode().splitlines()[-1] == TOKEN_REFUSED
    assert "Traceback" not in err.decode()
    assert SECRET not in err.decode()


async def test_a_bot_that_is_still_connecting_stops_at_a_signal(
    server: LoopbackDiscord, settings: Settings, library: Library
) -> None:
    server.rest.limit_next("GET", "/gateway/bot", 600)
    running = asyncio.create_task(serve(create_bot(at(server, settings), library), SECRET))
    await server.wait_for("GET", "/gateway/bot")
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert server.gateway.identifies == []
