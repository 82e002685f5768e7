"""/corpus list, show and history."""

from __future__ import annotations

import pytest

from pullquote.library.library import Library
from tests.support.corpus_commands import (
    BLUE,
    FERRY,
    NOON,
    NOON_QUOTE,
    add,
    labels,
    lines,
    message,
    quote,
    refusal,
    shown,
    told,
)
from tests.support.discord_world import SIMULATION, World, until
from tests.support.folders import MakeFolder

pytestmark = pytest.mark.simcord(**SIMULATION)


async def test_the_list_links_articles_and_says_where_they_are_from(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    dated = "---\ntitle: '[A] *dated* one'\nurl: https://example.org/(a)\npublished: 2026-02-03\n---\n\nText."
    evil = "---\ntitle: An evil one\nurl: javascript:alert(1)\n---\n\nText of its own."
    make_folder({"dated.md": dated, "evil.md": evil})
    library.reload("a test")
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus list")

    assert (shown(result).title, shown(result).colour) == ("6 articles", BLUE)
    articles = lines(shown(result))
    [ferry] = [line for line in articles if "ferry" in line]
    assert ferry.startswith("- [The ferry](https://example.org/ferry) · ferry.md · 2 passages · <t:")
    assert [line for line in articles if line != ferry] == [
        "- [(A) \\*dated\\* one](https://example.org/%28a%29) · dated.md · 1 passage · shared",
        "- An evil one · evil.md · 1 passage · shared",
        "- chess · chess.txt · 3 passages · shared",
        "- How bees make honey · honey.md · 2 passages · shared",
        "- [The lighthouse at Gull Point](https://example.org/lighthouse) · lighthouse.md · 2 passages · shared",
    ]


async def test_a_long_list_has_pages(world: World, make_folder: MakeFolder, library: Library) -> None:
    head = "---\ntitle: 'Issue {0:03}'\n---\n\nThe same text."
    make_folder({f"issue_{number:03}.md": head.format(number) for number in range(40)})
    library.reload("a test")
    result = await world.moderator.slash(world.channel, "corpus list", search="issue")

    assert shown(result).title == "40 articles for “issue”"
    assert shown(result).footer.text == "Page 1 of 3"
    assert labels(result) == ["Next ▶"]
    await world.moderator.click(message(result), label="Next ▶")
    assert shown(result).footer.text == "Page 2 of 3"
    assert labels(result) == ["◀ Back", "Next ▶"]
    await world.moderator.click(message(result), label="Next ▶")
    assert lines(shown(result))[-1].startswith("- Issue 039 ")
    assert labels(result) == ["◀ Back"]


async def test_what_was_changed_last_comes_first(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "mill.md", b"# The mill\n\nThe mill grinds rye.\n")
    result = await world.moderator.slash(world.channel, "corpus list", sort="newest")
    assert [line.split(" · ")[1] for line in lines(shown(result))[2:]] == [
        "chess.txt",
        "honey.md",
        "lighthouse.md",
    ]


async def test_what_was_quoted_in_most_answers_comes_first(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "chess.txt", b"# Chess in Norra\n\nThe club of Norra meets on Mondays.\n")
    for _ in range(2):
        assert await quote(world, NOON) == NOON_QUOTE
    await quote(world, "When does the club of Norra meet?")
    await world.member.send(world.channel, world.mention("When does the club of Norra meet?"))
    await world.member.send(world.channel, world.mention("When does the club of Norra meet?"))
    await world.member.send_dm("When was the tower finished?")
    await world.moderator.slash(world.channel, "corpus test", question="When was the tower finished?")
    await quote(world, "Who won the world cup in 1998?")
    result = await world.moderator.slash(world.channel, "corpus list", sort="quoted")

    listed = [line.split(" · ") for line in lines(shown(result))]
    assert [(line[1], line[3]) for line in listed[:2]] == [
        ("chess.txt", "quoted in 3 answers"),
        ("ferry.md", "quoted in 2 answers"),
    ]
    assert ["quoted" in line for line in lines(shown(result))] == [True, True, False, False, False]
    first = await world.moderator.slash(world.channel, "corpus show", article="chess.txt")
    assert shown(first).footer.text == "1 passage · quoted in 3 answers · chess (2).txt"
    shared = await world.moderator.slash(world.channel, "corpus test", question="What do most players choose?")
    await world.moderator.click(message(shared), label="The text around 1")
    assert shown(shared).footer.text == "3 passages · chess.txt"


async def test_an_article_is_shown_passage_by_passage(world: World) -> None:
    text = "# Signals\n\n## Flags\n\n" + "\n\n".join(f"Flag {n} is hoisted. " * 20 for n in range(12))
    await add(world, "signals.md", text.encode())
    result = await world.moderator.slash(world.channel, "corpus show", article="signals.md")

    page = lines(shown(result))
    assert page[:3] == ["**Signals**", "**Flags**", "Paragraph 1"]
    assert page[3].startswith("> Flag 0 is hoisted.")
    assert labels(result) == ["Next ▶"]
    await world.moderator.click(message(result), label="Next ▶")
    assert labels(result)[0] == "◀ Back"
    footer = shown(result).footer.text
    assert footer is not None
    assert "signals.md · page 2 of " in footer


async def test_a_page_of_an_article_that_is_gone_says_so(world: World) -> None:
    text = "# Signals\n\n" + "\n\n".join(f"Flag {n} is hoisted. " * 20 for n in range(12))
    await add(world, "signals.md", text.encode())
    result = await world.moderator.slash(world.channel, "corpus show", article="signals.md")
    await add(world, "signals.md", text.replace("hoisted", "struck").encode())
    pressed = await world.moderator.click(message(result), label="Next ▶")
    assert told(pressed) == "This article has changed or gone since then. Please look it up again."


async def test_names_are_completed_though_a_letter_is_wrong(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "mill.md", b"# The mill\n\nThe mill grinds rye.\n")
    offered = await world.moderator.autocomplete(world.channel, "corpus show", "article", "fery")
    assert offered == [{"name": "The ferry · ferry.md", "value": "ferry.md"}]
    everything = await world.moderator.autocomplete(world.channel, "corpus show", "article", "")
    assert [choice["value"] for choice in everything] == ["ferry.md", "mill.md"]
    result = await world.moderator.slash(world.channel, "corpus show", article="The fery")
    assert lines(shown(result))[0] == "**[The ferry](https://example.org/ferry)**"


async def test_a_name_that_nothing_has_is_told(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    result = await world.moderator.slash(world.channel, "corpus show", article="zebra")
    assert refusal(world, result) == (
        "No article is called “zebra”. Did you mean “ferry.md”? Pick one from the list as you type."
    )


async def test_the_history_says_who_did_what(world: World) -> None:
    await add(world, "ferry.md", FERRY)
    await add(world, "ferry.md", FERRY.replace(b"noon", b"dawn"))
    result = await world.moderator.slash(world.channel, "corpus history")

    newest, what_came, older, first = lines(shown(result))[:4]
    assert (newest.split(" · ")[0], older.split(" · ")[0]) == ("**State 2**", "**State 1**")
    assert what_came == f"<@{world.moderator.id}> changed ferry.md"
    assert first == f"<@{world.moderator.id}> added ferry.md"
    alone = await world.moderator.slash(world.channel, "corpus history", article="ferry.md")
    assert shown(alone).title == "History of The ferry"
    assert len(lines(shown(alone))) == 4


async def test_a_long_history_has_older_pages(world: World) -> None:
    articles = world.bot.articles
    await until(lambda: articles.memberships.guilds())
    for number in range(10):
        for shared in (False, True):
            articles.memberships.share(world.guild.id, number, shared)
    result = await world.moderator.slash(world.channel, "corpus history")
    assert len(lines(shown(result))) == 20
    assert labels(result) == ["Older"]
    await world.moderator.click(message(result), label="Older")
    await world.moderator.click(message(result), label="Older")
    assert labels(result) == []
    assert len(lines(shown(result))) == 2


async def test_a_moderator_sees_how_an_answer_came_about(world: World) -> None:
    result = await world.moderator.slash(world.channel, "corpus test", question="When was the tower finished?")

    assert shown(result).title == "When was the tower finished?"
    assert lines(shown(result))[0] == "**The article says**"
    first = shown(result).fields[0]
    assert first.name is not None
    assert first.value is not None
    assert first.name.endswith("% · The lighthouse at Gull Point")
    assert first.value.startswith("> The tower was finished in 1874. …\nBuilding · paragraph 1\n")
    assert "\n**For it:** " in first.value
    assert len(shown(result).fields) == 5
    assert labels(result) == ["The text around 1"]
    await world.moderator.click(message(result), label="The text around 1")
    assert lines(shown(result))[0] == "**[The lighthouse at Gull Point](https://example.org/lighthouse)**"
