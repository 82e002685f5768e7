"""An upload becomes a draft: read with limits, compared with what is there, and nothing counts yet."""

from __future__ import annotations

import pytest

from pullquote.library import untrusted
from pullquote.library.difference import Difference, Rewording
from pullquote.library.given import Given
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.importing import Importer
from pullquote.library.problems import Remark
from pullquote.library.records import Origin, OriginKind
from pullquote.library.resemblance import Likeness
from pullquote.library.sources.pages.page import Page
from pullquote.library.untrusted import UntrustedReader
from retrieval.errors import ArticleError, ReadingStoppedError, Reason
from retrieval.reading.articles import MAX_BYTES
from retrieval.reading.media_types import HTML
from retrieval.reading.reader_process import Limits
from tests.support.brought import DOCUMENTS, names, put, raw_of, refusal, resembled
from tests.support.libraries import FILES
from tests.support.measures import Obedient
from tests.support.packages import packed
from tests.support.states import FARM, MODERATOR, ZOO, new

ADDRESS = "https://example.org/lore/ants"
TUNNELS = b"<title>Ants</title><main><p>The ants dig deep tunnels all day long.</p></main>"
PAGE = Page(ADDRESS, HTML, TUNNELS, "ants.html")


# Uploads


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_of_each_kind_becomes_an_article(importer: Importer, name: str) -> None:
    file, raw = name.rpartition("/")[2], raw_of(name)
    draft = importer.upload(ZOO, MODERATOR, name, raw)
    [part] = draft.parts
    expected = new(file, raw, origin=Origin(OriginKind.UPLOAD, file))
    assert (draft.guild, draft.by, draft.remarks, draft.size) == (ZOO, MODERATOR, (), len(raw))
    assert (part.new, part.article) == (expected, expected.article)
    assert (part.replaces, part.difference, part.resembles) == (False, None, ())


def test_nothing_counts_before_it_is_confirmed(guild_library: GuildLibrary) -> None:
    guild_library.importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze.")
    assert guild_library.catalogue.current(ZOO).entries == ()


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        ("C:\\Users\\me\\deer.md", "deer.md"),
        ("../../etc/deer.md", "deer.md"),
        ("/deer.md", "deer.md"),
        (".deer.md", "deer.md"),
        ("...deer.MD", "deer.MD"),
        ("c:deer.md", "c-deer.md"),
        ('who? "deer" <*>|.md', "who- -deer- ----.md"),
        ("deer\n\u202e\x00.md", "deer\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.md"),
        ("d" * 300 + ".md", "d" * 197 + ".md"),
    ],
)
def test_a_name_is_kept_as_any_system_has_it(importer: Importer, file: str, kept: str) -> None:
    [part] = importer.upload(ZOO, MODERATOR, file, b"The deer doze.").parts
    assert part.article.file == part.new.document.file == part.new.origin.text == kept


@pytest.mark.parametrize(
    ("file", "named"),
    [("deer", "deer"), ("", "article"), (".md", "md"), ("..", "article"), ("d." + "m" * 300, "." + "m" * 199)],
)
def test_a_file_of_another_kind_is_refused(importer: Importer, file: str, named: str) -> None:
    assert refusal(importer, file, b"The deer doze.") == (
        f"{named}: files of this kind are not read; save it as one of .md, .mdx, .markdown, .txt, .rst, .rest, .adoc, "
        ".asciidoc, .asc, .html, .htm, .xhtml, .ipynb, .docx, .epub, .pdf and .zip"
    )


def test_a_file_that_is_too_large_is_not_even_looked_into(importer: Importer) -> None:
    for name in ("deer.md", "deer.zip"):
        with pytest.raises(ArticleError) as caught:
            importer.upload(ZOO, MODERATOR, name, bytes(MAX_BYTES + 1))
        assert (caught.value.file, caught.value.reason.code) == (name, "too-large")


def test_a_file_that_cannot_be_read_is_refused_with_why(importer: Importer) -> None:
    assert refusal(importer, "deer.md", b"").startswith("deer.md: is empty")
    assert refusal(importer, "deer.pdf", b"The deer doze.").startswith("deer.pdf: ")


def test_what_was_guessed_is_remarked(importer: Importer) -> None:
    draft = importer.upload(ZOO, MODERATOR, "deer.md", b"---\npublished: soon\n---\n\nDeer doze.")
    assert draft.remarks == (Remark(None, Reason.of("not-a-date")),)


