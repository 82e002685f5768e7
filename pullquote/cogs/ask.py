"""Asking: the slash command, a mention of the bot, and "Find the passage" on a message."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import logging
import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace

import discord
from discord import app_commands
from discord.ext import commands

from pullquote.cogs.addressing import Addressed, addressed, guild_of_message, without_markup, words_of
from pullquote.cogs.allowance import SECONDS, Allowances, TooFastError
from pullquote.cogs.answer_queue import AnswerQueue, Served
from pullquote.cogs.answers.delete import Delete
from pullquote.cogs.answers.row import answer_view
from pullquote.cogs.answers.share import Share
from pullquote.cogs.audiences import public_seat, seat_of
from pullquote.cogs.in_flight import ClosingError, InFlight
from pullquote.cogs.lately import Lately
from pullquote.cogs.messages.replies import answer_embed, answer_text, quotes_in_embed, quotes_in_text, stands_whole
from pullquote.cogs.naming import called, choices
from pullquote.cogs.permissions import Allowed, allowed
from pullquote.cogs.tree import Unreachable, explain
from pullquote.library.conversations import Conversations, Talk
from pullquote.library.guild_answerer import Seat
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.observer import Answered, Failed, Origin, QuestionEvent, QuestionObserver, tell
from pullquote.locales import for_members
from retrieval.errors import PullquoteError, QuestionError
from retrieval.question import MAX_QUESTION, Question

log = logging.getLogger(__name__)

_HOW_TO_ASK = "Ask me something about the articles: mention me and write your question in the same message."
_HOW_TO_ASK_FOR_ANOTHER = (
    "Discord does not show me the message that you reply to. Choose *Apps → Find the passage* on it, or mention me and "
    "write the question in the same message."
)
_NOT_MY_ROLE = (
    "You mentioned my role, so Discord does not show me what you wrote. Mention me myself, and write your question in "
    "the same message."
)
_NOT_THERE = (
    "I may not write in {channel}, so I cannot answer you there. Ask there with /ask and private: True: only you see "
    "the answer."
)
# For so long an edit may make a question of a message.
_EDITABLE = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Called:
    """An article as members call it."""

    title: str
    name: str
    digest: str


class Ask(commands.Cog):
    """Members ask, and get quotes."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        queue: AnswerQueue,
        in_flight: InFlight,
        observers: Sequence[QuestionObserver],
        allowances: Allowances,
        articles: GuildLibrary,
    ) -> None:
        self.bot = bot
        self.queue = queue
        self.in_flight = in_flight
        self.observers = observers
        self.allowances = allowances
        self.articles = articles
        self._taken = Lately()
        """The messages that were taken for questions, by their ids."""
        self._told_elsewhere = Lately()
        """Whom the bot told directly, and what: that it may not write in a channel, or that they are too fast."""
        self.conversations = Conversations()
        self._find = app_commands.ContextMenu(name="Find the passage", callback=self.find)
        for command in (self._find, self.ask):
            command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True)

    async def cog_load(self) -> None:
        """Add "Find the passage", which discord.py does not find in a cog by itself."""
        self.bot.tree.add_command(self._find)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._find.name, type=self._find.type)

    @app_commands.command()
    @app_commands.describe(
        question="What you want to know, in your own words",
        article="Ask this article alone (default: all)",
        private="Show the answer to you alone (default: no)",
    )
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, MAX_QUESTION],
        article: str | None = None,
        private: bool = False,
    ) -> None:
        """Find the passage in the articles that answers a question"""
        text = without_markup(question)
        talk = Talk(interaction.guild_id, interaction.channel_id, interaction.user.id, private)
        answering = self._respond(interaction, text, talk, private=private, article=article)
        await self._observed(Origin.SLASH, interaction.guild_id, text, answering)

    @ask.autocomplete("article")
    async def articles_here(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Choices of the articles that can be asked here, as publicly or privately as the command is filled in."""
        seat = seat_of(interaction, private=bool(getattr(interaction.namespace, "private", False)))
        try:
            return await asyncio.to_thread(lambda: choices(self._open_to(seat), typed))
        except PullquoteError:
            return []

    def _open_to(self, seat: Seat) -> list[_Called]:
        return [_Called(article.title, article.file, article.digest) for article in self.articles.open_to(seat)]

    async def find(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask with the text of a message."""
        text = words_of(message)
        await self._observed(Origin.MENU, interaction.guild_id, text, self._respond_to_message(interaction, text))

    async def _respond_to_message(self, interaction: discord.Interaction, text: str) -> Answered:
        try:
            return await self._respond(interaction, text, None, private=False)
        except QuestionError as error:
            raise QuestionError("message-without-words") from error

    async def _respond(
        self,
        interaction: discord.Interaction,
        text: str,
        talk: Talk | None,
        *,
        private: bool,
        article: str | None = None,
    ) -> Answered:
        question = self._parse(text, talk)
        self.allowances.take(interaction.user.id, interaction.guild_id)
        await interaction.response.defer(ephemeral=private, thinking=True)
        interaction.extras["public"] = not private
        seat = seat_of(interaction, private=private)
        # Where nothing can be asked, that is what is told.
        if article is not None and (known := await asyncio.to_thread(self._open_to, seat)):
            seat = replace(seat, article=called(known, article).digest)
        answer = (served := await self._serve(question, seat, talk)).answer
        quotes = quotes_in_embed(answer)
        # What is shared is asked once more, and of that question alone.
        is_alone = seat.article is None and not answer.followed and stands_whole(question.text)
        shareable = quotes and seat.guild is not None and is_alone
        last = (Share() if shareable else None) if private else Delete(interaction.user.id)
        view = answer_view(answer, quotes, last)
        await interaction.edit_original_response(embed=answer_embed(answer, title=question.text), view=view)
        return served.shown(quotes)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that mentions the bot, or that was written to it directly."""
        if message.author.bot or message.is_system() or self.bot.user is None:
            return
        if (how := addressed(message, self.bot.user)) is None:
            return
        self.in_flight.count(functools.partial(self._say_closing, message))
        may = await allowed(message, self.bot)
        if not may.write:
            await self._say_elsewhere(message)
            return
        try:
            self.in_flight.refuse_if_closing()
            await self._reply(message, may, how)
        except TooFastError as error:
            if self._told_elsewhere.note((message.author.id, error.code, int(time.monotonic() // SECONDS))):
                await _say_directly(message, for_members(error) or "")
        # An error in a listener ends here, for nobody else would tell the member.
        except Exception as error:  # noqa: BLE001
            await _excuse(message, may, error)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Answer a message that mentions the bot only since it was edited."""
        message = event.message
        # Discord edits messages, too, to show what they link to.
        if message.edited_at is None or discord.utils.utcnow() - message.created_at > _EDITABLE:
            return
        if message.id not in self._taken and words_of(message):
            await self.on_message(message)

    async def _say_closing(self, message: discord.Message) -> None:
        if (may := await allowed(message, self.bot)).write:
            await _excuse(message, may, ClosingError())

    async def _say_elsewhere(self, message: discord.Message) -> None:
        """Tell a member once where they can ask instead of a channel in which the bot may not write."""
        log.info("Not answering in channel %s: I may not write there", message.channel.id)
        if self._told_elsewhere.note((message.author.id, message.channel.id)):
            await _say_directly(message, _NOT_THERE.format(channel=f"<#{message.channel.id}>"))

    async def _reply(self, message: discord.Message, may: Allowed, how: Addressed) -> None:
        text = without_markup(message.content)
        if not text and how is not Addressed.DIRECTLY:
            other = message.reference.resolved if message.reference else None
            is_mine = isinstance(other, discord.Message) and other.author == self.bot.user
            text = words_of(other) if isinstance(other, discord.Message) and not is_mine else ""
            if not text:
                if how is Addressed.BY_ROLE and not message.content:
                    said = _NOT_MY_ROLE
                else:
                    said = _HOW_TO_ASK if other is None or is_mine else _HOW_TO_ASK_FOR_ANOTHER
                await _send(message, may, said)
                return
        self._taken.note(message.id)
        origin = Origin.DIRECT if how is Addressed.DIRECTLY else Origin.MENTION
        answering = self._reply_to_question(message, may, text)
        await self._observed(origin, guild_of_message(message), text, answering)

    async def _reply_to_question(self, message: discord.Message, may: Allowed, text: str) -> Answered:
        guild = guild_of_message(message)
        talk = Talk(guild, message.channel.id, message.author.id)
        question = self._parse(text, talk)
        self.allowances.take(message.author.id, guild)
        served = await self._serve(question, public_seat(message.channel, guild), talk)
        answer = served.answer
        quotes = quotes_in_embed(answer) if may.embed else quotes_in_text(answer)
        view = answer_view(answer, quotes, Delete(message.author.id))
        await _send(message, may, answer_embed(answer) if may.embed else answer_text(answer), view)
        return served.shown(quotes)

    def _parse(self, text: str, talk: Talk | None) -> Question:
        """The question with those that its member asked before it; without a talk it goes on from nothing."""
        return Question.parse(text, before=self.conversations.before(talk) if talk else ())

    async def _serve(self, question: Question, seat: Seat, talk: Talk | None) -> Served:
        """The answer to a question, which the next question of its talk may go on from."""
        served = await self.queue.answer(question, seat)
        if talk is not None:
            self.conversations.note(talk, served.answer.question)
        return served

    async def _observed(self, origin: Origin, guild: int | None, text: str, answering: Awaitable[Answered]) -> None:
        """Answer a question, and tell the observers what happened to it."""
        try:
            answered = await answering
        except BaseException as error:
            tell(self.observers, QuestionEvent(origin, guild, len(text), Failed.of(error)))
            raise
        tell(self.observers, QuestionEvent(origin, guild, len(text), answered))


async def _say_directly(message: discord.Message, sentence: str) -> None:
    """Write to the author of a message alone, if they take direct messages."""
    try:
        await message.author.send(sentence)
    except Unreachable as unreachable:
        log.info("User %s takes no direct messages: %s", message.author.id, unreachable)


async def _excuse(message: discord.Message, may: Allowed, error: Exception) -> None:
    if (sentence := explain(error, f"message {message.id}")) is not None:
        try:
            await _send(message, may, sentence)
        except Unreachable as unreachable:
            log.warning("The error message for message %s could not be sent: %s", message.id, unreachable)


async def _send(
    message: discord.Message, may: Allowed, reply: str | discord.Embed, view: discord.ui.View | None = None
) -> None:
    """Reply without a ping; write plainly where the bot may not read the history, for Discord refuses replies there."""
    send = functools.partial(message.channel.send, mention_author=False)
    if view is not None:
        send = functools.partial(send, view=view)
    if may.reply:
        send = functools.partial(send, reference=message.to_reference(fail_if_not_exists=False))
    await (send(reply) if isinstance(reply, str) else send(embed=reply))
