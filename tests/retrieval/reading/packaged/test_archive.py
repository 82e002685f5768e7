"""Archives of documents: what is taken, what is refused, and what is only named."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from pullquote.locales import for_operators
from retrieval.errors import ArticleError, UnfitError
from retrieval.reading.articles import MAX_BYTES
from retrieval.reading.measure import NoMeasure
from retrieval.reading.media_types import HTML, MARKDOWN, PLAIN_TEXT
from retrieval.reading.packaged import archive, package
from retrieval.reading.packaged.archive import LARGEST_MANIFEST, MANIFEST, unpack
from retrieval.reading.reader import ArticleReader
from tests.support.packages import packed


def refused(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Why files are refused, by their names, as operators read it."""
    return {each.file: for_operators(each.reason) for each in unpack(packed(files)).refused}


def link(name: str, target: str) -> bytes:
    """An archive with a symbolic link."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as target_archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        target_archive.writestr(entry, target)
    return buffer.getvalue()


def test_documents_come_by_their_names_and_others_are_named() -> None:
    files: dict[str, str | bytes] = {
        "lore/b.md": "Bees.",
        "a.txt": "Ants.",
        "lore/c.html": "<p>Cats.",
        "map.png": b"\x89PNG",
        ".hidden.md": "No.",
        "lore/.git/x.md": "No.",
        "__MACOSX/a.txt": "No.",
        "README.md": "Read me.",
    }
    unpacked = unpack(packed(files))

    assert [(each.file, each.media_type, each.raw) for each in unpacked.documents] == [
        ("README.md", MARKDOWN, b"Read me."),
        ("a.txt", PLAIN_TEXT, b"Ants."),
        ("lore/b.md", MARKDOWN, b"Bees."),
        ("lore/c.html", HTML, b"<p>Cats."),
    ]
    assert unpacked.others == ("map.png",)
    assert unpacked.refused == ()


def test_the_list_of_an_export_comes_as_it_is() -> None:
    unpacked = unpack(packed({"a.md": "Ants.", MANIFEST: '{"a.md": {}}', f"lore/{MANIFEST}": "{}"}))
    assert unpacked.manifest == b'{"a.md": {}}'
    assert unpacked.others == (MANIFEST, f"lore/{MANIFEST}")
    assert unpack(packed({"a.md": "Ants."})).manifest == b""


def test_a_list_that_cannot_be_had_is_no_list() -> None:
    assert len(unpack(packed({MANIFEST: bytes(LARGEST_MANIFEST - 1)})).manifest) == LARGEST_MANIFEST - 1
    assert unpack(packed({MANIFEST: bytes(LARGEST_MANIFEST)})).manifest == b""
    raw = bytearray(packed({MANIFEST: "{}", "a.md": "Ants."}))
    raw[raw.index(MANIFEST.encode()) + len(MANIFEST)] ^= 0xFF
    unpacked = unpack(bytes(raw))
    assert (unpacked.manifest, [each.file for each in unpacked.documents]) == (b"", ["a.md"])


@pytest.mark.parametrize("name", ["../a.md", "lore/../../a.md", "/etc/a.md", "C:/a.md", "..\\a.md", "c:\\a.md"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    [sentence] = refused({name: "Ants."}).values()
    assert sentence.startswith("its path leads out of the archive")


def test_a_backslash_parts_folders() -> None:
    assert [each.file for each in unpack(packed({"lore\\a.md": "Ants."})).documents] == ["lore/a.md"]


def test_links_are_refused() -> None:
    [refusal] = unpack(link("a.md", "/etc/passwd")).refused
    assert (refusal.file, refusal.reason.code) == ("a.md", "archive-link")


@pytest.mark.parametrize("name", ["b.zip", "b.tar.gz", "lore/B.7Z"])
def test_archives_in_archives_are_refused(name: str) -> None:
    assert refused({name: packed({"a.md": "Ants."})}) == {
        name: "is an archive in an archive, so it was left out; add it by itself"
    }


def test_a_document_that_is_too_large_is_refused_alone() -> None:
    unpacked = unpack(packed({"a.md": "Ants.", "b.md": b" " * (MAX_BYTES + 1)}))
    assert [each.file for each in unpacked.documents] == ["a.md"]
    assert [(each.file, each.reason.code) for each in unpacked.refused] == [("b.md", "too-large")]


def test_names_that_look_the_same_are_refused() -> None:
    assert refused({"a\x01.md": "Ants.", "a\x02.md": "Bees."}) == {
        "a\N{REPLACEMENT CHARACTER}.md": "looks the same as another file's name; rename it"
    }


def test_a_bomb_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 1)
    with pytest.raises(UnfitError) as caught:
        unpack(packed({f"{number}.md": b" " * 600_000 for number in range(2)}))
    assert caught.value.reason.code == "package-large"


def test_too_many_documents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_DOCUMENTS", 2)
    with pytest.raises(UnfitError) as caught:
        unpack(packed({f"{number}.md": "Ants." for number in range(3)}))
    assert caught.value.reason.code == "archive-many"


def test_a_damaged_document_is_refused_alone() -> None:
    raw = bytearray(packed({"a.md": "Ants dig holes.", "b.md": "Bees."}))
    place = raw.index(b"a.md") + len(b"a.md")
    raw[place] ^= 0xFF
    unpacked = unpack(bytes(raw))
    assert [each.file for each in unpacked.documents] == ["b.md"]
    assert [(each.file, each.reason.code) for each in unpacked.refused] == [("a.md", "package-damaged")]


def test_what_is_not_an_archive_is_told_by_the_reader() -> None:
    with ArticleReader(NoMeasure()) as reader:
        with pytest.raises(ArticleError) as caught:
            reader.unpack("lore.zip", b"PK or not")
        assert caught.value.file == "lore.zip"
        assert caught.value.reason.code == "package-damaged"
        with pytest.raises(ArticleError) as caught:
            reader.unpack("lore.zip", b"Ants.")
        assert caught.value.reason.code == "not-zip"
        assert [each.file for each in reader.unpack("lore.zip", packed({"a.md": "Ants."})).documents] == ["a.md"]
