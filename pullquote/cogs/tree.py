"""The only error handler of commands: what people read when something fails, and what the log says."""

from __future__ import annotations

import functools
import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from pullquote.cogs.in_flight import ClosingError, InFlight
from pullquote.cogs.messages.markup import shorten
from pullquote.locales import for_members, for_operators
from retrieval.errors import CorpusError, PullquoteError

log = logging.getLogger(__name__)

# Unknown channel, message, webhook and interaction, "already acknowledged", and a token that is no longer valid
# (after 15 minutes): the member who asked is gone or served.
_GONE = {10003, 10008, 10015, 10062, 40060, 50027}
_ARCHIVED = 50083
_LONGEST_SENTENCE = 1900
_NO_ANSWER = "No answer this time."

Unreachable = (discord.HTTPException, aiohttp.ClientError, TimeoutError)
"""The errors of sending to Discord. discord.py lets aiohttp's errors through once its own retries are used up."""


class PullquoteTree(app_commands.CommandTree[discord.Client]):
    """The command tree with our error handler. It counts every interaction as work in flight."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(client)
        self.in_flight = InFlight()

    async def interaction_check(self, interaction: discord.Interaction, /) -> bool:
        """Raises ClosingError while the bot stops."""
        self.in_flight.count(functools.partial(report, interaction, ClosingError()))
        self.in_flight.refuse_if_closing()
        return True

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Report an error that a command raised."""
        await report(interaction, error)


async def report(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell the person who asked what to know, privately, and the log as well."""
    if (sentence := explain(error, f"interaction {interaction.id}")) is not None:
        try:
            await _say_privately(interaction, sentence)
        except Unreachable as unreachable:
            log.warning("The error message for interaction %s could not be sent: %s", interaction.id, unreachable)


def explain(error: BaseException, where: str) -> str | None:
    """The sentence for the person who asked; None where nobody is left to read it. Logs what was unexpected."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    match cause:
        case PullquoteError() if (sentence := for_members(cause)) is not None:
            if isinstance(cause, CorpusError):
                log.warning("At %s: %s", where, for_operators(cause))
            # Names of files, roles and members in it may look like markup.
            return shorten(sentence, _LONGEST_SENTENCE)
        case app_commands.NoPrivateMessage():
            return "This command works in a server only."
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return "This command has changed. Please try again in a minute."
        case discord.HTTPException() if cause.code in _GONE:
            log.info("Nobody is left to answer at %s: %s", where, cause.text)
            return None
        case discord.HTTPException() if cause.code == _ARCHIVED:
            return "This thread is archived. Write something in it, which opens it again, and then try once more."
        case discord.Forbidden():
            log.warning("Discord does not let me answer at %s: %s", where, cause.text)
            return None
        case _:
            reference = secrets.token_hex(4)
            log.error("Unexpected error %s at %s", reference, where, exc_info=cause)
            return f"Something went wrong on my side, sorry. Please tell a moderator this code: `{reference}`."


async def _say_privately(interaction: discord.Interaction, sentence: str) -> None:
    if interaction.type is discord.InteractionType.autocomplete:
        # Where somebody types, nothing can be said.
        if not interaction.response.is_done():
            await interaction.response.autocomplete([])
        return
    if not interaction.response.is_done():
        await interaction.response.send_message(sentence, ephemeral=True)
        return
    if interaction.type in (discord.InteractionType.component, discord.InteractionType.modal_submit):
        # What was pressed stands in a message that stays as it is.
        await interaction.followup.send(sentence, ephemeral=True)
        return
    if not interaction.extras.get("public"):
        await interaction.edit_original_response(content=sentence, embeds=[], attachments=[])
        return
    # The deferral fixed whether the answer is private. Discord takes the next message after a "thinking…" for that
    # answer, and refuses it after the deletion: so "thinking…" has to be ended first, and deleted last.
    await interaction.edit_original_response(content=_NO_ANSWER)
    await interaction.followup.send(sentence, ephemeral=True)
    await interaction.delete_original_response()
