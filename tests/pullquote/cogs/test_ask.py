from __future__ import annotations

import asyncio
import logging
import os
import re
from typing import Any

import aiohttp
import discord
import pytest
from simcord.backend.errors import SetupError
from simcord.enums import MessageType

from bot import create_bot
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question import Question
from tests.support.discord_world import SIMULATION, GatedEncoder, World, until
from tests.support.folders import MakeFolder

pytestmark = pytest.mark.simcord(**SIMULATION)

TOWER = "When was the tower finished?"
TOWER_QUOTE = (
    "> **The tower was finished in 1874.** Its lamp burned whale oil.\n"
    "— [The lighthouse at Gull Point](https://example.org/lighthouse) · Building · paragraph 1"
)
QUEEN = "What do most players choose?"
QUEEN_QUOTE = "> **Most players choose a queen.**\n— chess · paragraph 2"
WORDS_ONLY = "I can look up words only. Ask me a question about the articles, in a few words."
HOW_TO_ASK = "Ask me something about the articles: mention me and write your question in the same message."
APOLOGY = re.compile(r"Something went wrong on my side, sorry\. Please tell a moderator this code: `([0-9a-f]{8})`\.")


def descriptions(messages: list[discord.Message]) -> list[str | None]:
    return [embed.description for message in messages for embed in message.embeds]


def waiting(world: World) -> int:
    """How many questions wait until the model is free."""
    return len(world.queue._waiting)


def known(world: World) -> set[int]:
    """The ids of the messages that the bot holds for present."""
    return {message.id for message in world.bot.cached_messages}


# /ask


async def test_an_answer_for_all_to_see(world: World) -> None:
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert (result.deferred, result.ephemeral, result.followups) == (False, False, [])
    [message] = world.said(to=world.other)
    assert (message.content, message.attachments, message.components) == ("", [], [])
    [embed] = message.embeds
    assert embed.title == TOWER
    assert embed.author.name == "✅ From the articles"
    assert embed.description == TOWER_QUOTE
    assert embed.footer.text is not None
    assert re.fullmatch(r"Quoted word for word · \d\d% likely to answer the question", embed.footer.text)


async def test_an_answer_for_the_asker_alone(world: World) -> None:
    result = await world.member.slash(world.channel, "ask", question=TOWER, private=True)

    assert result.ephemeral
    assert descriptions(world.said(to=world.member)) == [TOWER_QUOTE]
    assert world.said(to=world.other) == []


async def test_an_index_damaged_on_the_disk_is_answered_from_all_the_same(world: World, library: Library) -> None:
    [file] = library.shelf.glob("*/words.int8")
    os.truncate(file, 0)
    await world.member.slash(world.channel, "ask", question=TOWER)

    assert descriptions(world.said()) == [TOWER_QUOTE]
    assert not file.exists()
    assert library.saved


async def test_the_three_verdicts_differ_in_words_and_in_colour(world: World) -> None:
    for question in (TOWER, "Is honey sweet?", "Who won the world cup in 1998?"):
        await world.member.slash(world.channel, "ask", question=question)

    answered, closest, not_there = [message.embeds[0] for message in world.said()]
    assert answered.author.name == "✅ From the articles"
    assert closest.author.name == "🔎 No clear answer: the closest passages"
    assert closest.description is not None
    assert closest.description.startswith(
        "Nothing in the articles answers this for certain. These passages come closest:\n\n> **"
    )
    assert not_there.author.name == "🚫 Not in the articles"
    assert not_there.description is not None
    assert not_there.description.startswith("The articles here do not seem to say anything about this.")
    assert not_there.fields == []
    assert len({answered.colour, closest.colour, not_there.colour}) == 3


async def test_a_question_without_words_is_refused_privately(world: World) -> None:
    for question in ("🙂🙂", "   ", "?!", "<@1> <:smile:123456789012345678>", "<t:1700000000:R>"):
        result = await world.member.slash(world.channel, "ask", question=question)

        assert result.ephemeral
        assert result.response is not None
        assert result.response.content == WORDS_ONLY
    assert len(world.env.errors) == 5


async def test_discord_itself_takes_no_question_that_is_empty_or_too_long(world: World) -> None:
    for question in ("", "w" * 4001):
        with pytest.raises(SetupError, match="question"):
            await world.member.slash(world.channel, "ask", question=question)


