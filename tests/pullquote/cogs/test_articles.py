"""/corpus status and /corpus list."""

from __future__ import annotations

import dataclasses

import pytest

from pullquote.cogs.articles import Articles
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import BLUE, file_of, lines, shown
from tests.support.discord_world import SIMULATION, World
from tests.support.folders import MakeFolder

pytestmark = pytest.mark.simcord(**SIMULATION)


async def test_the_status(world: World, library: Library, settings: Settings) -> None:
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))

    size = sum(file.stat().st_size for file in library.shelf.rglob("*") if file.is_file())
    cog = world.bot.get_cog("Articles")
    assert isinstance(cog, Articles)
    assert (embed.title, embed.colour) == ("Corpus", BLUE)
    assert [(field.name, field.value) for field in embed.fields] == [
        ("Articles", "3"),
        ("Passages", "7 (11 sentences)"),
        ("Model", "all-MiniLM-L6-v2"),
        ("Built", f"<t:{int(library.corpus.built_at.timestamp())}:R>"),
        ("Index size", f"{size / 1024 / 1024:.1f} MB"),
        ("Running since", f"<t:{int(cog.started_at.timestamp())}:R>"),
    ]


@pytest.mark.parametrize("name", ["/srv/models/our model", "C:\\\\models\\\\our model\\\\", "them/our model"])
async def test_the_status_does_not_say_where_a_model_lies(world: World, library: Library, name: str) -> None:
    library._corpus = dataclasses.replace(library.corpus, model=name)
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))
    assert [field.value for field in embed.fields if field.name == "Model"] == ["our model"]


async def test_the_status_names_problems(world: World, make_folder: MakeFolder, library: Library) -> None:
    make_folder({f"broken_{number}.md": "---\ntitle: [\n---\n\nText." for number in range(5)})
    library.reload("a test")
    embed = shown(await world.moderator.slash(world.channel, "corpus status"))

    assert embed.fields[-1].name == "Problems"
    assert embed.fields[-1].value is not None
    *named, further = embed.fields[-1].value.split("\n")
    assert [line.partition(": ")[0] for line in named] == [f"- broken\\_{number}.md" for number in range(3)]
    assert further == "and 2 more: see /corpus reload"


async def test_the_list_links_articles(world: World, make_folder: MakeFolder, library: Library) -> None:
    dated = "---\ntitle: '[A] *dated* one'\nurl: https://example.org/(a)\npublished: 2026-02-03\n---\n\nText."
    evil = "---\ntitle: An evil one\nurl: javascript:alert(1)\n---\n\nText of its own."
    make_folder({"dated.md": dated, "evil.md": evil})
    library.reload("a test")
    embed = shown(await world.moderator.slash(world.channel, "corpus list"))

    assert (embed.title, embed.colour) == ("5 articles", BLUE)
    assert lines(embed) == [
        "- chess (3 passages, chess.txt)",
        "- [(A) \\*dated\\* one](https://example.org/%28a%29) (1 passage, 2026-02-03, dated.md)",
        "- An evil one (1 passage, evil.md)",
        "- How bees make honey (2 passages, honey.md)",
        "- [The lighthouse at Gull Point](https://example.org/lighthouse) (2 passages, lighthouse.md)",
    ]


async def test_a_long_list_comes_with_a_file(world: World, make_folder: MakeFolder, library: Library) -> None:
    head = "---\ntitle: '*Issue* {0:03}'\nurl: https://example.org/{0:03}\n---\n\nThe same text."
    make_folder({f"issue_{number:03}.md": head.format(number) for number in range(300)})
    library.reload("a test")
    result = await world.moderator.slash(world.channel, "corpus list")

    embed = shown(result)
    assert embed.title == "303 articles"
    shown_lines = lines(embed)
    assert shown_lines[2] == "- [\\*Issue\\* 000](https://example.org/000) (1 passage, issue\\_000.md)"
    assert shown_lines[-1] == f"… and {303 - len(shown_lines) + 1} more lines, all in the file."
    in_file = await file_of(result)
    assert len(in_file) == 303
    assert in_file[2] == "*Issue* 000 (1 passage, issue_000.md, https://example.org/000)"
