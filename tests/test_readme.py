"""The README names everything that can be typed or set."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest
import simcord
import typer
from discord import app_commands

from bot import create_bot
from pullquote.commands.app import app
from pullquote.library.library import Library
from pullquote.settings import ROOT, Settings, variable
from tests.support.bot_surface import ours, registered, surface
from tests.support.discord_world import SIMULATION
from tests.support.permission_matrix import TABLE, Row, listed, written

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme_with_its_meaning(field: str) -> None:
    meaning = Settings.model_fields[field].description
    assert meaning is not None
    row = next(line for line in README.splitlines() if line.startswith(f"| `{variable(field)}` |"))
    assert meaning.removesuffix(".") in row


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    assert set(re.findall(r"\b(?:PULLQUOTE|DISCORD)_[A-Z_]+\b", README)) == {
        variable(field) for field in Settings.model_fields
    }


def test_every_command_of_the_terminal_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    names = group.list_commands(typer.Context(group))  # type: ignore[attr-defined]
    assert names == ["run", "try", "chat", "ask", "evaluate", "calibrate", "check"]
    assert [name for name in names if f"| `python bot.py {name}" not in README] == []


def test_every_option_of_the_terminal_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    commands = group.commands.values()  # type: ignore[attr-defined]
    options = {option for command in commands for parameter in command.params for option in parameter.opts}
    options = {option for option in options if option.startswith("--")}
    assert options == {
        "--corpus",
        "--explain",
        "--into",
        "--json",
        "--mix",
        "--near-misses",
        "--off-topic",
        "--out",
        "--scope",
    }
    assert [option for option in sorted(options) if option not in README] == []


async def test_every_command_in_discord_is_in_the_readme(settings: Settings, library: Library) -> None:
    bot = create_bot(settings, library)
    async with simcord.run(bot, **SIMULATION):
        commands = bot.tree.get_commands()
    for command in commands:
        if isinstance(command, app_commands.ContextMenu):
            assert f"*Apps → {command.name}*" in README
        elif isinstance(command, app_commands.Group):
            assert all(f"`/{sub.qualified_name}`" in README for sub in command.commands)
        else:
            assert f"`/{command.name} question:…`" in README
    assert sorted(command.name for command in commands) == ["Add to corpus", "Find the passage", "ask", "corpus"]


def test_the_readme_says_who_may_do_what() -> None:
    assert written(README) == [(row.title, *row.cells) for row in TABLE]


@pytest.mark.parametrize("row", TABLE, ids=[row.title for row in TABLE])
def test_everything_that_people_can_do_is_named_where_it_says_who_may(row: Row) -> None:
    assert [action for action in row.actions if action.label not in row.title] == []


async def test_the_bot_has_nothing_to_use_that_the_readme_does_not_say_who_may(
    settings: Settings, library: Library
) -> None:
    bot = create_bot(settings, library)
    async with simcord.run(bot, **SIMULATION):
        assert surface(bot) == listed()
        items = set(registered(bot).values())
    assert items == ours(discord.ui.DynamicItem)
    assert ours(discord.ui.View) | ours(discord.ui.LayoutView) == set()  # whose buttons nothing above would find


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_to_a_file_leads_somewhere(target: str) -> None:
    assert target.startswith("https://") or (Path(ROOT) / target).is_file()
