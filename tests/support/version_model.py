"""What a guild's articles have to be after whatever was done to them: a plain list of all states says so."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import Given
from pullquote.library.records import NewVersion
from pullquote.library.state.errors import StateError
from pullquote.library.state.pruning import KEPT
from pullquote.library.versions import Versions
from tests.support.states import MODERATOR, new

NAMES = ("ants.txt", "bees.txt", "cats.txt", "dogs.txt")
FILES = {name: [new(name, f"{name[:4]} are number {number}.") for number in range(3)] for name in NAMES}
TITLES = ("One", "Two")


@dataclass(frozen=True, eq=False)
class Version:
    """What an article says, and the title that was given to it. It equals no other version that is the same."""

    text: str
    title: str | None


State = dict[str, Version]
"""The versions of articles, by their names."""


@dataclass
class Model:
    """The states of a guild, all of them, from state 0 on."""

    states: list[State] = field(default_factory=lambda: [{}])

    @property
    def now(self) -> State:
        return self.states[-1]

    @property
    def number(self) -> int:
        return len(self.states) - 1

    @property
    def oldest(self) -> int:
        return max(0, self.number - KEPT)

    def becomes(self, state: State) -> int:
        if state != self.now:
            self.states.append(state)
        return self.number

    def is_kept(self, number: int) -> bool:
        return self.oldest <= number <= self.number

    def put(self, files: list[NewVersion]) -> int:
        return self.becomes(
            self.now | dict(self._version(each.article.file, each.article.text, None) for each in files)
        )

    def edit(self, name: str, title: str) -> int | str:
        if name not in self.now:
            return "article-not-there"
        return self.becomes(self.now | dict([self._version(name, self.now[name].text, title)]))

    def remove(self, names: list[str]) -> int | str:
        if not set(names) <= self.now.keys():
            return "article-not-there"
        return self.becomes({name: said for name, said in self.now.items() if name not in names})

    def roll_back(self, number: int) -> int | str:
        return self.becomes(self.states[number]) if self.is_kept(number) else "state-not-kept"

    def roll_back_one(self, number: int, name: str) -> int | str:
        if not any(name in state for state in self.states[self.oldest :]):
            return "article-not-there"
        rest = {each: said for each, said in self.now.items() if each != name}
        then = self.states[number]
        return self.becomes({**rest, name: then[name]} if name in then else rest)

    def undo(self, number: int) -> int | str:
        if not (self.is_kept(number) and self.is_kept(number - 1)):
            return "state-not-kept"
        after, before = self.states[number], self.states[number - 1]
        touched = [name for name in NAMES if after.get(name) != before.get(name)]
        if any(state.get(name) != after.get(name) for state in self.states[number:] for name in touched):
            return "changed-since"
        back = {name: before[name] for name in touched if name in before}
        return self.becomes({**{name: said for name, said in self.now.items() if name not in touched}, **back})

    def _version(self, name: str, text: str, title: str | None) -> tuple[str, Version]:
        old = self.now.get(name)
        return name, old if old and (old.text, old.title) == (text, title) else Version(text, title)


def assert_same(versions: Versions, guild: int, model: Model, dice: random.Random) -> None:
    """Do something, whatever the dice say, to the guild and to its model; both have to say the same of it."""
    name, title = dice.choice(NAMES), dice.choice(TITLES)
    number = max(0, dice.randint(model.number - KEPT - 2, model.number + 1))
    chosen = dice.sample(NAMES, dice.randint(1, 2))
    files = [dice.choice(FILES[each]) for each in chosen]
    kept = dice.randint(model.oldest, model.number)
    deeds: list[tuple[Callable[[], int], Callable[[], int | str]]] = [
        (lambda: versions.put(guild, MODERATOR, files), lambda: model.put(files)),
        (lambda: versions.put(guild, MODERATOR, files), lambda: model.put(files)),
        (lambda: versions.edit(guild, MODERATOR, name, Given(title=title)), lambda: model.edit(name, title)),
        (lambda: versions.remove(guild, MODERATOR, chosen), lambda: model.remove(chosen)),
        (lambda: versions.roll_back(guild, MODERATOR, number), lambda: model.roll_back(number)),
        (lambda: versions.roll_back(guild, MODERATOR, kept, name), lambda: model.roll_back_one(kept, name)),
        (lambda: versions.undo(guild, MODERATOR, number), lambda: model.undo(number)),
    ]
    said, expected = dice.choice(deeds)
    try:
        result: int | str = said()
    except StateError as error:
        result = error.code
    assert result == expected()


def assert_in_force(catalogue: Catalogue, guild: int, model: Model) -> None:
    """The guild's articles are those of the model's last state."""
    corpus = catalogue.corpus(guild)
    found = {each.name: (each.article.text, each.given.title) for each in corpus.versions if each.article}
    assert found == {name: (version.text, version.title) for name, version in model.now.items()}
    assert corpus.state == catalogue.current(guild).state == model.number
