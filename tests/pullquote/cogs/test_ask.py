"""Asking with /ask and with "Find the passage"."""

from __future__ import annotations

import os

import discord
import pytest
from simcord.backend.errors import SetupError

from pullquote.library.library import Library
from tests.support.discord_world import SIMULATION, World, descriptions
from tests.support.folders import MakeFolder
from tests.support.known_answers import TOWER, TOWER_QUOTE

pytestmark = pytest.mark.simcord(**SIMULATION)

WORDS_ONLY = "I can look up words only. Ask me a question about the articles, in a few words."


# /ask


async def test_an_answer_for_all_to_see(world: World) -> None:
    result = await world.member.slash(world.channel, "ask", question=TOWER)

    assert (result.deferred, result.ephemeral, result.followups) == (False, False, [])
    [message] = world.said(to=world.other)
    assert (message.content, message.attachments) == ("", [])
    [embed] = message.embeds
    assert embed.title == TOWER
    assert embed.author.name == "✅ The article says"
    assert embed.description == TOWER_QUOTE
    assert embed.footer.text == "Quoted word for word"


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
    assert answered.author.name == "✅ The article says"
    assert closest.author.name == "🔎 It may be here"
    assert closest.description is not None
    assert closest.description.startswith("The article does not mention “sweet”. This comes closest:\n\n> ")
    assert not_there.author.name == "🚫 The articles don't say"
    assert not_there.description is not None
    assert not_there.description.startswith("Other words may help")
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


async def test_a_question_in_another_language_is_told_so_in_that_language(world: World) -> None:
    questions = ["Wann wurde der Turm fertig?", "灯塔是什么时候建成的？", "متى اكتمل البرج؟"]
    for question in questions:
        await world.member.slash(world.channel, "ask", question=question)

    embeds = [message.embeds[0] for message in world.said()]
    assert [embed.title for embed in embeds] == questions
    assert {embed.author.name for embed in embeds} == {"🌐 Another language"}
    assert [embed.description for embed in embeds] == [
        "Fragen in dieser Sprache verstehe ich hier nicht. Sprache der Artikel: Englisch. "
        "Bitte stell deine Frage noch einmal in dieser Sprache.",
        "我在这里看不懂用这种语言提出的问题。文章的语言：英语。请用该语言再问一次。",
        "لا أفهم هنا الأسئلة المكتوبة بهذه اللغة. لغة المقالات: الإنجليزية. يرجى طرح السؤال مرة أخرى بتلك اللغة.",
    ]


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


async def test_find_the_passage_on_a_forwarded_message_an_embed_and_an_answer(world: World) -> None:
    asked = await world.other.send(world.channel, f"<@{world.member.id}> {TOWER}")
    forwarded = await world.other.forward(asked, world.channel)
    webhook = world.guild.create_webhook(world.channel)
    titled = await webhook.send(embed=discord.Embed(title=TOWER, description="A page."))
    described = await webhook.send(embed=discord.Embed(description=f"**{TOWER}**"))
    await world.member.slash(world.channel, "ask", question=TOWER)
    [answer] = world.said()
    for message in (forwarded, titled, described, answer):
        await world.member.context_menu(world.channel, "Find the passage", message)
    assert descriptions(world.said()) == [TOWER_QUOTE] * 5


async def test_find_the_passage_on_a_message_without_words(world: World) -> None:
    picture = await world.other.send(world.channel, attachments=[("gull.png", b"not really")])
    others = [await world.other.send(world.channel, text) for text in ("🙂", "<:gull:123456789012345678>", "<@1>")]
    for message in (picture, *others):
        result = await world.member.context_menu(world.channel, "Find the passage", message)

        assert result.ephemeral
        assert result.response is not None
        assert result.response.content == "That message has no words that I could look up."
    assert len(world.env.errors) == 4


# One article alone


async def test_one_article_is_asked_alone(world: World) -> None:
    [embed] = (await asked_of(world, "lighthouse.md")).embeds
    assert embed.description == TOWER_QUOTE
    [embed] = (await asked_of(world, "How bees make hony")).embeds
    assert embed.author.name != "✅ The article says"
    assert "Gull Point" not in str(embed.to_dict())


async def asked_of(world: World, article: str) -> discord.Message:
    await world.member.slash(world.channel, "ask", question=TOWER, article=article)
    return world.said()[-1]


async def test_an_article_that_is_not_there_is_told_privately(world: World) -> None:
    result = await world.member.slash(world.channel, "ask", question=TOWER, article="zzzzz")
    assert result.followups[-1].content == (
        "No article is called “zzzzz”. Did you mean “chess.txt”? Pick one from the list as you type."
    )
    assert len(world.env.errors) == 1


async def test_only_articles_that_can_be_asked_are_offered(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    make_folder({"keys.md": "---\ntags: [crew]\n---\n\n# The keys\n\nThe keys hang in the hall.\n"})
    library.reload("a test")
    keepers = world.guild.create_role("Keepers")
    keeper = world.guild.add_member(world.env.create_user("keeper"), roles=[keepers])
    await world.moderator.slash(world.channel, "corpus scope allow", tag="crew", role=keepers)

    async def offered(typed: str, *, private: bool) -> list[str]:
        found = await keeper.autocomplete(world.channel, "ask", "article", typed, question=TOWER, private=private)
        return [choice["value"] for choice in found]

    assert await offered("lighthuose", private=False) == ["lighthouse.md"]
    assert (await offered("the kyes", private=True))[0] == "keys.md"
    assert "keys.md" not in await offered("the kyes", private=False)
    assert "keys.md" in await offered("", private=True)
    assert "keys.md" not in await offered("", private=False)


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
