"""A folder of files as a source: which files are listed, which are refused with which words, and bytes are exact."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.manifest import MANIFEST, dump_manifest
from pullquote.library.sources.folder import FolderSource, shown_name
from pullquote.library.sources.source import Listed
from pullquote.locales import for_operators
from retrieval.errors import ArticleError, CorpusError
from retrieval.reading.media_types import MARKDOWN
from tests.support.folders import MakeFolder
from tests.support.wording import problem_line


def listed(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents' keys, and the lines of problems and remarks."""
    listing = FolderSource(folder).list()
    said = (*listing.problems, *listing.remarks)
    return tuple(document.key for document in listing.documents), tuple(map(problem_line, said))


def read(folder: Path, key: str) -> bytes:
    return FolderSource(folder).read(Listed(shown_name(key), MARKDOWN, key))


def unread(folder: Path, key: str) -> str:
    with pytest.raises(ArticleError) as caught:
        read(folder, key)
    return for_operators(caught.value)


# Which files there are


def test_articles_lie_in_the_folder_and_its_subfolders(make_folder: MakeFolder) -> None:
    names = ["b.md", "a.txt", "c.MARKDOWN", "sub/deep/er/d.md", "sub/a.txt", "x.md/y.md"]
    unseen = ["README.md", "sub/readme.txt", "README", ".hidden.md", ".git/e.md", "sub/.f/g.md"]
    folder = make_folder(dict.fromkeys(names + unseen, "Text."))
    (folder / "empty").mkdir()
    assert listed(folder) == (("a.txt", "b.md", "c.MARKDOWN", "sub/a.txt", "sub/deep/er/d.md", "x.md/y.md"), ())


def test_the_list_of_an_export_says_what_its_files_are(make_folder: MakeFolder) -> None:
    written = dump_manifest({"README.md": NOTHING_GIVEN, "sub/a.md": Given(title="On ants"), "gone.md": NOTHING_GIVEN})
    folder = make_folder({"README.md": "Text.", "sub/README.md": "Text.", "sub/a.md": "Text.", MANIFEST: written})
    listing = FolderSource(folder).list()
    assert [(each.file, each.given) for each in listing.documents] == [
        ("README.md", NOTHING_GIVEN),
        ("sub/a.md", Given(title="On ants")),
    ]
    assert (listing.problems, listing.remarks) == ((), ())


def test_files_of_other_kinds_are_no_problems(make_folder: MakeFolder) -> None:
    folder = make_folder(dict.fromkeys(["a.md", "b.rtf", "sub/c.docm", "md", "d.md.bak", ".gitignore"], "Text."))
    assert FolderSource(folder).list().problems == ()
    assert listed(folder) == (
        ("a.md",),
        (
            "b.rtf: is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
            "sub/c.docm: is not read; save it as .docx, as a web page (.html) or as plain text (.txt)",
            "2 files are not articles: 1 without ending and 1 .bak",
        ),
    )


@pytest.mark.parametrize("name", ["gone", "file"])
def test_without_a_folder_there_is_no_corpus(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError) as caught:
        FolderSource(tmp_path / name).list()
    assert for_operators(caught.value) == (
        f"There is no corpus folder at {tmp_path / name}. Create it and put .md or .txt files into it."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("größe 東京.md", "größe 東京.md"),
        ("a\x1b[31m\n.md", "a\ufffd[31m\ufffd.md"),
        ("a\u202eb.md", "a\ufffdb.md"),
        (os.fsdecode(b"caf\xe9.md"), "caf\ufffd.md"),
    ],
)
def test_file_names_that_cannot_be_shown_are_made_so(make_folder: MakeFolder, name: str, shown: str) -> None:
    folder = make_folder({name: "Text."})
    assert shown_name(name) == shown
    assert listed(folder) == ((name,), ())
    [document] = FolderSource(folder).list().documents
    assert (document.file, document.media_type) == (shown, MARKDOWN)
    assert FolderSource(folder).read(document) == b"Text."
    (folder / name).unlink()
    assert unread(folder, name) == f"{shown}: vanished while it was being read; put it back, or reload again"


def test_the_second_of_two_names_that_look_the_same_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a\x01.md": "One.", "a\x02.md": "Two.", "b.md": "Three."})
    assert listed(folder) == (("a\x01.md", "b.md"), ("a\ufffd.md: looks the same as another file's name; rename it",))


# Files that cannot be read, or must not be read


def test_bytes_are_read_as_they_are(make_folder: MakeFolder) -> None:
    raw = bytes(range(256))
    assert read(make_folder({"sub/a.md": raw}), "sub/a.md") == raw


