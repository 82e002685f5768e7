"""Texts that are typed and pages that were fetched become drafts."""

from __future__ import annotations

import logging

import pytest

from pullquote.library.difference import Difference
from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.importing import Importer, shortened, slug
from pullquote.library.manifest import MANIFEST, dump_manifest
from pullquote.library.records import Origin, OriginKind
from pullquote.library.resemblance import Likeness
from pullquote.library.sources.pages.page import Page
from retrieval.errors import ArticleError
from retrieval.reading.articles import digest
from retrieval.reading.media_types import HTML, MARKDOWN, PDF
from tests.support.brought import put, raw_of, resembled
from tests.support.packages import packed
from tests.support.states import MODERATOR, ZOO

ADDRESS = "https://example.org/lore/ants"
TUNNELS = b"<title>Ants</title><main><p>The ants dig deep tunnels all day long.</p></main>"
PAGE = Page(ADDRESS, HTML, TUNNELS, "ants.html")


# Texts that are typed


def test_a_typed_text_is_markdown_of_its_title(importer: Importer) -> None:
    [part] = importer.typed(ZOO, MODERATOR, "When  do deer doze?", "# At night\n\nDeer doze.\ud800").parts
    assert part.new.document.raw == b"# At night\n\nDeer doze.?"
    assert (part.new.document.media_type, part.new.document.file) == (MARKDOWN, "when-do-deer-doze.md")
    assert part.new.origin == Origin(OriginKind.TEXT, "When do deer doze?")
    assert (part.new.given, part.article.title) == (Given(title="When do deer doze?"), "When do deer doze?")
    assert part.new.article.digest == digest(part.new.document.raw)


def test_a_title_without_words_is_left_to_the_text(importer: Importer) -> None:
    [part] = importer.typed(ZOO, MODERATOR, " \n ", "# At night\n\nDeer doze.").parts
    assert (part.new.given, part.article.title, part.article.file) == (NOTHING_GIVEN, "At night", "article.md")
    assert part.new.origin == Origin(OriginKind.TEXT)


def test_a_text_of_the_same_title_replaces(guild_library: GuildLibrary) -> None:
    put(guild_library, guild_library.importer.typed(ZOO, MODERATOR, "Deer", "The deer doze."))
    [part] = guild_library.importer.typed(ZOO, MODERATOR, "DEER", "The deer doze.\n\nThey run.").parts
    assert (part.replaces, part.difference) == (True, Difference(("They run.",), (), (), unchanged=1))


def test_a_text_without_words_is_refused(importer: Importer) -> None:
    with pytest.raises(ArticleError) as caught:
        importer.typed(ZOO, MODERATOR, "Deer", "  ")
    assert (caught.value.file, caught.value.reason.code) == ("deer.md", "empty")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Q: who digs?", "q-who-digs"),
        ("../etc/passwd", "etc-passwd"),
        ("C:\\deer", "c-deer"),
        ("...", "article"),
        ("", "article"),
        ("--- --", "article"),
        ("हिन्दी में", "हिन्दी-में"),
        ("鹿", "鹿"),
        ("a\x00\u202eb", "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b"),
        ("x" * 300, "x" * 80),
        ("x" * 79 + " y", "x" * 79),
    ],
)
def test_a_title_as_a_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_shortened_name_keeps_its_ending() -> None:
    assert shortened("abcdef.md", 9) == "abcdef.md"
    assert shortened("abcdef.md", 5) == "ab.md"
    assert shortened("abcdef.md", 2) == ".m"


# Pages


def test_a_page_is_known_by_its_address(guild_library: GuildLibrary) -> None:
    draft = guild_library.importer.page(ZOO, MODERATOR, PAGE)
    [part] = draft.parts
    assert part.new.origin == Origin(OriginKind.PAGE, ADDRESS)
    assert (part.article.file, part.article.url, part.new.given) == ("ants.html", ADDRESS, Given(url=ADDRESS))
    put(guild_library, draft)
    [again] = guild_library.importer.page(ZOO, MODERATOR, PAGE).parts
    assert (again.article.file, again.replaces) == ("ants.html", True)


def test_what_a_page_says_of_its_own_address_counts(importer: Importer) -> None:
    raw = PAGE.raw.replace(b"<title>", b'<link rel="canonical" href="https://example.org/ants"><title>')
    [part] = importer.page(ZOO, MODERATOR, Page(ADDRESS, HTML, raw, "ants.html")).parts
    assert (part.article.url, part.new.given) == ("https://example.org/ants", NOTHING_GIVEN)


def test_an_address_that_cannot_be_linked_to_is_no_link(importer: Importer) -> None:
    address = f"{ADDRESS}/{'a' * 3_000}"
    [part] = importer.page(ZOO, MODERATOR, Page(address, HTML, PAGE.raw, "ants.html")).parts
    assert (part.article.url, part.new.given) == (None, NOTHING_GIVEN)
    assert part.new.origin == Origin(OriginKind.PAGE, address[:2_000])


def test_a_page_of_the_same_name_at_another_address_is_kept_beside(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    put(guild_library, importer.upload(ZOO, MODERATOR, "ants.html", PAGE.raw.replace(b"deep", b"long")))
    put(guild_library, importer.page(ZOO, MODERATOR, PAGE))
    put(guild_library, importer.page(ZOO, MODERATOR, Page(f"{ADDRESS}/2", HTML, b"<p>The ants bite.", "ants.html")))
    entries = guild_library.catalogue.current(ZOO).entries
    assert [(entry.name, entry.origin.text) for entry in entries] == [
        ("ants (2).html", ADDRESS),
        ("ants (3).html", f"{ADDRESS}/2"),
        ("ants.html", "ants.html"),
    ]
    [part] = importer.page(ZOO, MODERATOR, PAGE).parts
    assert (part.article.file, part.replaces) == ("ants (2).html", True)


def test_a_page_resembles_what_has_its_address(guild_library: GuildLibrary) -> None:
    importer = guild_library.importer
    listed = dump_manifest({"a.md": Given(url=ADDRESS)})
    put(guild_library, importer.upload(ZOO, MODERATOR, "a.zip", packed({"a.md": "The ants bite.", MANIFEST: listed})))
    assert resembled(importer.page(ZOO, MODERATOR, PAGE)) == [("a.md", Likeness.LINK)]


def test_a_page_that_became_another_kind_of_document_keeps_its_name(guild_library: GuildLibrary) -> None:
    put(guild_library, guild_library.importer.page(ZOO, MODERATOR, PAGE))
    page = Page(ADDRESS, PDF, raw_of("foxes.pdf"), "ants.pdf")
    [part] = guild_library.importer.page(ZOO, MODERATOR, page).parts
    assert (part.article.file, part.new.document.media_type, part.replaces) == ("ants.html", PDF, True)


def test_a_page_that_cannot_be_read_is_refused(importer: Importer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(ArticleError):
        importer.page(ZOO, MODERATOR, Page(ADDRESS, HTML, b"<p>", "ants.html"))
    assert caplog.messages == []
