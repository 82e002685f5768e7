"""The button More: the passages that come after those that are shown."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import create_bot
from pullquote.cogs.answers.more import places_code, places_in
from pullquote.cogs.answers.places import Place
from pullquote.library.library import Library
from pullquote.settings import Settings
from retrieval.answer import Hit
from retrieval.article import Passage, Span
from tests.support.corpus_commands import labels, message, shown, told
from tests.support.discord_world import SIMULATION, World, archived_thread, buttons
from tests.support.fake_encoder import article
from tests.support.folders import MakeFolder
from tests.support.known_answers import TOWER

BELLS = "# Bells\n\n" + "\n\n".join(
    f"## The {name} tower\n\nThe {name} bell of the harbour was cast in {year}. It hangs in the {name} tower."
    for name, year in [
        *(("north", 1801), ("south", 1802), ("east", 1803), ("west", 1804), ("old", 1805), ("new", 1806)),
        *(("great", 1807), ("small", 1808), ("loud", 1809), ("low", 1810)),
    ]
)
QUESTION = "When was the great bell of the harbour cast?"
SIMULATED = pytest.mark.simcord(**SIMULATION)


@SIMULATED
async def test_the_next_passages_come_three_a_page_and_none_twice(
    world: World, make_folder: MakeFolder, library: Library, settings: Settings
) -> None:
    make_folder({"bells.md": BELLS})
    library.reload("a test")
    await world.member.slash(world.channel, "ask", question=QUESTION)
    [answer] = world.said()
    await world.env.restart_bot(create_bot(settings, library))
    result = await world.other.click(answer, label="More")

    first = shown(result)
    assert first.author.name == "More from the articles"
    assert [field.name for field in first.fields] == [f"Further passage {number}" for number in (1, 2, 3)]
    assert first.footer.text == "Quoted word for word · page 1 of 2"
    assert labels(result) == ["Next ▶"]
    values = [field.value for field in first.fields]
    await world.other.click(message(result), label="Next ▶")
    assert [field.name for field in shown(result).fields] == [f"Further passage {number}" for number in (4, 5, 6)]
    assert labels(result) == ["◀ Back"]
    values += [field.value for field in shown(result).fields]
    assert len(set(values)) == 6
    assert all(str(value).startswith("> ") and "\n— Bells · The " in str(value) for value in values)
    quoted = str(answer.embeds[0].to_dict())
    assert [value for value in values if str(value).split("\n")[0] in quoted] == []
    await world.other.click(message(result), label="◀ Back")
    assert shown(result).to_dict() == first.to_dict()
    assert world.env.errors == []


@SIMULATED
async def test_what_is_left_after_a_change_is_shown_and_nothing_else(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    thread = await archived_thread(world, TOWER)
    [answer] = world.said(thread)
    assert buttons(answer) == ["Context", "More", "Source", "Delete"]
    before = [field.value for field in shown(await world.other.click(answer, label="More")).fields]
    (make_folder({}) / "chess.txt").unlink()
    library.reload("a moderator")
    after = [field.value for field in shown(await world.other.click(answer, label="More")).fields]
    assert "chess" in str(before)
    assert "chess" not in str(after)
    for file in make_folder({}).iterdir():
        file.unlink()
    make_folder({"another.md": "All of this is written anew."})
    library.reload("a moderator")
    assert told(await world.other.click(answer, label="More")) == (
        "The articles have changed since then. Please ask again."
    )


@SIMULATED
async def test_where_nothing_may_be_embedded_more_begins_with_the_second_passage(
    world: World, make_folder: MakeFolder, library: Library
) -> None:
    make_folder({"bells.md": BELLS})
    library.reload("a test")
    plain = world.channel_for_bot("plain", embed_links=False)
    for channel in (plain, world.channel):
        await world.member.send(channel, world.mention("When were the bells of the harbour cast?"))
    second = world.said()[0].embeds[0].fields[0].value
    embed = shown(await world.other.click(world.said(plain)[0], label="More"))
    sentence = str(second).split("\n")[0].removesuffix(" …")
    assert str(embed.fields[0].value).replace("**", "").startswith(sentence)


@given(st.lists(st.tuples(st.binary(min_size=32, max_size=32), st.integers(0, 1 << 25), st.integers(0, 1 << 17))))
def test_places_come_back_as_they_went_into_the_button(given: list[tuple[bytes, int, int]]) -> None:
    fit = [each for each in given if each[1] < 1 << 24 and each[2] < 1 << 16]
    code = places_code([hit(*each) for each in given])
    assert len(f"more:{code}:9") <= 100
    assert places_in(code) == [Place(raw.hex()[:12], start, start + offset) for raw, start, offset in fit[:6]]


@given(st.text("abcXYZ019_-", max_size=88))
def test_a_made_up_code_has_places_or_none_and_nothing_fails(code: str) -> None:
    assert len(places_in(code)) <= 6


def hit(digest: bytes, start: int, offset: int) -> Hit:
    sentence = Span(start + offset, start + offset + 1)
    passage = Passage(1, start, sentence.end, (), (sentence,))
    return Hit(dataclasses.replace(article("Words."), digest=digest.hex()), passage, sentence, 0.5, {})
