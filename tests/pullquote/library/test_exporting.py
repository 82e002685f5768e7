"""What is exported reads back to the same articles: by an import, and by a folder that it was unpacked to."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from pullquote.library import exporting
from pullquote.library.exporting import exported
from pullquote.library.given import Given
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.library import Library
from pullquote.library.manifest import MANIFEST, dump_manifest, given_in
from pullquote.library.own_articles import OwnArticles
from pullquote.library.records import Origin, OriginKind
from pullquote.library.sources.folder import FolderSource
from pullquote.library.sources.pages.page import Page
from retrieval.article import Article
from retrieval.reading.articles import MAX_BYTES
from retrieval.reading.media_types import HTML, PDF
from retrieval.reading.packaged.archive import MOST_DOCUMENTS
from tests.support.brought import DOCUMENTS
from tests.support.fake_encoder import LetterEncoder
from tests.support.packages import packed
from tests.support.states import FARM, MODERATOR, ZOO, new

ROOM = 10_000_000
ALL = Given("On --- it: all", "A. Digger", dt.date(2026, 1, 2), "https://example.org/all", "fr")
HOSTILE_TITLES = (
    "--- ants",
    "---",
    "...",
    "+++",
    "# Ants: [a] {b} & *c !d |e >f %g @h `i",
    "\"Ants\" 'dig' \\ and # more",
    "null",
    "~",
    "007",
    "2026-01-02",
    "- ants",
    "a  b \N{NO-BREAK SPACE} c",
    "Ants" * 75,
)


def articles(library: GuildLibrary, guild: int) -> list[Article]:
    """The guild's own articles, as members are answered from them."""
    return list(OwnArticles(library.catalogue, library.versions, library.reader).articles(guild))


def export(library: GuildLibrary, guild: int = ZOO, room: int = ROOM) -> list[bytes]:
    return list(exported(library.catalogue, guild, room))


def files(archive: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return opened.namelist()


def imported(library: GuildLibrary, guild: int, archives: list[bytes]) -> None:
    for archive in archives:
        draft = library.importer.upload(guild, MODERATOR, "articles.zip", archive)
        assert draft.remarks == ()
        library.versions.put(guild, MODERATOR, [part.new for part in draft.parts])


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    return folder


def extracted(archives: list[bytes], folder: Path) -> Path:
    for archive in archives:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            opened.extractall(folder)
    return folder


def folder_articles(folder: Path, tmp_path: Path, archives: list[bytes]) -> list[Article]:
    """What a folder has that archives are unpacked to."""
    extracted(archives, folder)
    library = Library.open(folder, tmp_path / "data", LetterEncoder())
    assert library.problems == ()
    return list(library.corpus.articles)


@pytest.fixture
def zoo(guild_library: GuildLibrary) -> GuildLibrary:
    """A guild with a document of each kind, and as many that a moderator has described."""
    plain = [new(name, content) for name, content in DOCUMENTS.items()]
    described = [new(f"described/{name}", content, ALL) for name, content in DOCUMENTS.items()]
    guild_library.versions.put(ZOO, MODERATOR, [*plain, *described])
    return guild_library


def test_an_import_has_the_same_articles_to_the_character(zoo: GuildLibrary) -> None:
    archives = export(zoo)
    imported(zoo, FARM, archives)
    assert articles(zoo, FARM) == articles(zoo, ZOO)
    assert [document_of(zoo, FARM, name) for name in DOCUMENTS] == [document_of(zoo, ZOO, name) for name in DOCUMENTS]


def document_of(library: GuildLibrary, guild: int, name: str) -> bytes:
    [entry] = [entry for entry in library.catalogue.current(guild).entries if entry.name == name]
    return library.catalogue.document(guild, entry.version).raw


def test_a_folder_has_the_same_articles_to_the_character(zoo: GuildLibrary, unpacked: Path, tmp_path: Path) -> None:
    [archive] = export(zoo)
    assert folder_articles(unpacked, tmp_path, [archive]) == articles(zoo, ZOO)


def test_a_folder_whose_list_changes_is_read_anew(guild_library: GuildLibrary, unpacked: Path, tmp_path: Path) -> None:
    guild_library.versions.put(ZOO, MODERATOR, [new("ants.md", "The ants dig.", Given(title="On ants"))])
    folder_articles(unpacked, tmp_path, export(guild_library))
    library = Library.open(unpacked, tmp_path / "data", LetterEncoder())
    assert [article.title for article in library.corpus.articles] == ["On ants"]
    (unpacked / MANIFEST).write_bytes(dump_manifest({"ants.md": Given(title="More ants")}))
    [changed] = library.reload("Ada").changes.changed
    assert changed.title == "More ants"
    (unpacked / MANIFEST).write_text("{")
    [changed] = library.reload("Ada").changes.changed
    assert changed.title == "ants"


@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_a_title_stays_what_it_is(guild_library: GuildLibrary, unpacked: Path, tmp_path: Path, title: str) -> None:
    text = f"# Ants\n\nThe ants dig.\n\n## Leaves\n\nThe ants carry leaves.\n\n## {title}\n\nThe end."
    described = [new("ants.md", text, Given(title=title)), new("more.txt", text, Given(title="Leaves"))]
    guild_library.versions.put(ZOO, MODERATOR, described)
    archives = export(guild_library)
    imported(guild_library, FARM, archives)
    expected = articles(guild_library, ZOO)
    assert [article.title for article in expected] == [title, "Leaves"]
    assert articles(guild_library, FARM) == folder_articles(unpacked, tmp_path, archives) == expected


LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=35).filter(str.strip)


