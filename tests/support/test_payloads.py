"""Where messages lie in requests, and the one assertion on all that a real bot sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
from discord import app_commands

from tests.support.discord_world import PATIENCE
from tests.support.payloads import assert_sound, violations

CHANNEL = "/channels/5/messages"
CALLBACK = "/interactions/1/token/callback"
ORIGINAL = "/webhooks/1/token/messages/@original"
TOO_LONG = {"content": "x" * 2001}
LONG_NAME = {"name": "x" * 33}
SAID_OF_MESSAGE = "content: 2001 characters, at most 2000"
SAID_OF_NAME = "commands[0].name: 33 characters, at most 32"


@dataclass(frozen=True)
class Recorded:
    """A request as the recorders keep it."""

    method: str
    path: str
    json: Any


@pytest.mark.parametrize(
    ("method", "path", "body", "said"),
    [
        ("POST", CHANNEL, TOO_LONG, SAID_OF_MESSAGE),
        ("POST", f"/api/v10{CHANNEL}", TOO_LONG, SAID_OF_MESSAGE),
        ("PATCH", f"{CHANNEL}/6", TOO_LONG, SAID_OF_MESSAGE),
        ("POST", "/webhooks/1/token", TOO_LONG, SAID_OF_MESSAGE),
        ("PATCH", ORIGINAL, TOO_LONG, SAID_OF_MESSAGE),
        ("PATCH", "/webhooks/1/token/messages/6", TOO_LONG, SAID_OF_MESSAGE),
        ("POST", CALLBACK, {"type": 4, "data": TOO_LONG}, SAID_OF_MESSAGE),
        ("POST", CALLBACK, {"type": 7, "data": TOO_LONG}, SAID_OF_MESSAGE),
        ("POST", CALLBACK, {"type": 4}, "message: empty"),
        (
            "POST",
            CALLBACK,
            {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}] * 26}},
            "choices: 26 choices, at most 25",
        ),
        (
            "POST",
            CALLBACK,
            {
                "type": 9,
                "data": {"components": [{"type": 1, "components": [{"type": 4, "custom_id": "x" * 101}]}]},
            },
            "components[0].components[0].custom_id: 101 characters, at most 100",
        ),
        ("PUT", "/applications/1/commands", [LONG_NAME], SAID_OF_NAME),
        ("PUT", "/applications/1/guilds/2/commands", [LONG_NAME], SAID_OF_NAME),
        ("POST", "/applications/1/commands", LONG_NAME, SAID_OF_NAME),
        ("PATCH", "/applications/1/guilds/2/commands/3", LONG_NAME, SAID_OF_NAME),
    ],
)
def test_what_is_checked_is_found_wherever_it_lies(method: str, path: str, body: Any, said: str) -> None:
    assert violations(method, path, body) == [said]


@pytest.mark.parametrize("body", [{"type": 5}, {"type": 5, "data": {"flags": 64}}, {"type": 6}, {"type": 1}])
def test_a_deferral_has_no_message(body: dict[str, Any]) -> None:
    assert violations("POST", CALLBACK, body) == []


def test_only_requests_with_a_body_are_counted() -> None:
    sound = Recorded("POST", CALLBACK, {"type": 5})
    assert assert_sound([]) == 0
    assert assert_sound([Recorded("POST", "/channels/5/typing", None), sound, sound]) == 2


def test_every_fault_of_every_request_is_listed() -> None:
    requests = [
        Recorded("POST", CHANNEL, TOO_LONG | {"sticker_ids": [7], "embeds": [{"title": "x"}] * 2}),
        Recorded("POST", CALLBACK, {"type": 5}),
        Recorded("PATCH", ORIGINAL, {"content": "@here [t](x:y)"}),
    ]
    with pytest.raises(AssertionError) as raised:
        assert_sound(requests)
    assert str(raised.value).splitlines() == [
        f"POST {CHANNEL}: {SAID_OF_MESSAGE}",
        f"PATCH {ORIGINAL}: content: @here may ping",
        f"PATCH {ORIGINAL}: content: link 'x:y': neither http nor https",
    ]


def test_the_schema_is_asked_too() -> None:
    with pytest.raises(AssertionError) as raised:
        assert_sound([Recorded("POST", CALLBACK, {"type": 4, "data": {"content": "x", "tts": "no"}})])
    assert str(raised.value) == f"POST {CALLBACK}: $.data.tts: 'no' is not of type 'boolean', 'null'"


def quoting_embed() -> discord.Embed:
    embed = discord.Embed(title="Title", description="> **quote** [title](https://example.org/a)")
    embed.timestamp = discord.utils.utcnow()
    return embed.set_footer(text="footer").set_author(name="author", url="https://example.org/")


class Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Source", url="https://example.org/a"))

    @discord.ui.button(label="More", custom_id="more")
    async def more(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        await interaction.response.edit_message(content="More", view=self)


class Layout(discord.ui.LayoutView):
    quote: discord.ui.TextDisplay[Layout] = discord.ui.TextDisplay("**quote**")


class QuotingBot(discord.Client):
    """Sends once what Pullquote's own bot may send, in every way that it may send it."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), allowed_mentions=discord.AllowedMentions.none())
        self.tree = app_commands.CommandTree(self)
        ask: app_commands.Command[Any, ..., None]
        ask = app_commands.Command(name="ask", description="Ask", callback=self.ask)
        ask.autocomplete("question")(self.complete)
        self.tree.add_command(ask)
        self.tree.add_command(app_commands.ContextMenu(name="Find the passage", callback=self.find))

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            answer = await message.reply(embed=quoting_embed(), view=Buttons(), mention_author=False)
            await answer.edit(content="**quote**", embed=quoting_embed())

    async def ask(self, interaction: discord.Interaction, question: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(embed=quoting_embed(), view=Buttons())
        await interaction.followup.send("@everyone", embed=quoting_embed())

    async def complete(self, _: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=current, value=current)]

    async def find(self, interaction: discord.Interaction, _: discord.Message) -> None:
        await interaction.response.send_message(view=Layout())


@pytest.mark.asyncio
async def test_what_discord_py_sends_is_sound() -> None:
    async with simcord.run(QuotingBot(), settle_timeout=PATIENCE) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        alice = guild.add_member(env.create_user("alice"))
        await alice.autocomplete(channel, "ask", "question", "who")
        await alice.slash(channel, "ask", question="who")
        question = await alice.send(channel, "who")
        assert channel.last_message is not None
        await alice.click(channel.last_message, custom_id="more")
        await alice.context_menu(channel, "Find the passage", question)
        # Commands, autocompletion, deferral, its edit, follow-up, reply, its edit, the click's edit, layout.
        assert assert_sound(env.http_requests) == 9
