"""The files that Pullquote writes: nobody else can read them, and they are whole whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval import files
from tests.support.fake_encoder import LetterEncoder
from tests.support.folders import MakeFolder
from tests.support.program import started
from tests.support.shelves import content, full_disk

Write = Callable[[Path, bytes], None]

private = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")


@pytest.fixture(autouse=True)
def lax_umask() -> Iterator[None]:
    """The system would let everybody read and write the files that a test makes."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


def test_no_folder_is_made_where_the_current_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(FileNotFoundError):
        files.make_folder(Path("data"))


@private
def test_everything_a_library_writes_is_for_nobody_else(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"ants.txt": "Ants bite.", "bees.txt": "Bees fly."})
    data = tmp_path / "var" / "data"
    library = Library.open(folder, data, LetterEncoder())
    (folder / "bees.txt").write_text("Bees dance.")
    library.reload("Ada")
    written = [data.parent, data, *data.rglob("*")]
    assert len(content(data)) == 25
    assert {path: mode(path) for path in written} == {path: "0o700" if path.is_dir() else "0o600" for path in written}


@private
def test_in_a_data_folder_for_all_what_is_written_is_for_nobody_else(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"ants.txt": "Ants bite."})
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notes").write_text("of somebody else")
    shelf = Library.open(folder, tmp_path / "data", LetterEncoder()).shelf
    assert [mode(path) for path in (tmp_path / "data", tmp_path / "data" / "notes", shelf)] == [
        "0o777",
        "0o666",
        "0o700",
    ]


@private
@pytest.mark.parametrize("write", [files.write_private, files.replace_durably])
def test_a_file_that_all_could_read_is_no_longer_for_all(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before, and longer")
    write(path, b"after")
    assert (path.read_bytes(), mode(path)) == (b"after", "0o600")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("write", [files.write_private, files.replace_durably])
def test_a_file_system_without_permissions_takes_files_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    def refuse(*arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    write(tmp_path / "file", b"content")
    assert content(tmp_path) == {"file": b"content"}


def test_a_file_is_replaced_wholly_or_not_at_all(tmp_path: Path) -> None:
    files.replace_durably(tmp_path / "file", b"before")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        files.replace_durably(tmp_path / "file", b"after")
    assert content(tmp_path) == {"file": b"before"}


KILLED = """
import os, signal, sys
from pathlib import Path
from retrieval import files

os.fsync = lambda descriptor: os.kill(os.getpid(), signal.SIGKILL)
files.replace_durably(Path(sys.argv[1]), b"half")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such signal")
def test_what_a_killed_process_left_is_removed_once_no_living_process_can_own_it(tmp_path: Path) -> None:
    files.replace_durably(tmp_path / "[file]", b"before")
    with started([sys.executable, "-c", KILLED, str(tmp_path / "[file]")]) as process:
        process.wait()
    (left,) = set(tmp_path.iterdir()) - {tmp_path / "[file]"}
    assert left.read_bytes() == b"half"
    files.replace_durably(tmp_path / "[file]", b"after")
    assert content(tmp_path) == {"[file]": b"after", left.name: b"half"}
    os.utime(left, (0, 0))
    (tmp_path / "[file].original").write_bytes(b"of somebody else")
    files.replace_durably(tmp_path / "[file]", b"last")
    assert content(tmp_path) == {"[file]": b"last", "[file].original": b"of somebody else"}


def test_a_folder_is_made_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.make_folder(tmp_path / "a" / "b")
    (tmp_path / "a" / "b" / "file").write_text("kept")
    files.make_folder(tmp_path / "a" / "b")
    assert content(tmp_path) == {"a/b/file": b"kept"}
    with pytest.raises(NotADirectoryError):
        files.make_folder(tmp_path / "a" / "b" / "file" / "c")
    with pytest.raises(FileExistsError):
        files.make_folder(tmp_path / "a" / "b" / "file")
    monkeypatch.chdir(tmp_path)
    files.make_folder(Path("c") / "d")
    assert (tmp_path / "c" / "d").is_dir()
    files.make_folder(Path())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody is in")
def test_no_folder_is_made_in_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FileNotFoundError):
        files.make_folder(Path("data"))