async def test_a_question_of_4000_characters(world: World) -> None:
    question = ("When was the tower finished? " * 200)[:4000]
    await world.member.slash(world.channel, "ask", question=question)

    [embed] = world.said()[0].embeds
    assert embed.description == TOWER_QUOTE
    assert embed.title == "When was the tower finished? " * 8 + "When was the…"


async def test_a_question_in_another_language_gets_a_verdict(world: World) -> None:
    questions = ["Wann wurde der Turm fertig?", "灯塔是什么时候建成的？", "متى اكتمل البرج؟"]
    for question in questions:
        await world.member.slash(world.channel, "ask", question=question)

    embeds = [message.embeds[0] for message in world.said()]
    assert [embed.title for embed in embeds] == questions
    assert {embed.author.name for embed in embeds} <= {
        "✅ From the articles",
        "🔎 No clear answer: the closest passages",
        "🚫 Not in the articles",
    }


async def test_ask_in_a_direct_message(world: World) -> None:
    result = await world.member.user.slash("ask", question=TOWER)

    assert result.response is not None
    assert result.response.embeds[0].description == TOWER_QUOTE


# "Find the passage"


async def test_find_the_passage_asks_with_a_messages_text(world: World) -> None:
    message = await world.other.send(world.channel, f"Does anybody know? <@{world.member.id}> {TOWER}")
    result = await world.member.context_menu(world.channel, "Find the passage", message)

    assert not result.ephemeral
    [embed] = world.said()[0].embeds
    assert embed.title == f"Does anybody know? {TOWER}"
    assert embed.description == TOWER_QUOTE


async def test_find_the_passage_on_a_message_without_words(world: World) -> None:
    picture = await world.other.send(world.channel, attachments=[("gull.png", b"not really")])
    others = [await world.other.send(world.channel, text) for text in ("🙂", "<:gull:123456789012345678>", "<@1>")]
    for message in (picture, *others):
        result = await world.member.context_menu(world.channel, "Find the passage", message)

        assert result.ephemeral
        assert result.response is not None
        assert result.response.content == "That message has no words that I could look up."
    assert len(world.env.errors) == 4


# Mentions, replies, direct messages


async def test_a_mention_is_answered_by_a_reply_that_pings_nobody(world: World) -> None:
    message = await world.member.send(world.channel, world.mention(TOWER))

    [reply] = world.said(to=world.other)
    assert reply.reference is not None
    assert reply.reference.message_id == message.id
    assert reply.embeds[0].title is None
    assert reply.embeds[0].description == TOWER_QUOTE
    assert (reply.mentions, reply.role_mentions, reply.mention_everyone) == ([], [], False)


async def test_whatever_else_is_in_a_mention_does_not_matter(world: World) -> None:
    assert world.bot.user is not None
    bot, other, channel = world.bot.user.id, world.other.id, world.channel.id
    for content in (
        f"<@!{bot}> {TOWER}",
        f"{TOWER} <@{bot}>",
        f"Hey <@{bot}>, <@{other}> <#{channel}> <:gull:123456789012345678> </ask:123456789012345678> {TOWER}",
        f"<@{bot}>\n{TOWER}",
    ):
        await world.member.send(world.channel, content)
    assert descriptions(world.said()) == [TOWER_QUOTE] * 4


async def test_a_mention_without_a_question_is_told_how_to_ask(world: World) -> None:
    await world.member.send(world.channel, world.mention(""))
    await world.member.send(world.channel, world.mention("🙂"))
    assert [message.content for message in world.said()] == [HOW_TO_ASK, WORDS_ONLY]


async def test_a_reply_that_only_pings_is_no_question(world: World) -> None:
    await world.member.send(world.channel, world.mention(TOWER))
    [reply] = world.said()
    await world.member.send(world.channel, "Thank you, who would have thought", reply_to=reply)
    await world.member.send(world.channel, world.mention(QUEEN), reply_to=reply)

    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE]


async def test_what_is_not_said_to_the_bot_is_not_answered(world: World) -> None:
    machine = world.guild.add_member(world.env.create_user("machine", bot=True))
    await machine.send(world.channel, world.mention(TOWER))
    await world.guild.create_webhook(world.channel).send(world.mention(TOWER))
    await world.member.send(world.channel, f"@everyone {TOWER}")
    await world.member.send(world.channel, f"<@{world.other.id}> {TOWER}")
    await world.member.send(world.channel, TOWER)
    renamed = world.guild.create_text_channel(world.mention(TOWER))
    notice = world.guild.create_system_message(
        world.channel, MessageType.CHANNEL_NAME_CHANGE, author=world.member, target_channel=renamed
    )
    await world.env.settle()
    assert notice.content == world.mention(TOWER)

    assert world.said() == []


