"""The simulated Discord of the behaviour tests: the real bot in SimCord, and gates that hold up its model."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
from simcord.actors import MemberActor

from pullquote.cogs.answer_queue import AnswerQueue
from pullquote.cogs.ask import Ask
from pullquote.cogs.client import Pullquote
from retrieval.encoding.encoder import Encoded, Encoder, Vectors
from retrieval.language.words import Word

PATIENCE = 600
"""Seconds, where something wants a bound. Pytest's own comes first."""
# Seconds that are over for certain, because a gate holds up what is waited for.
_IMPATIENCE = 0.05

SIMULATION = {"shard_count": 1, "settle_timeout": PATIENCE, "approved_intents": discord.Intents.default()}
"""For `pytest.mark.simcord`, which every module with a world needs. No privileged intent is approved."""


GUILD = 1100000000000000001
"""The guild whose moderators look after the articles, in the simulated Discord and in the loopback Discord."""


class GatedEncoder:
    """The real encoder behind two gates: while a gate is closed, callers who want to encode wait before it."""

    def __init__(self, encoder: Encoder) -> None:
        self.questions = threading.Event()
        self.passages = threading.Event()
        self.batches: list[int] = []
        """How many questions were encoded together, each time; counted before the gate."""
        self.texts: list[int] = []
        """How many passages or sentences were encoded together, each time; counted before the gate."""
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.max_tokens = encoder.max_tokens
        self.languages = encoder.languages
        self.measure = encoder.measure
        self._encoder = encoder
        self.open()

    def open(self) -> None:
        self.questions.set()
        self.passages.set()

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        self.batches.append(len(questions))
        self.questions.wait()
        return self._encoder.encode_queries(questions, words)

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        self.texts.append(len(texts))
        self.passages.wait()
        return self._encoder.encode_passages(texts, words)

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        self.texts.append(len(texts))
        self.passages.wait()
        return self._encoder.encode_sentences(texts)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return self._encoder.count_tokens(texts)


@dataclass(frozen=True, slots=True)
class World:
    """A guild with the bot, a channel, two members and a moderator."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    member: MemberActor
    other: MemberActor
    moderator: MemberActor

    @property
    def bot(self) -> Pullquote:
        assert isinstance(self.env.bot, Pullquote)
        return self.env.bot

    def mention(self, question: str) -> str:
        return f"<@{self.env.bot.user.id if self.env.bot.user else 0}> {question}"

    def channel_for_bot(self, name: str, **permissions: bool) -> simcord.ChannelHandle:
        """A channel where the bot has, or lacks, these permissions."""
        assert self.env.bot.user is not None
        overwrites: dict[Any, discord.PermissionOverwrite] = {
            self.env.bot.user: discord.PermissionOverwrite(**permissions)
        }
        return self.guild.create_text_channel(name, overwrites=overwrites)

    def dismiss_moderator(self) -> None:
        """Take all roles from the moderator."""
        self.env.backend.get_guild(self.guild.id).members[self.moderator.id].role_ids.clear()

    def said(
        self, channel: simcord.ChannelHandle | None = None, *, to: MemberActor | None = None
    ) -> list[discord.Message]:
        """What the bot said in a channel, oldest first; `to` also sees what the bot said to `to` alone."""
        history = (channel or self.channel).history(viewer=to or self.member)
        return [message for message in history if message.author == self.env.bot.user]

    def everything_sent(self) -> Iterator[str]:
        """Every request's body as text without backslashes, which hide names from a search; every file's content."""
        for request in self.env.http_requests:
            yield str(request.json).replace("\\", "")
        for content in self.env.backend.cdn._blobs.values():
            yield content.decode(errors="replace")

    @classmethod
    def of(cls, env: simcord.Env) -> World:
        guild = env.create_guild("Gull Point", id=GUILD)
        moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        return cls(
            env,
            guild,
            guild.create_text_channel("general"),
            guild.add_member(env.create_user("member")),
            guild.add_member(env.create_user("other")),
            guild.add_member(env.create_user("moderator"), roles=[moderators]),
        )

    @property
    def queue(self) -> AnswerQueue:
        cog = self.bot.get_cog("Ask")
        assert isinstance(cog, Ask)
        return cog.queue

    async def under_way(self, action: Awaitable[object], reached: Callable[[], object]) -> None:
        """Let somebody do what the bot cannot finish yet, because a gate is closed; wait until it came so far."""
        self.env.settle_timeout = _IMPATIENCE
        try:
            with pytest.raises(TimeoutError, match="did not settle"):
                await action
        finally:
            self.env.settle_timeout = PATIENCE
        await until(reached)


def start_patiently(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a bot take as long as it likes to start in SimCord, which gives it five seconds and no choice."""
    settle = simcord.Env._settle_internal

    async def settle_in_the_end(env: simcord.Env, **options: Any) -> None:
        await settle(env, **options | {"timeout": None})  # `settle_timeout` instead

    monkeypatch.setattr(simcord.Env, "_settle_internal", settle_in_the_end)


def descriptions(messages: list[discord.Message]) -> list[str | None]:
    return [embed.description for message in messages for embed in message.embeds]


async def archived_thread(world: World, question: str) -> simcord.ChannelHandle:
    """A thread where a member asked something, and that was archived since then."""
    channel = world.env.bot.get_channel(world.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="A thread", type=discord.ChannelType.public_thread)
    [thread] = world.channel.threads
    await world.member.slash(thread, "ask", question=question)
    metadata = world.env.backend.get_thread(thread.id).thread_metadata
    assert metadata is not None
    metadata.archived = True
    world.env.backend.announce_channel_update(thread.id)
    await world.env.settle()
    return thread


def buttons(message: discord.Message) -> list[str | None]:
    """What stands on the buttons of a message."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [button.label for row in rows for button in row.children if isinstance(button, discord.Button)]


def waiting(world: World) -> int:
    """How many questions wait until the model is free."""
    return len(world.queue._waiting)


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that happens while a gate holds up something else."""
    while not condition():  # noqa: ASYNC110 - nothing in the simulator tells when
        await asyncio.sleep(0.01)
