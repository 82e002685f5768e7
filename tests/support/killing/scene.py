"""The Pullquote that is killed: a folder of articles, a data folder, a guild with articles of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pullquote.library.guild_answerer import GuildAnswerer
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.library import Library
from pullquote.library.state.audit import Action
from pullquote.library.state.holder import holding
from retrieval.answering import Answerer
from retrieval.ranking.ranker import Ranker
from tests.support.fake_encoder import LetterEncoder
from tests.support.fake_weights import weights_of
from tests.support.libraries import FILES
from tests.support.states import MODERATOR, ZOO, new

MEMORY = 1 << 30


@dataclass(frozen=True, slots=True)
class Scene:
    """Where everything lies."""

    root: Path
    database: str | None = None
    """The URL of the database; a file of SQLite in the data folder if there is none."""

    @property
    def folder(self) -> Path:
        """The operator's articles."""
        return self.root / "articles"

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def state(self) -> str | Path:
        return self.database or self.data / "pullquote.db"

    @property
    def own(self) -> Path:
        """The shelf of the guild."""
        return self.data / "guilds" / str(ZOO)


@dataclass(frozen=True, slots=True)
class Running:
    """A Pullquote that was started, without Discord."""

    library: Library
    articles: GuildLibrary
    answerer: GuildAnswerer

    def put(self, files: Mapping[str, str], action: Action = Action.PUT) -> None:
        """Put files into the guild's corpus, as a moderator does who confirms a draft."""
        self.change(lambda: self.articles.versions.put(ZOO, MODERATOR, [new(*file) for file in files.items()], action))

    def change(self, change: Callable[[], int]) -> None:
        self.articles.change(ZOO, change)


@contextmanager
def running(scene: Scene) -> Iterator[Running]:
    """Start Pullquote as `run` does, and stop it."""
    with holding(scene.data):
        library = Library.open(scene.folder, scene.data, LetterEncoder())
        articles = GuildLibrary.open(scene.state, library, scene.data / "guilds", MEMORY)
        ranker = Ranker(weights_of({"passage_cosine": 1.0}))
        try:
            yield Running(library, articles, GuildAnswerer(Answerer(library, ranker), articles.guilds, articles.scopes))
        finally:
            articles.close()
            library.close()


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, as an operator does."""
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")


def furnish(scene: Scene) -> None:
    """Make what the operations start from: three states of the guild's corpus, the third in force."""
    write(scene.folder, FILES)
    with running(scene) as pullquote:
        pullquote.put({"eels.txt": "Eels eat.\n\nEels slip away.", "fish.txt": "Fish float."})
        pullquote.put({"fish.txt": "Fish flee from foxes.", "gnus.md": "# Gnus\n\nGnus graze."})
        pullquote.put({"owls.txt": "Owls hoot."})


def _change_folder(scene: Scene) -> None:
    (scene.folder / "bees.txt").unlink()
    write(scene.folder, {"ants.md": "# Ants\n\nAnts rest.\n\nAnts dig!", "dogs.txt": "Dogs bark."})


@dataclass(frozen=True, slots=True)
class Operation:
    """What is done, and what an operator did just before."""

    do: Callable[[Running], object]
    before: Callable[[Scene], object] = lambda _: None
    is_start: bool = False
    """Whether the start itself is what is looked at, and not what is done after it."""


# What is read for a draft is in memory alone until a moderator confirms it, so that an import begins there.
OPERATIONS: Mapping[str, Operation] = {
    "add": Operation(lambda pullquote: pullquote.put({"deer.md": "# Deer\n\nDeer doze."})),
    "replace": Operation(lambda pullquote: pullquote.put({"eels.txt": "Eels bend.\n\nEels slip away."})),
    "remove": Operation(
        lambda pullquote: pullquote.change(
            lambda: pullquote.articles.versions.remove(ZOO, MODERATOR, ["gnus.md", "owls.txt"])
        )
    ),
    "roll back": Operation(
        lambda pullquote: pullquote.change(lambda: pullquote.articles.versions.roll_back(ZOO, MODERATOR, 1))
    ),
    "import": Operation(
        lambda pullquote: pullquote.put(
            {"deer.md": "Deer doze.", "eels.txt": "Eels bend.", "hens.md": "Hens hide."}, Action.IMPORT
        )
    ),
    "reload": Operation(lambda pullquote: pullquote.library.reload("the operator"), before=_change_folder),
    "first start": Operation(lambda _: None, before=lambda scene: shutil.rmtree(scene.data), is_start=True),
}
