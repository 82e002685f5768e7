"""The whole process, from its start to a signal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator

import pytest

from bot import create_bot
from pullquote.cogs.serving import serve
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.discord_world import PATIENCE
from tests.support.loopback import LoopbackDiscord
from tests.support.program import Program, environment, reached
from tests.support.wire import REPLIES, SECRET, TOKEN_REFUSED, at

pytestmark = pytest.mark.usefixtures("silent_log")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    program = Program.install(tmp_path_factory.mktemp("program"))
    file = program.folder / "pullquote" / "cogs" / "in_flight.py"
    hurried = file.read_text(encoding="utf-8")
    patient = hurried.replace("_GRACE = 10\n", f"_GRACE = {PATIENCE}\n")
    assert patient != hurried
    file.write_text(patient, encoding="utf-8")
    return program


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
