"""/corpus status and /corpus list."""

from __future__ import annotations

import dataclasses

import pytest

from pullquote.cogs.corpus.cog import Articles
from pullquote.library.library import Library
from pullquote.settings import Settings
from tests.support.corpus_commands import BLUE, shown
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
        ("Own articles", "0 (0 passages)"),
        ("Shared articles", "3"),
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
