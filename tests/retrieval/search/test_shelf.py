"""The switch from one snapshot to the next: whole whatever happens, and nothing left lying about."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE

import pytest

from retrieval.errors import SnapshotError
from retrieval.search import snapshot
from retrieval.search.shelf import tidy_at_start
from tests.support.fake_encoder import corpus_of
from tests.support.program import ROOT
from tests.support.shelves import FILES, content, in_force, loaded, texts


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A shelf with a corpus on it."""
    shelf = tmp_path / "data" / "shelf"
    snapshot.save(corpus_of("Ants bite."), shelf)
    return shelf


@pytest.mark.parametrize("name", ["../../secret", "/etc", "20261123T101500-9f3a02c7", "x" * 5000, "\0", ""])
def test_current_names_a_snapshot_on_this_shelf_or_nothing(shelf: Path, name: str) -> None:
    (shelf / "current").write_text(f"{name} {'0' * 64}\n")
    with pytest.raises(SnapshotError):
        loaded(shelf)


def test_older_snapshots_are_removed(shelf: Path) -> None:
    for text in ("Bees fly.", "Cats sleep."):
        snapshot.save(corpus_of(text), shelf)
    assert [path.name for path in shelf.iterdir() if path.is_dir()] == [in_force(shelf).name]
    assert texts(shelf) == ["Cats sleep."]


class Disk:
    """Counts what is flushed to the disk; the `full_at`-th time there is no room left."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.flushed = 0
        self.full_at = 0
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self.fsync)

    def fsync(self, descriptor: int) -> None:
        self.flushed += 1
        if self.flushed == self.full_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._fsync(descriptor)


# Every file is flushed, its five folders and the shelf; then comes the switch; then the shelf once more.
BEFORE_THE_SWITCH = len(FILES) + 6


def test_a_disk_full_at_any_point_leaves_the_current_snapshot_and_no_litter(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(shelf)
    disk = Disk(monkeypatch)
    for point in range(1, BEFORE_THE_SWITCH + 1):
        disk.flushed, disk.full_at = 0, point
        with pytest.raises(OSError, match="No space left on device"):
            snapshot.save(corpus_of("Bees fly."), shelf)
        assert content(shelf) == before
        assert texts(shelf) == ["Ants bite."]


def test_what_fails_after_the_switch_is_only_the_tidying(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(monkeypatch)
    disk.full_at = BEFORE_THE_SWITCH + 1
    snapshot.save(corpus_of("Bees fly."), shelf)
    assert disk.flushed == disk.full_at
    assert texts(shelf) == ["Bees fly."]
    assert f"Older snapshots in {shelf} may still be there (No space left on device)." in caplog.messages


@pytest.mark.parametrize(
    "target", ["numpy.save", "faiss.write_index", "bm25s.BM25.save", "pathlib.Path.write_bytes", "pathlib.Path.replace"]
)
def test_a_write_that_fails_leaves_the_current_snapshot_and_no_litter(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    before = content(shelf)

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(target, fail)
        with pytest.raises(OSError, match="No space left on device"):
            snapshot.save(corpus_of("Bees fly."), shelf)
    assert content(shelf) == before
    assert [path.name for path in shelf.iterdir() if path.is_dir()] == [in_force(shelf).name]


# Saves a second corpus, dying at the n-th flush for every n in turn; each time on a copy of the shelf.
DYING = """
import os, shutil, sys
from pathlib import Path
from tests.support.fake_encoder import corpus_of
from retrieval.search import snapshot

shelf, survivors = Path(sys.argv[1]), Path(sys.argv[2])
corpus = corpus_of("Bees fly.")
fsync, n, flushed = os.fsync, 0, 0

def die_at_n(descriptor):
    global flushed
    flushed += 1
    if flushed == n:
        os._exit(9)
    fsync(descriptor)

os.fsync = die_at_n
while True:
    n += 1
    copy = Path(shutil.copytree(shelf, survivors / str(n)))
    if (pid := os.fork()) == 0:
        snapshot.save(corpus, copy)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0:
        break