@settings(max_examples=200)
@drawn(st.dictionaries(LINES, st.builds(Given, title=st.none() | LINES, author=st.none() | LINES), max_size=3))
def test_whatever_was_given_is_listed(given: dict[str, Given]) -> None:
    assert given_in(dump_manifest(given)) == given


def test_what_the_file_says_and_nobody_is_to_know_stays_unknown(guild_library: GuildLibrary) -> None:
    without = Given(without=frozenset({"author", "published", "url"}))
    guild_library.versions.put(ZOO, MODERATOR, [new("ants.md", DOCUMENTS["ants.md"], without)])
    imported(guild_library, FARM, export(guild_library))
    [ants] = articles(guild_library, FARM)
    assert (ants.author, ants.published, ants.url, ants.title) == (None, None, None, "On ants")


# Names


def test_readmes_and_pages_of_folders_stay_articles(
    guild_library: GuildLibrary, unpacked: Path, tmp_path: Path
) -> None:
    names = ["README.md", "_index.md", "index.txt", "lore/README.txt", "lore/_index.md"]
    guild_library.versions.put(ZOO, MODERATOR, [new(name, f"The rules of {name}.") for name in names])
    archives = export(guild_library)
    imported(guild_library, FARM, archives)
    expected = articles(guild_library, ZOO)
    assert [article.title for article in expected] == ["README", "_index", "index", "lore", "lore"]
    assert articles(guild_library, FARM) == expected
    assert folder_articles(unpacked, tmp_path, archives) == expected
    # Without the list, a README is not for members.
    (unpacked / MANIFEST).unlink()
    assert [each.file for each in FolderSource(unpacked).list().documents] == [
        "_index.md",
        "index.txt",
        "lore/_index.md",
    ]