async def test_a_direct_message_is_a_question(world: World) -> None:
    await world.member.send_dm(TOWER)
    await world.member.send_dm("🙂")
    picture = world.env.backend.store_attachments(world.member.user.dm_channel.id, [("gull.png", b"not really")])
    await world.member.send_dm(attachments=picture)

    answer, *refusals = [m for m in world.member.user.dm_channel.history() if m.author == world.bot.user]
    assert answer.embeds[0].description == TOWER_QUOTE
    assert [refusal.content for refusal in refusals] == [WORDS_ONLY, WORDS_ONLY]


# Where the bot may not do everything


async def test_where_the_bot_may_not_write_it_says_so_in_the_log_alone(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    channels = [
        world.channel_for_bot("read-only", send_messages=False),
        # Discord sends the bot nothing from a channel like this; the simulator does.
        world.channel_for_bot("hidden", view_channel=False),
    ]
    before = len(world.env.http_requests)
    with caplog.at_level(logging.INFO, "pullquote.cogs.ask"):
        for channel in channels:
            await world.member.send(channel, world.mention(TOWER))

    assert world.env.http_requests[before:] == []
    assert [record.getMessage() for record in caplog.records if record.name == "pullquote.cogs.ask"] == [
        f"Not answering in channel {channel.id}: I may not write there" for channel in channels
    ]


async def test_where_the_bot_may_not_embed_it_answers_in_plain_text(world: World) -> None:
    channel = world.channel_for_bot("plain", embed_links=False)
    await world.member.send(channel, world.mention(TOWER))

    [reply] = world.said(channel)
    assert reply.embeds == []
    assert reply.content == f"**✅ From the articles**\n{TOWER_QUOTE}"


async def test_where_the_bot_may_not_read_the_history_it_answers_without_a_reference(world: World) -> None:
    channel = world.channel_for_bot("forgetful", read_message_history=False)
    await world.member.send(channel, world.mention(TOWER))

    [reply] = world.said(channel)
    assert reply.reference is None
    assert reply.embeds[0].description == TOWER_QUOTE


@pytest.mark.parametrize(("permission", "answers"), [(True, [TOWER_QUOTE]), (False, [])])
async def test_threads_have_a_permission_of_their_own(world: World, permission: bool, answers: list[str]) -> None:
    channel = world.channel_for_bot("threads", send_messages=not permission, send_messages_in_threads=permission)
    discord_channel = world.bot.get_channel(channel.id)
    assert isinstance(discord_channel, discord.TextChannel)
    await discord_channel.create_thread(name="A thread", type=discord.ChannelType.public_thread)
    [thread] = channel.threads
    await world.member.send(thread, world.mention(TOWER))

    assert descriptions(world.said(thread)) == answers


# What goes wrong meanwhile


async def test_a_message_that_is_deleted_before_the_answer(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    question = world.channel.last_message
    assert question is not None
    await world.under_way(world.member.delete(question), lambda: question.id not in known(world))
    gated.open()
    await world.env.settle()

    assert descriptions(world.said()) == [TOWER_QUOTE]
    # The simulator overlooks it, but Discord refuses a reply to nothing unless it is told not to mind.
    body = world.env.http_requests[-1].json
    assert body is not None
    assert body["message_reference"]["fail_if_not_exists"] is False


async def test_a_channel_that_is_deleted_before_the_answer(
    world: World, gated: GatedEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    world.env.backend.delete_channel(world.channel.id)
    gated.open()
    with caplog.at_level(logging.INFO, "pullquote.cogs"):
        await world.env.settle()

    assert "Unknown Channel" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060)])