"""


def run(script: str, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    # Python 3.12 and later warn of forking beside the idle threads that NumPy starts.
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", script, *arguments]
    return subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_at_any_point_of_saving_leaves_a_whole_corpus(shelf: Path, tmp_path: Path) -> None:
    survivors = tmp_path / "survivors"
    survivors.mkdir()
    process = run(DYING, str(shelf), str(survivors))
    assert process.communicate()[1] == ""
    points = sorted(survivors.iterdir(), key=lambda path: int(path.name))
    # At the last point but one the process dies after the switch; at the last point it does not die.
    assert [texts(point) for point in points] == [["Ants bite."]] * BEFORE_THE_SWITCH + [["Bees fly."]] * 2
    for point in points:
        snapshot.save(corpus_of("Cats sleep."), point)
        assert texts(point) == ["Cats sleep."]


HALTED = """
import os, sys
from pathlib import Path
from tests.support.fake_encoder import corpus_of
from retrieval.search import snapshot

fsync = os.fsync

def wait(descriptor):
    os.fsync = fsync
    print("saving", flush=True)
    sys.stdin.readline()

os.fsync = wait
snapshot.save(corpus_of("Bees fly."), Path(sys.argv[1]))
"""


@pytest.fixture
def halted(shelf: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has written half a snapshot, and waits for a line to go on."""
    with run(HALTED, str(shelf)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saving\n"
        yield process
        process.kill()


def folders(shelf: Path) -> set[str]:
    return {path.name for path in shelf.iterdir() if path.is_dir()}


def test_what_a_living_process_is_saving_is_left_alone(shelf: Path, halted: subprocess.Popen[str]) -> None:
    before = folders(shelf)
    assert len(before) == 2
    tidy_at_start(shelf)
    assert folders(shelf) == before
    assert texts(shelf) == ["Ants bite."]
    assert halted.communicate("go on\n")[1] == ""
    assert halted.returncode == 0
    assert texts(shelf) == ["Bees fly."]
    assert folders(shelf) == {in_force(shelf).name}


def test_what_a_killed_process_left_is_gone_with_the_next_start(shelf: Path, halted: subprocess.Popen[str]) -> None:
    halted.kill()
    halted.wait()
    assert len(folders(shelf)) == 2
    tidy_at_start(shelf)
    assert folders(shelf) == {in_force(shelf).name}
    assert texts(shelf) == ["Ants bite."]


def test_a_save_that_has_waited_long_enough_for_another_says_so(
    shelf: Path, halted: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folders(shelf)
    monkeypatch.setattr(snapshot, "_PATIENCE", 0.0)
    with pytest.raises(TimeoutError) as caught:
        snapshot.save(corpus_of("Cats sleep."), shelf)
    assert caught.value.strerror == "another process is saving there"
    assert folders(shelf) == before
    halted.kill()
    halted.wait()
    snapshot.save(corpus_of("Cats sleep."), shelf)
    assert folders(shelf) == {in_force(shelf).name}


def test_what_is_left_of_a_first_save_is_removed_and_strange_folders_stay(shelf: Path) -> None:
    for name in ("20200101T000000-00000000", "my notes"):
        (shelf.with_name("new") / name).mkdir(parents=True)
    tidy_at_start(shelf.with_name("new"))
    assert folders(shelf.with_name("new")) == {"my notes"}


def test_nothing_is_removed_while_nobody_can_tell_what_is_in_force(shelf: Path) -> None:
    before = folders(shelf)
    (shelf / "current").write_text("damaged")
    tidy_at_start(shelf)
    assert folders(shelf) == before


def test_a_shelf_that_cannot_be_looked_at_ends_no_start(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "is_dir", refuse)
        tidy_at_start(shelf)
    assert texts(shelf) == ["Ants bite."]


SAVING = """
import sys
from pathlib import Path
from tests.support.fake_encoder import corpus_of
from retrieval.search import snapshot

corpus = corpus_of(sys.argv[2])
for _ in range(25):
    snapshot.save(corpus, Path(sys.argv[1]))
"""


def test_two_processes_save_at_once_while_a_third_loads(shelf: Path) -> None:
    saving = [run(SAVING, str(shelf), text) for text in ("Bees fly.", "Cats sleep.")]
    seen = set()
    while any(process.poll() is None for process in saving):
        seen.update(texts(shelf))
    for process in saving:
        assert process.communicate()[1] == ""
        assert process.returncode == 0
    assert texts(shelf)[0] in ("Bees fly.", "Cats sleep.")
    assert seen <= {"Ants bite.", "Bees fly.", "Cats sleep."}