def test_a_page_that_became_a_pdf_has_an_ending_that_says_so(guild_library: GuildLibrary) -> None:
    importer, address = guild_library.importer, "https://example.org/foxes"
    raw = DOCUMENTS["foxes.pdf"]
    assert isinstance(raw, bytes)
    page = Page(address, HTML, b"<p>The foxes sleep.", "foxes.html")
    guild_library.versions.put(ZOO, MODERATOR, [importer.page(ZOO, MODERATOR, page).parts[0].new])
    page = Page(address, PDF, raw, "foxes.pdf")
    guild_library.versions.put(ZOO, MODERATOR, [importer.page(ZOO, MODERATOR, page).parts[0].new])
    guild_library.versions.put(ZOO, MODERATOR, [new("foxes.html.pdf", raw)])
    [archive] = export(guild_library)
    assert files(archive) == ["foxes.html (2).pdf", "foxes.html.pdf", MANIFEST]
    imported(guild_library, FARM, [archive])
    was, _ = articles(guild_library, ZOO)
    now, _ = articles(guild_library, FARM)
    assert (now.passages, now.text, now.title, now.url) == (was.passages, was.text, was.title, address)


# Several archives


def test_a_guild_without_articles_has_no_archive(guild_library: GuildLibrary) -> None:
    assert export(guild_library) == []


def test_no_archive_is_larger_than_there_is_room_but_for_a_document_that_is(guild_library: GuildLibrary) -> None:
    noise = {f"{letter}.txt": os.urandom(3_000).hex() for letter in "abcde"} | {"f.txt": os.urandom(20_000).hex()}
    versions = [new(name, f"The noise.\n\n{text}") for name, text in noise.items()]
    guild_library.versions.put(ZOO, MODERATOR, versions)
    archives = export(guild_library, room=10_000)
    assert [files(archive) for archive in archives] == [
        ["a.txt", "b.txt", MANIFEST],
        ["c.txt", "d.txt", MANIFEST],
        ["e.txt", MANIFEST],
        ["f.txt", MANIFEST],
    ]
    assert [len(archive) <= 10_000 for archive in archives] == [True, True, True, False]
    imported(guild_library, FARM, archives)
    assert articles(guild_library, FARM) == articles(guild_library, ZOO)


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_BYTES", 1_450), ("MOST_DOCUMENTS", 2), ("LARGEST", 0.0003), ("LARGEST_MANIFEST", 150)],
)
def test_an_import_takes_each_archive(
    guild_library: GuildLibrary, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    given = Given(title="The rules of the house")
    guild_library.versions.put(ZOO, MODERATOR, [new(f"{letter}.md", f"The {letter}. " * 9, given) for letter in "abcd"])
    monkeypatch.setattr(exporting, limit, value)
    archives = export(guild_library)
    assert [files(archive) for archive in archives] == [["a.md", "b.md", MANIFEST], ["c.md", "d.md", MANIFEST]]


def test_an_archive_holds_no_more_than_an_import_takes(guild_library: GuildLibrary) -> None:
    versions = [new(f"{number:03}.md", f"The {number}.") for number in range(MOST_DOCUMENTS + 1)]
    guild_library.versions.put(ZOO, MODERATOR, versions)
    first, second = export(guild_library, room=100 * MAX_BYTES)
    assert (len(files(first)), files(second)) == (MOST_DOCUMENTS + 1, ["500.md", MANIFEST])


def test_the_list_names_the_articles_of_its_archive(guild_library: GuildLibrary) -> None:
    origin = Origin(OriginKind.TEXT, "Ants")
    guild_library.versions.put(ZOO, MODERATOR, [new("ants.md", "The ants.", Given(title="Ants"), origin)])
    guild_library.versions.put(ZOO, MODERATOR, [new("bees.md", "The bees.")])
    guild_library.versions.put(FARM, MODERATOR, [new("cats.md", "The cats.")])
    [archive] = export(guild_library)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert json.loads(opened.read(MANIFEST)) == {"ants.md": {"title": "Ants"}, "bees.md": {}}
        assert opened.read("ants.md") == b"The ants."


def test_a_list_of_somebody_else_is_no_part_of_a_folder(unpacked: Path) -> None:
    (unpacked / "ants.md").write_text("The ants dig.")
    (unpacked / MANIFEST).write_bytes(packed({}))
    listing = FolderSource(unpacked).list()
    assert ([each.file for each in listing.documents], listing.problems, listing.remarks) == (["ants.md"], (), ())
