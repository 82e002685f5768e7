"""What changes in the folder is taken in by itself."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from pullquote.cogs import folder_watch
from pullquote.cogs.folder_watch import FolderWatch
from pullquote.library.errors import ReloadInProgressError
from pullquote.library.library import Library
from pullquote.library.reload import Reload
from pullquote.settings import Settings
from retrieval.errors import CorpusError
from tests.support.corpus_commands import VOLCANO
from tests.support.discord_world import until
from tests.support.folders import MakeFolder

BROKEN = "---\ntitle: [\n---\n\nText."


@pytest.fixture
async def watch(library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FolderWatch]:
    """A watch over the folder of the library."""
    monkeypatch.setattr(folder_watch, "_STEP", 10)
    monkeypatch.setattr(folder_watch, "_PATIENCE", 0.01)
    watch = FolderWatch(library, settings.corpus)
    await watch.cog_load()
    yield watch
    await watch.cog_unload()
    assert watch.task is not None
    await watch.task


def served(library: Library, make_folder: MakeFolder, file: str, text: str) -> bool:
    """Whether the file is served; while it is not, it is written once more, for the watch may have begun meanwhile."""
    if file in [article.file for article in library.corpus.articles]:
        return True
    make_folder({file: text})
    return False


@pytest.mark.usefixtures("watch")
async def test_new_and_removed_articles_are_taken_in(
    library: Library, make_folder: MakeFolder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    make_folder({"broken.md": BROKEN})
    await until(lambda: served(library, make_folder, "volcano.md", VOLCANO))
    (make_folder({}) / "volcano.md").unlink()
    await until(lambda: "volcano.md" not in [article.file for article in library.corpus.articles])
    await until(lambda: "The folder changed: 0 articles added, 0 changed, 1 removed" in caplog.messages)
    assert "The folder changed: 1 articles added, 0 changed, 0 removed" in caplog.messages
    assert any(message.startswith("Problem in the corpus: broken.md: ") for message in caplog.messages)


@pytest.mark.usefixtures("watch")
async def test_while_somebody_reloads_the_watch_waits(
    library: Library, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = [True, True]
    reload = library.reload

    def reloaded(*_: object) -> Reload:
        if busy:
            busy.pop()
            raise ReloadInProgressError("Ada", library.corpus.built_at)
        return reload("a test")

    monkeypatch.setattr(library, "reload", reloaded)
    await until(lambda: served(library, make_folder, "volcano.md", VOLCANO))
    assert busy == []


@pytest.mark.usefixtures("watch")
async def test_a_failure_leaves_the_articles_and_is_logged(
    library: Library, make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Reload:
        raise CorpusError("no-corpus-yet")

    def logged() -> bool:
        make_folder({"volcano.md": VOLCANO})
        return any("the articles stay as they were" in message for message in caplog.messages)

    monkeypatch.setattr(library, "reload", broken)
    await until(logged)
    assert len(library.corpus.articles) == 3


async def test_a_folder_that_cannot_be_watched_is_logged(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def awatch(*_: object, **__: object) -> None:
        raise OSError("no more watches")

    monkeypatch.setattr(folder_watch, "awatch", awatch)
    watch = FolderWatch(library, settings.corpus)
    await watch.cog_load()
    assert watch.task is not None
    await watch.task
    assert caplog.messages[-1] == (
        "The folder of articles cannot be watched (no more watches); /corpus reload takes changes in"
    )
