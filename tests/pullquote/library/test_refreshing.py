"""Pages that are fetched again become a draft of what changed on them."""

from __future__ import annotations

from dataclasses import replace

from pullquote.library.given import Given
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.problems import Problem
from pullquote.library.sources.pages.page import Page
from pullquote.library.state.audit import Action
from retrieval.errors import Reason
from retrieval.reading.media_types import HTML
from tests.support.states import MODERATOR, ZOO

ANTS = Page("https://example.org/ants", HTML, b"<title>Ants</title><p>Ants dig every day in May.", "ants.html")
BEES = Page("https://example.org/bees", HTML, b"<title>Bees</title><p>Bees fly every day in May.", "bees.html")


def added(library: GuildLibrary, page: Page, given: Given | None = None) -> None:
    draft = library.importer.page(ZOO, MODERATOR, page)
    new = draft.parts[0].new
    library.versions.put(ZOO, MODERATOR, [new if given is None else replace(new, given=given)])


def test_what_changed_is_a_draft_with_what_was_given(guild_library: GuildLibrary) -> None:
    titled = Given(title="All about ants")
    added(guild_library, ANTS, titled)
    added(guild_library, BEES)
    assert [entry.name for entry in guild_library.importer.pages(ZOO)] == ["ants.html", "bees.html"]
    lost = Problem(None, Reason.of("page-robots"))
    fetched = {
        "ants.html": replace(ANTS, raw=ANTS.raw.replace(b"dig", b"rest")),
        "bees.html": replace(BEES, raw=BEES.raw + b"<!-- another time -->"),
    }
    draft = guild_library.importer.refreshed(ZOO, MODERATOR, fetched, [lost])

    [part] = draft.parts
    assert (part.new.article.file, part.new.given, part.replaces) == ("ants.html", titled, True)
    assert part.difference is not None
    assert [change.after for change in part.difference.changed] == ["Ants rest every day in May."]
    assert draft.remarks == (lost,)
    assert draft.action is Action.RELOAD


def test_what_did_not_change_makes_an_empty_draft(guild_library: GuildLibrary) -> None:
    added(guild_library, ANTS)
    assert guild_library.importer.refreshed(ZOO, MODERATOR, {"ants.html": ANTS}, []).parts == ()
    assert guild_library.importer.pages(ZOO + 1) == ()
