"""An archive becomes a draft of all its documents, and what is not taken is said."""

from __future__ import annotations

from pullquote.library.difference import Difference
from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.importing import Importer
from pullquote.library.manifest import MANIFEST, dump_manifest
from pullquote.library.problems import Problem
from pullquote.library.records import Origin, OriginKind
from tests.support.brought import DOCUMENTS, names, put, raw_of, refusal
from tests.support.packages import packed
from tests.support.states import MODERATOR, ZOO, new
from tests.support.wording import problem_line


def test_an_archive_is_all_its_documents(importer: Importer) -> None:
    draft = importer.upload(ZOO, MODERATOR, "some.zip", packed(DOCUMENTS))
    origin = Origin(OriginKind.UPLOAD, "some.zip")
    assert draft.remarks == ()
    assert [part.new for part in draft.parts] == [new(name, raw_of(name), origin=origin) for name in sorted(DOCUMENTS)]


def test_what_is_not_taken_from_an_archive_is_said(importer: Importer) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "The ants dig.",
        "b.md": "",
        "c.md": "# Cats",
        "../d.md": "The deer doze.",
        "e.zip": packed({}),
        "f.odt": "Foxes",
        "g.png": "Goats",
        f"{'h' * 198}.md": "The hens lay.",
        "i.pdf": "%PDF-1.7 broken",
        ".j.md": "The jays fly.",
    }
    draft = importer.upload(ZOO, MODERATOR, "some.ZIP", packed(files))
    assert names(draft) == ["a.md"]
    said = {each.file: (each.reason.code, isinstance(each, Problem)) for each in draft.remarks}
    assert said == {
        "../d.md": ("archive-path", True),
        "e.zip": ("archive-nested", True),
        "f.odt": ("unread-document", False),
        None: ("file-not-article", False),
        "b.md": ("empty", True),
        "c.md": ("headings-only", False),
        f"{'h' * 198}.md": ("name-too-long", True),
        "i.pdf": (said["i.pdf"][0], True),
    }


def test_an_archive_shows_what_it_replaces(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    put(
        guild_library,
        importer.upload(ZOO, MODERATOR, "some.zip", packed({"a.md": "The ants dig.", "b.md": "The bees fly."})),
    )
    draft = importer.upload(
        ZOO, MODERATOR, "more.zip", packed({"a.md": "The ants dig.\n\nOwls hoot.", "c.md": "The cats."})
    )
    assert [(part.replaces, part.difference) for part in draft.parts] == [
        (True, Difference(("Owls hoot.",), (), (), unchanged=1)),
        (False, None),
    ]


def test_an_archive_without_articles_is_refused(importer: Importer) -> None:
    assert refusal(importer, "some.zip", packed({})) == (
        "some.zip holds no articles. Pack files such as .md, .txt, .html, .docx or .epub."
    )
    assert refusal(importer, "some.zip", packed({"c.md": "# Cats", "d.png": "Deer"})) == (
        "some.zip holds no article that can be read:\n"
        "- 1 file is not an article: 1 .png\n"
        "- c.md: has headings but no text under them"
    )
    assert refusal(importer, "some.zip", b"The ants dig.").startswith("some.zip: ")


def test_the_list_of_an_export_says_what_was_given(importer: Importer) -> None:
    given = Given(title="On bees", url="https://example.org/bees", language="en")
    listed = dump_manifest({"bees.md": given, "gone.md": given})
    files: dict[str, str | bytes] = {"ants.md": "The ants.", "bees.md": "The bees fly.", MANIFEST: listed}
    draft = importer.upload(ZOO, MODERATOR, "some.zip", packed(files))
    assert draft.remarks == ()
    assert [part.new.given for part in draft.parts] == [NOTHING_GIVEN, given]
    assert [part.article.title for part in draft.parts] == ["ants", "On bees"]


def test_a_list_that_cannot_be_used_says_nothing(importer: Importer) -> None:
    draft = importer.upload(ZOO, MODERATOR, "some.zip", packed({"bees.md": "The bees fly.", MANIFEST: "{"}))
    assert [part.new.given for part in draft.parts] == [NOTHING_GIVEN]


def test_an_archive_that_takes_too_long_is_read_in_part(guild_library: GuildLibrary) -> None:
    times = iter([0.0, 0.0, 481.0])
    importer = Importer(guild_library.reader, guild_library.catalogue, guild_library.guilds.shared, lambda: next(times))
    draft = importer.upload(ZOO, MODERATOR, "all.zip", packed({"a.md": "Ants.", "b.md": "Bees.", "c.md": "Cats."}))
    assert [part.article.file for part in draft.parts] == ["a.md"]
    assert [problem_line(remark) for remark in draft.remarks] == [
        "2 more documents were not read, for that took too long; pack them by themselves"
    ]