async def test_an_interaction_that_expired_or_was_answered_is_left_alone(
    world: World, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    world.env.inject_error("POST", "/interactions/*/callback", status=status, code=code, message="Too late")
    with caplog.at_level(logging.INFO, "pullquote.cogs"):
        result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert not result.acknowledged
    assert len([request for request in world.env.http_requests if request.path.startswith("/interactions/")]) == 1
    assert len(world.env.errors) == 1
    assert "Nobody is left to answer at interaction" in caplog.text
    assert "Traceback" not in caplog.text


async def test_an_answer_that_was_deleted_meanwhile_is_left_alone(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    await world.under_way(world.member.slash(world.channel, "ask", question=TOWER), lambda: gated.batches)
    [thinking] = world.said()
    world.env.backend.delete_message(world.channel.id, thinking.id)
    gated.open()
    await world.env.settle()

    assert world.said() == []
    assert len(world.env.errors) == 1


async def test_where_discord_refuses_the_answer_no_second_one_is_tried(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    await world.member.send(world.channel, world.mention(TOWER))

    assert world.said() == []
    assert len([request for request in world.env.http_requests if request.path.endswith("/messages")]) == 1
    assert "Discord does not let me answer at message" in caplog.text
    assert "Traceback" not in caplog.text


def apology_in(content: str, log: pytest.LogCaptureFixture, error: type[Exception]) -> None:
    """The apology carries the code under which the log has the error with its traceback."""
    match = APOLOGY.fullmatch(content)
    assert match is not None, content
    [record] = [r for r in log.records if r.levelno == logging.ERROR and r.name == "pullquote.cogs.tree"]
    assert match[1] in record.getMessage()
    assert record.exc_info is not None
    assert record.exc_info[0] is error


def broken(answerer: Answerer, questions: list[Question]) -> list[Answer]:
    raise ZeroDivisionError("the index is gone")


async def test_an_unexpected_error_ends_in_an_apology_to_the_asker_alone(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Answerer, "answer_all", broken)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert result.response is None
    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, ZeroDivisionError)
    assert world.said(to=world.other) == []
    assert len(world.env.errors) == 1


async def test_an_unexpected_error_in_a_private_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Answerer, "answer_all", broken)
    result = await world.member.slash(world.channel, "ask", question=TOWER, private=True)

    assert result.followups == []
    assert result.response is not None
    assert result.response.ephemeral
    apology_in(result.response.content, caplog, ZeroDivisionError)
    assert len(world.env.errors) == 1


async def test_an_unexpected_error_after_a_mention(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Answerer, "answer_all", broken)
    await world.member.send(world.channel, world.mention(TOWER))

    [reply] = world.said()
    apology_in(reply.content, caplog, ZeroDivisionError)


async def test_an_error_of_discord_ends_in_an_apology(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, discord.HTTPException)
    assert len(world.env.errors) == 1


async def test_the_asker_is_told_even_if_the_public_message_cannot_be_taken_back(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Answerer, "answer_all", broken)
    world.env.inject_error("DELETE", "/webhooks/*/messages/@original", status=500)
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    [apology] = result.followups
    assert apology.ephemeral
    apology_in(apology.content, caplog, ZeroDivisionError)
    assert [message.content for message in world.said(to=world.other)] == ["No answer this time."]
    assert len(world.env.errors) == 1


async def test_while_discord_cannot_be_reached_nothing_escapes(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def unreachable(*_: object, **__: object) -> None:
        raise aiohttp.ServerDisconnectedError

    monkeypatch.setattr(world.bot.http, "request", unreachable)
    monkeypatch.setattr(discord.Interaction, "edit_original_response", unreachable)
    question = await world.member.send(world.channel, world.mention(TOWER))
    await world.member.slash(world.channel, "ask", question=TOWER)

    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warnings[0] == f"The error message for message {question.id} could not be sent: Server disconnected"
    assert re.fullmatch(r"The error message for interaction \d+ could not be sent: Server disconnected", warnings[1])
    assert len(world.env.errors) == 1


# Many at once, and the end


async def test_questions_that_come_together_are_answered_together(world: World, gated: GatedEncoder) -> None:
    gated.questions.clear()
    for number, question in enumerate((TOWER, QUEEN, TOWER, QUEEN)):
        sending = world.member.send(world.channel, world.mention(question))
        await world.under_way(sending, lambda: gated.batches and waiting(world) == number)  # noqa: B023
    gated.open()
    await world.env.settle()

    assert gated.batches == [1, 3]
    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE, TOWER_QUOTE, QUEEN_QUOTE]


async def test_too_many_at_once_are_asked_to_wait(
    world: World, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pullquote.cogs.answer_queue.MAX_WAITING", 1)
    gated.questions.clear()
    await world.under_way(world.member.send(world.channel, world.mention(TOWER)), lambda: gated.batches)
    await world.under_way(world.member.send(world.channel, world.mention(QUEEN)), lambda: waiting(world) == 1)
    slash = world.other.slash(world.channel, "ask", question=TOWER)
    await world.under_way(slash, lambda: any(message.content for message in world.said(to=world.other)))
    gated.open()
    await world.env.settle()

    [busy] = [message for message in world.said(to=world.other) if message.content]
    assert busy.flags.ephemeral
    assert busy.content == "A lot of questions are waiting just now. Please ask again in a minute."
    assert descriptions(world.said(to=world.other)) == [TOWER_QUOTE, QUEEN_QUOTE]
    assert len(world.env.errors) == 1


async def test_closing_lets_answers_in_flight_out(
    world: World, gated: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = discord.Interaction.edit_original_response
    let_out = asyncio.Event()

    async def held_up(interaction: discord.Interaction, **content: Any) -> object:
        await let_out.wait()
        return await send(interaction, **content)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", held_up)
    gated.questions.clear()
    await world.under_way(world.member.slash(world.channel, "ask", question=TOWER), lambda: gated.batches)
    await world.under_way(world.member.send(world.channel, world.mention(QUEEN)), lambda: waiting(world) == 1)
    closing = asyncio.create_task(world.bot.close())
    await until(lambda: world.bot.in_flight.closing)
    gated.open()
    await until(lambda: QUEEN_QUOTE in descriptions(world.said()))
    assert not closing.done()
    let_out.set()
    await closing

    assert world.bot.is_closed()
    assert descriptions(world.said()) == [TOWER_QUOTE, QUEEN_QUOTE]


# What articles may hold


NASTY = (
    "---\ntitle: '@everyone <@1> [win](https://evil.example) **now**'\nurl: javascript:alert(1)\n---\n\n"
    "# <@&2> ||section||\n\n"
    "The walrus said @everyone and @here <@1> <@!1> <@&2> to <#3>. It hid a ||spoiler|| and `code`, a "
    "\\[link\\](https://evil.example), <t:1700000000:R> and <:gull:123456789012345678>.\n\n"
    "```\nSeals, in code, @everyone:\n# heading\n- list\n> quote\n```\n"
)


@pytest.mark.parametrize("embed_links", [True, False])
async def test_nothing_in_an_article_pings_or_links(
    world: World, make_folder: MakeFolder, library: Library, embed_links: bool
) -> None:
    make_folder({"nasty.md": NASTY})
    library.reload("a test")
    channel = world.channel_for_bot("nasty", embed_links=embed_links)
    await world.member.send(channel, world.mention("What did the walrus say to @everyone and @here?"))
    await world.member.slash(channel, "ask", question="What did the walrus say to @everyone <@1>?")

    reply, answer = world.said(channel)
    shown = reply.content or (reply.embeds[0].description or "")
    assert (
        "> **The walrus said \\@everyone and \\@here \\<\\@1\\> \\<\\@!1\\> \\<\\@&2\\> to \\<#3\\>.** "
        "It hid a \\|\\|spoiler\\|\\| and code, a \\[link\\](https\\://evil.example), "
        "\\<t\\:1700000000\\:R\\> and \\<\\:gull\\:123456789012345678\\>."
    ) in shown
    assert "— \\@everyone \\<\\@1\\> \\[win\\](https\\://evil.example) \\*\\*now\\*\\* · " in shown
    assert answer.embeds[0].title == "What did the walrus say to \\@everyone ?"
    for message in (reply, answer):
        assert (message.mentions, message.role_mentions, message.mention_everyone) == ([], [], False)
    assert "javascript" not in str([request.json for request in world.env.http_requests])


# Restarts


def registrations(world: World) -> int:
    return len([request for request in world.env.http_requests if request.method == "PUT"])


async def test_commands_are_registered_again_only_when_they_changed(
    world: World, settings: Settings, library: Library
) -> None:
    assert registrations(world) == 1

    await world.env.restart_bot(create_bot(settings, library))
    assert registrations(world) == 1
    await world.member.slash(world.channel, "ask", question=TOWER)
    assert descriptions(world.said()) == [TOWER_QUOTE]

    await world.env.restart_bot(create_bot(settings.model_copy(update={"moderator_role": "Keepers"}), library))
    assert registrations(world) == 2


async def test_no_privileged_intent_is_asked_for(world: World) -> None:
    intents = world.bot.intents
    assert (intents.members, intents.presences, intents.message_content) == (False, False, False)