def test_ten_megabytes_are_read_and_more_are_refused(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "", "b.md": "", "c.md": ""})
    ten = 10 * 1024 * 1024
    for name, size in (("a.md", ten), ("b.md", ten + 1), ("c.md", 5 * ten)):
        os.truncate(folder / name, size)
    assert len(read(folder, "a.md")) == ten
    assert unread(folder, "b.md") == "b.md: is 10.1 MB; the limit is 10 MB, so split it into several files"
    assert unread(folder, "c.md") == "c.md: is 50.0 MB; the limit is 10 MB, so split it into several files"


def test_a_link_to_a_file_outside_is_refused(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"a.md": "Text."})
    (tmp_path / "secret.md").write_text("Secret.")
    (folder / "b.md").symlink_to(tmp_path / "secret.md")
    (folder / "c.md").symlink_to("../secret.md")
    assert listed(folder) == (("a.md", "b.md", "c.md"), ())
    for file in ("b.md", "c.md"):
        assert (
            unread(folder, file) == f"{file}: is a link that leads out of the corpus folder; copy the file here instead"
        )


def test_a_link_to_a_folder_is_named_and_not_followed(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.md").write_text("Secret.")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "in.md").symlink_to(folder / "sub")
    (folder / "sub" / "up").symlink_to("..")
    reason = "is a link to a folder; copy the folder here instead"
    assert listed(folder) == (("sub/a.md",), tuple(f"{file}: {reason}" for file in ("in.md", "out", "sub/up")))
    assert unread(folder, "out/b.md") == (
        "out/b.md: is a link that leads out of the corpus folder; copy the file here instead"
    )


def test_links_inside_the_folder_and_to_the_folder_are_fine(make_folder: MakeFolder, tmp_path: Path) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    (folder / "b.md").symlink_to("sub/a.md")
    (tmp_path / "linked").symlink_to(folder)
    assert listed(tmp_path / "linked") == (("b.md", "sub/a.md"), ())
    assert read(tmp_path / "linked", "b.md") == b"Text."


def test_links_that_lead_nowhere_are_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "Text."})
    (folder / "b.md").symlink_to("gone.md")
    (folder / "c.md").symlink_to("d.md")
    (folder / "d.md").symlink_to("c.md")
    assert listed(folder) == (("a.md", "b.md", "c.md", "d.md"), ())
    assert unread(folder, "b.md") == "b.md: is a link that leads nowhere; copy the file here instead"
    assert unread(folder, "c.md") == "c.md: cannot be opened (Too many levels of symbolic links)"


def test_a_file_that_vanishes_after_it_was_listed(make_folder: MakeFolder) -> None:
    folder = make_folder({"sub/a.md": "Text."})
    [document] = FolderSource(folder).list().documents
    file = document.key
    (folder / "sub" / "a.md").unlink()
    assert unread(folder, file) == "sub/a.md: vanished while it was being read; put it back, or reload again"
    (folder / "sub").rmdir()
    assert unread(folder, file) == "sub/a.md: vanished while it was being read; put it back, or reload again"
    (folder / "sub").write_text("Now a file.")
    assert unread(folder, file) == "sub/a.md: cannot be opened (Not a directory)"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_named_pipe_is_refused_and_not_waited_for(make_folder: MakeFolder) -> None:
    folder = make_folder({})
    os.mkfifo(folder / "x.md")
    assert listed(folder) == (("x.md",), ())
    assert unread(folder, "x.md") == "x.md: is not an ordinary file"


def test_a_folder_that_takes_a_file_s_place_is_refused(make_folder: MakeFolder) -> None:
    assert unread(make_folder({"x.md/y.md": ""}), "x.md") == "x.md: is not an ordinary file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything, so taking the permission has no effect")
def test_what_may_not_be_read_is_named(make_folder: MakeFolder) -> None:
    folder = make_folder({"a.md": "Text.", "sub/b.md": "Text."})
    (folder / "a.md").chmod(0)
    (folder / "sub").chmod(0)
    try:
        assert listed(folder) == (("a.md",), ("sub: cannot be opened (Permission denied)",))
        assert unread(folder, "a.md") == "a.md: cannot be opened (Permission denied)"
    finally:
        (folder / "sub").chmod(0o700)


def test_a_subfolder_that_may_not_be_looked_into_is_named(
    make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder({"a.md": "Text.", "sub/b.md": "Text."})
    look_into = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "sub":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return look_into(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert listed(folder) == (("a.md",), ("sub: cannot be opened (Permission denied)",))


# How an unchanged file is recognised


def test_the_digest_is_that_of_the_bytes(make_folder: MakeFolder) -> None:
    source = FolderSource(make_folder({"a.md": "Text.", "b.md": b"\xff"}))
    assert [source.digest(listed) for listed in source.list().documents] == [
        hashlib.sha256(raw).hexdigest() for raw in (b"Text.", b"\xff")
    ]
    assert source.name == str(source.folder)
