"""The scenes of the pictures, in the real bot; and the pictures show what it says now."""

from __future__ import annotations

from pathlib import Path

import discord

from pullquote.library.library import Library
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from tests.pictures.drawing import PICTURES, THEMES, shown
from tests.pictures.scenes import CORPUS, SCENES, fingerprint, stage
from tests.support.discord_world import buttons
from tests.support.payloads import assert_sound


async def test_each_scene_says_what_its_picture_is_of(tmp_path: Path, encoder: SentenceTransformerEncoder) -> None:
    library = Library.open(CORPUS, tmp_path, encoder)
    said: dict[str, list[discord.Message]] = {}
    fingerprints: dict[str, str] = {}
    async with stage(tmp_path, library) as world:
        for name, play in SCENES.items():
            channel = world.guild.create_text_channel(name)
            await play(world, channel)
            said[name] = world.said(channel, to=world.moderator)
            fingerprints[name] = fingerprint(world, channel)
        assert world.env.errors == []
        assert assert_sound(world.env.http_requests) > 0

    assert {name: [buttons(message) for message in messages] for name, messages in said.items()} == {
        "answer": [["Context", "More", "Delete"]],
        "no-answer": [["Context", "More", "Delete"], ["Show the nearest passage", "Delete"]],
        "preview": [["Add", "Edit details", "Tags", "Cancel"]],
        "difference": [["Replace", "Edit details", "Tags", "Keep both", "Cancel"]],
        "list": [[]],
        "history": [[]],
    }
    embeds = {name: [embed for message in messages for embed in message.embeds] for name, messages in said.items()}
    assert [embed.author.name for embed in embeds["answer"] + embeds["no-answer"]] == [
        "✅ The article says",
        "🔎 It may be here",
        "🚫 The articles don't say",
    ]
    assert fields(embeds["preview"]).keys() == {"This article", "As members would see it", "Good to know"}
    assert fields(embeds["preview"])["This article"] == "- shares 95% of its text with Moorings in 2025"
    assert fields(embeds["difference"])["What changes in its passages"] == (
        "1 added, 2 changed, 1 removed · 4 unchanged\n"
        "- **Changed:** … harbour office on channel ~~12~~ **14** before you pass the …\n"
        "- **Changed:** … night costs three pounds **fifty** a metre. The fourth …\n"
        "- **Added:** Drones are not flown without the harbour master's leave.\n"
        "- **Removed:** Generators are off from ten in the evening until seven in the morning."
    )
    assert [embed.title for embed in embeds["list"] + embeds["history"]] == ["4 articles", "History of the articles"]
    # If not: `make pictures`.
    assert fingerprints == {name: shown(PICTURES / f"{name}-{theme}.png") for name in SCENES for theme in THEMES}


def fields(embeds: list[discord.Embed]) -> dict[str | None, str | None]:
    [embed] = embeds
    return {field.name: field.value for field in embed.fields}
