"""What people read when something fails, and what the log says."""

from __future__ import annotations

import datetime as dt
import logging
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest
from discord import app_commands

from pullquote.cogs.answer_queue import BusyError
from pullquote.cogs.moderators import NotModeratorError
from pullquote.cogs.tree import explain
from pullquote.library.errors import NoArticlesError, NoFolderError, NotSavedError, ReloadInProgressError
from pullquote.library.problems import Problem
from pullquote.locales import for_members, for_operators
from retrieval.errors import CorpusError, ModelError, PullquoteError, Reason, SnapshotError
from tests.support.payload_limits import units

FOLDER = Path("/srv/articles")


def refusal(status: int, code: int, text: str = "No") -> discord.HTTPException:
    """What discord.py raises when Discord answers like this."""
    kinds: dict[int, type[discord.HTTPException]] = {403: discord.Forbidden, 404: discord.NotFound}
    response = cast("aiohttp.ClientResponse", SimpleNamespace(status=status, reason="Because"))
    return kinds.get(status, discord.HTTPException)(response, {"code": code, "message": text})


async def nothing(interaction: discord.Interaction) -> None: ...


COMMAND: app_commands.Command[Any, ..., None] = app_commands.Command(name="ask", description="Ask", callback=nothing)


@pytest.mark.parametrize("error", [BusyError(), NotModeratorError("not-moderator")])
def test_our_own_errors_say_their_sentence(error: PullquoteError, caplog: pytest.LogCaptureFixture) -> None:
    assert explain(error, "here") == for_members(error)
    assert explain(app_commands.CommandInvokeError(COMMAND, error), "here") == for_members(error)
    assert caplog.records == []


def test_names_in_a_sentence_mean_nothing_to_discord() -> None:
    error = ReloadInProgressError(
        "@everyone **Ada** [x](https://a.example)", dt.datetime(2026, 1, 1, 12, 30, tzinfo=dt.UTC)
    )
    assert explain(error, "here") == (
        "A reload is already running, started by \\@everyone \\*\\*Ada\\*\\* \\[x\\](https\\://a.example) "
        "at 12\\:30\\:00 UTC."
    )


def test_a_sentence_of_any_length_fits_into_a_message() -> None:
    problems = tuple(Problem(f"{number}_.md", Reason.of("no-text")) for number in range(5000))
    sentence = explain(NoArticlesError(str(FOLDER), problems), "here")
    assert sentence is not None
    assert units(sentence) <= 1900
    assert sentence.startswith(
        "No article in the corpus folder can be read:\n\\- 0\\_.md: has no text in it\n\\- 1\\_.md: has no text in it\n"
    )
    assert sentence.endswith("…")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            NoFolderError(FOLDER),
            "The folder with the articles is not there. "
            "Ask whoever runs the bot to create it and to put .md or .txt files into it.",
        ),
        (
            NoFolderError(FOLDER, "Too many levels of symbolic links"),
            "The folder with the articles cannot be opened (Too many levels of symbolic links). "
            "Ask whoever runs the bot to mend its links and permissions.",
        ),
        (NoArticlesError(str(FOLDER)), "There are no articles in the corpus folder. Put .md or .txt files there."),
        (
            NotSavedError(FOLDER, "No space left on device"),
            "The corpus could not be saved (No space left on device). Nothing changed. "
            "Ask whoever runs the bot to make room on its disk or to mend the permissions of its data folder.",
        ),
        (
            CorpusError("reader-cannot-start", reason=str(FOLDER)),
            "There is no corpus to answer from. Ask whoever runs the bot to look into its log.",
        ),
    ],
)
def test_where_folders_lie_is_in_the_log_alone(
    error: CorpusError, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert explain(error, "interaction 7") == sentence
    assert caplog.messages == [f"At interaction 7: {for_operators(error)}"]
    assert str(FOLDER) in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        ModelError("model-not-loaded", model=str(FOLDER), reason="No"),
        SnapshotError("snapshot-file-damaged", name=str(FOLDER)),
    ],
)
def test_what_only_operators_understand_is_an_apology(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    sentence = explain(error, "here")
    assert sentence is not None
    assert sentence.startswith("Something went wrong on my side, sorry.")
    assert str(FOLDER) not in sentence
    assert caplog.records[0].exc_info is not None


@pytest.mark.parametrize("code", [10003, 10008, 10015, 10062])
def test_nobody_is_told_who_is_gone(code: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        assert explain(refusal(404, code, "Unknown"), "message 7") is None
    assert caplog.messages == ["Nobody is left to answer at message 7: Unknown"]


@pytest.mark.parametrize(("status", "code"), [(400, 40060), (401, 50027)])
def test_an_interaction_that_is_over_is_left_alone(status: int, code: int) -> None:
    assert explain(app_commands.CommandInvokeError(COMMAND, refusal(status, code)), "here") is None


@pytest.mark.parametrize("code", [0, 50001, 50007, 50013])
def test_what_discord_forbids_is_logged_and_not_tried_again(code: int, caplog: pytest.LogCaptureFixture) -> None:
    assert explain(refusal(403, code, "Missing Access"), "message 7") is None
    assert caplog.messages == ["Discord does not let me answer at message 7: Missing Access"]


@pytest.mark.parametrize(
    "error", [refusal(500, 0), refusal(400, 50035), aiohttp.ServerDisconnectedError(), TimeoutError(), KeyError("x")]
)
def test_anything_else_is_an_apology_with_a_code_that_the_log_has(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = explain(app_commands.CommandInvokeError(COMMAND, error), "interaction 7")

    assert sentence is not None
    match = re.fullmatch(
        r"Something went wrong on my side, sorry\. Please tell a moderator this code: `([0-9a-f]{8})`\.", sentence
    )
    assert match is not None
    assert caplog.messages == [f"Unexpected error {match[1]} at interaction 7"]
    assert caplog.records[0].exc_info is not None
    assert caplog.records[0].exc_info[1] is error


def test_a_code_is_used_once() -> None:
    assert explain(KeyError("x"), "here") != explain(KeyError("x"), "here")


def test_what_discord_still_shows_of_an_older_version() -> None:
    changed = "This command has changed. Please try again in a minute."
    assert explain(app_commands.CommandNotFound("ask", []), "here") == changed
    assert explain(app_commands.CommandSignatureMismatch(COMMAND), "here") == changed
    assert explain(app_commands.NoPrivateMessage(), "here") == "This command works in a server only."
