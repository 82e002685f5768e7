"""What was done to a guild's articles: changes → lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import discord

from pullquote.cogs.messages.markup import fitted, line, plain_line
from pullquote.cogs.messages.reports import COLOUR
from pullquote.cogs.messages.scopes import mention
from pullquote.library.records import Change, Entry
from pullquote.library.state.audit import Action
from pullquote.locales.english import counted
from retrieval.tags import LONGEST_TAG

_ROOM = 4000
# How many names are told one by one: in a line of the history, and where there is room.
_FEW, _MANY = 2, 10
# The length of a name there.
_NAME, _LONG_NAME = 40, 100
# What Discord allows.
_CHOICE = 100
# What was done, where it is more than that articles were added, changed and removed.
_DONE = {
    Action.RELOAD: "reloaded the articles",
    Action.IMPORT: "imported an archive",
    Action.ROLL_BACK: "went back to state {back_to}",
    Action.UNDO: "undid state {back_to}",
    Action.SHARE: "turned the shared articles on",
    Action.UNSHARE: "turned the shared articles off",
    Action.ALLOW: "let {asker} ask what is tagged {tag}",
    Action.REFUSE: "let {asker} no longer ask what is tagged {tag}",
    Action.OPEN: "let everybody ask what is tagged {tag}",
    Action.JOIN: "joined this server",
    Action.LEAVE: "left this server",
}
_NOBODY = "let nobody ask what is tagged {tag}"


def history_embed(changes: Sequence[Change], article: Entry | None = None) -> discord.Embed:
    """The changes, the latest first, with whoever made them; or what became of one article."""
    if article is not None:
        changes = [_of_one(change, article.name) for change in changes]
    title = f"History of {line(article.title, 200)}" if article else "History of the articles"
    lines = [_lines(change) for change in changes] or ["Nothing was changed yet."]
    embed = discord.Embed(title=title, colour=COLOUR, description=fitted(lines, _ROOM))
    embed.set_footer(text="To go back: /corpus rollback with the number of a state")
    return embed


def done_embed(change: Change) -> discord.Embed:
    """What a change did, for whoever made it."""
    kinds = _kinds(change)
    done = _done(change) or " and ".join(kinds)
    is_told = len(kinds) == 1 and done in kinds
    lines = [_names(names) if is_told else _kind(kind, names) for kind, names in kinds.items()]
    embed = discord.Embed(title=done.capitalize(), colour=COLOUR, description="\n".join(lines))
    embed.set_footer(text=f"In force now, as state {change.state}")
    return embed


def what_goes(now: Mapping[str, int], then: Mapping[str, int]) -> str:
    """What becomes of articles that go from their versions now to other versions, by their names."""
    kinds = {
        "comes back": [name for name in then if name not in now],
        "changes": [name for name in then if name in now and now[name] != then[name]],
        "goes": [name for name in now if name not in then],
    }
    return "\n".join(_kind(kind, names) for kind, names in kinds.items() if names)


def states(changes: Sequence[Change]) -> Iterator[tuple[int, str]]:
    """The states that can be gone back to, the latest first, each with what made it, as a label of a choice."""
    for change in changes:
        if change.state is not None and change.can_return:
            done = _told(change, lambda name: plain_line(name, _NAME))
            yield change.state, plain_line(f"{change.state} · {change.at:%Y-%m-%d %H:%M} UTC · {done}", _CHOICE)


def _of_one(change: Change, name: str) -> Change:
    """What a change did to one article, which needs no name then."""

    def told(names: Sequence[str]) -> tuple[str, ...]:
        return ("it",) if name in names else ()

    return replace(change, added=told(change.added), changed=told(change.changed), removed=told(change.removed))


def _lines(change: Change) -> str:
    """When a change was made, and below it who did what."""
    when = f"<t:{int(change.at.timestamp())}:f>"
    if change.state is not None:
        when = f"**State {change.state}** · {when}{'' if change.can_return else ' · no longer kept'}"
    who = f"<@{change.by}>" if change.by else "Pullquote"
    return f"{when}\n{who} {_told(change, lambda name: line(name, _NAME))}"


def _told(change: Change, shown: Callable[[str], str]) -> str:
    """What a change did, in words; of many articles their number."""
    kinds = [
        f"{kind} {' and '.join(map(shown, names)) if len(names) <= _FEW else counted(len(names), 'article')}"
        for kind, names in _kinds(change).items()
    ]
    done = _done(change)
    return ": ".join(filter(None, (done, ", ".join(kinds))))


def _done(change: Change) -> str:
    done = _DONE.get(change.action, "")
    if change.action is Action.REFUSE and change.asker is None:
        done = _NOBODY
    asker = mention(change.asker) if change.asker else ""
    return done.format(back_to=change.back_to, asker=asker, tag=line(change.tag or "", LONGEST_TAG))


def _kinds(change: Change) -> dict[str, Sequence[str]]:
    """The names of the articles by what became of them."""
    changed = "edited" if change.action is Action.EDIT else "changed"
    kinds = {"added": change.added, changed: change.changed, "removed": change.removed}
    return {kind: names for kind, names in kinds.items() if names}


def _kind(kind: str, names: Sequence[str]) -> str:
    return f"**{kind.capitalize()}:** {_names(names)}"


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(line(name, _LONG_NAME) for name in names[:_MANY])
    return shown if len(names) <= _MANY else f"{shown} and {len(names) - _MANY:,} more"
