"""Everything that the bot has for people to use, as the program itself has it."""

from __future__ import annotations

import re

import discord
from discord import app_commands

from pullquote.cogs.client import Pullquote
from tests.support.permission_matrix import Kind

_ACTIONS = re.compile(r"\(\?P<action>([a-z|]+)\)")


def surface(bot: Pullquote) -> set[tuple[Kind, str]]:
    """Everything that people can use, by what it is called in the program."""
    found = {(Kind.MENTION, "mention")}
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            found |= {(Kind.COMMAND, command.qualified_name)}
            options = [option.name for option in command.parameters if option.autocomplete]
            found |= {(Kind.CHOICES, f"{command.qualified_name} {option}") for option in options}
    menus = [menu.name for menu in bot.tree.get_commands() if isinstance(menu, app_commands.ContextMenu)]
    found |= {(Kind.COMMAND, name) for name in menus}
    for pattern, item in registered(bot).items():
        actions = _ACTIONS.search(pattern.pattern)
        variants = [f" {action}" for action in actions[1].split("|")] if actions else [""]
        found |= {(Kind.BUTTON, f"{item.__name__}{variant}") for variant in variants}
    return found | {(Kind.FORM, form.__name__) for form in ours(discord.ui.Modal)}


def registered(bot: Pullquote) -> dict[re.Pattern[str], type]:
    """The buttons that work after a restart, by what their ids look like."""
    return dict(bot._connection._view_store._dynamic_items)


def ours(base: type) -> set[type]:
    """The classes of the program that are derived from a class, however far, and from which none is derived."""
    below: list[type] = base.__subclasses__()
    derived = [each for each in below if each.__module__.startswith("pullquote.")]
    return {leaf for each in derived for leaf in ours(each) or {each}}
