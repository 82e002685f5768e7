"""The upload of the commands: Discord limits how often, and mentions are answered even where it takes none."""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

import discord
from discord import app_commands

from retrieval.files import make_folder, write_private

log = logging.getLogger(__name__)

# What Discord says to commands it does not take, and what servers like it say that have no commands.
_NOT_TAKEN = {400, 404, 405, 501}
_LONGEST_REASON = 500
_REFUSED = "Discord refuses the commands: %s. Mentions and direct messages are answered all the same."


async def upload_commands(tree: app_commands.CommandTree[discord.Client], data: Path) -> None:
    """Register the tree's commands with Discord; a refusal of the commands goes to the log.

    `data` is the folder that remembers what was registered last. Raises what discord.py raises for other failures.
    """
    try:
        await _register(tree, data / "commands.sha256")
    except discord.HTTPException as error:
        if error.status not in _NOT_TAKEN:
            raise
        log.warning(_REFUSED, " ".join(str(error).split())[:_LONGEST_REASON].rstrip("."))
    except (AttributeError, KeyError, TypeError, ValueError):  # what discord.py raises when it reads another answer
        log.warning(_REFUSED, "the answer is not a list of commands")


async def _register(tree: app_commands.CommandTree[discord.Client], note: Path) -> None:
    """Register the commands only if they differ from what the note says was registered last."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    content = json.dumps([tree.client.application_id, payload], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest().encode()
    registered = {(command.name, command.type) for command in await tree.fetch_commands()}
    same_names = registered == {(command["name"], discord.AppCommandType(command["type"])) for command in payload}
    if same_names and _content(note) == digest:
        return
    await tree.sync()
    try:
        make_folder(note.parent)
        write_private(note, digest)
    except OSError as error:
        log.warning("%s cannot be written (%s): commands are registered at every start", note, error.strerror)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