@pytest.mark.parametrize(
    ("deed", "limits", "code"),
    [("work 9", Limits(1, 1 << 30), "reading-slow"), (f"fill {1 << 30}", Limits(9, 1 << 29), "reading-large")],
)
def test_a_document_that_takes_too_much_is_refused_and_the_next_is_read(
    guild_library: GuildLibrary, monkeypatch: pytest.MonkeyPatch, deed: str, limits: Limits, code: str
) -> None:
    monkeypatch.setattr(untrusted, "UNTRUSTED", limits)
    library = guild_library
    importer = Importer(UntrustedReader(Obedient()), library.catalogue, library.guilds.shared)
    with pytest.raises(ArticleError) as caught:
        importer.upload(ZOO, MODERATOR, "deer.txt", deed.encode())
    assert caught.value.reason.code == code
    draft = importer.upload(ZOO, MODERATOR, "some.zip", packed({"a.txt": deed, "b.txt": "The bees buzz."}))
    assert names(draft) == ["b.txt"]
    assert [(each.file, each.reason.code) for each in draft.remarks] == [("a.txt", code)]


def test_after_a_stop_nothing_is_read(guild_library: GuildLibrary) -> None:
    guild_library.reader.stop()
    with pytest.raises(ReadingStoppedError):
        guild_library.importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze.")


# What is there already


def test_the_same_name_replaces_and_shows_what_changes(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    first = importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze by day.\n\nDeer run.")
    put(guild_library, first)
    [part] = importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze by night.\n\nDeer run.\n\nThey jump.").parts
    assert part.replaces
    assert part.difference == Difference(
        ("They jump.",), (Rewording("The deer doze by day.", "The deer doze by night."),), (), unchanged=1
    )
    # The article that is replaced is not an article that the new one resembles.
    assert part.resembles == ()


def test_after_an_update_of_the_reader_what_changes_cannot_be_told(
    guild_library: GuildLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = guild_library.importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze.")
    put(guild_library, draft)
    monkeypatch.setattr("pullquote.library.state.sources.FORMAT", 1_000_000)
    [part] = guild_library.importer.upload(ZOO, MODERATOR, "deer.md", b"The deer run.").parts
    assert (part.replaces, part.difference) == (True, None)
    assert resembled(guild_library.importer.upload(ZOO, MODERATOR, "d.md", b"The deer doze.")) == []


def test_it_resembles_what_the_guild_asks(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    put(guild_library, importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze."))
    assert resembled(importer.upload(ZOO, MODERATOR, "other.md", b"The deer doze.")) == [("deer.md", Likeness.TEXT)]
    assert resembled(importer.upload(ZOO, MODERATOR, "other.md", FILES["bees.txt"].encode())) == [
        ("bees.txt", Likeness.TEXT)
    ]
    # An article of the guild's own is told from a shared article of the same name.
    assert resembled(importer.upload(ZOO, MODERATOR, "bees.txt", b"Bees fly.")) == [("bees.txt", Likeness.TEXT)]
    guild_library.memberships.share(ZOO, MODERATOR, shared=False)
    assert resembled(importer.upload(ZOO, MODERATOR, "other.md", b"Bees fly.")) == []
    put(guild_library, importer.upload(ZOO, MODERATOR, "bees.txt", b"Bees buzz."))
    assert resembled(importer.upload(ZOO, MODERATOR, "bees.txt", b"Bees buzz.")) == []


def test_no_guild_sees_what_another_has(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    put(guild_library, importer.upload(FARM, MODERATOR, "deer.md", b"The deer doze."))
    put(guild_library, importer.page(FARM, MODERATOR, PAGE))
    for draft in (
        importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze."),
        importer.upload(ZOO, MODERATOR, "some.zip", packed({"deer.md": "The deer doze."})),
        importer.page(ZOO, MODERATOR, PAGE),
    ):
        [part] = draft.parts
        assert (part.replaces, part.difference, part.resembles) == (False, None, ())
    assert names(importer.beside(importer.upload(ZOO, MODERATOR, "deer.md", b"The deer run."))) == ["deer.md"]


def test_both_can_be_kept(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    put(guild_library, importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze."))
    draft = importer.upload(ZOO, MODERATOR, "deer.md", b"The deer doze.").described(Given(title="More deer"))
    [part] = importer.beside(draft).parts
    assert (part.article.file, part.new.document.file) == ("deer (2).md", "deer (2).md")
    assert (part.replaces, part.difference, part.article.title) == (False, None, "More deer")
    assert [(each.article.file, each.likeness) for each in part.resembles] == [("deer.md", Likeness.TEXT)]


def test_a_long_name_leaves_room_to_be_kept_beside_another(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    for name in ("d" * 197 + ".md", "d" * 187 + ".md"):
        put(guild_library, importer.upload(ZOO, MODERATOR, name, b"The deer doze."))
    draft = importer.upload(ZOO, MODERATOR, "d" * 200 + ".md", b"The deer run.")
    assert names(importer.beside(draft)) == ["d" * 187 + " (2).md"]


def test_what_a_document_says_by_itself_can_be_read_again(guild_library: GuildLibrary) -> None:
    draft = guild_library.importer.upload(ZOO, MODERATOR, "ants.md", raw_of("ants.md"))
    put(guild_library, draft.described(Given(title="More ants")))
    [entry] = guild_library.catalogue.current(ZOO).entries
    assert entry.title == "More ants"
    assert guild_library.importer.read_of(ZOO, entry) == draft.parts[0].new.article
