"""What is seen of a guild's articles: all that is known of each, and nothing of another guild's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from pullquote.library.catalogue import Catalogue
from pullquote.library.given import Given
from pullquote.library.memberships import Memberships
from pullquote.library.records import ArticleChange, Change, Entry, Kept, KeptCorpus, Listing, Origin, OriginKind
from pullquote.library.state.audit import Action
from pullquote.library.state.errors import StateError
from pullquote.library.versions import Versions
from tests.support.states import FARM, MODERATOR, START, UPLOAD, ZOO, Clock, new, refusal

HOUR = dt.timedelta(hours=1)
FRONT = (
    "---\ntitle: {title}\nauthor: A. Digger\ndate: 2026-01-02\nurl: https://example.org/ants\nlang: en\n"
    "tags: digging\n---\n\n"
)
ANTS = new("ants.md", FRONT.format(title="On ants") + "Ants dig.\n\nThey carry leaves.")
BEES = new(
    "Bees.txt", "Bees fly.", Given(title="On bees"), Origin(OriginKind.MESSAGE, "https://discord.com/channels/1")
)


def test_a_guild_that_is_not_known_has_nothing(catalogue: Catalogue) -> None:
    assert catalogue.current(ZOO) == Listing(state=0, shared=True, entries=())
    assert catalogue.corpus(ZOO) == KeptCorpus(0, ())
    assert catalogue.history(ZOO, 9) == ()
    assert catalogue.history_of(ZOO, "ants.md") == ()


def test_an_entry_has_all_that_is_known(versions: Versions, catalogue: Catalogue, clock: Clock) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    clock.pass_by(HOUR)
    given = Given(title="Ants, again", without=frozenset({"url"}))
    versions.edit(ZOO, None, "ants.md", given)
    [kept] = catalogue.corpus(ZOO).versions
    entry = Entry(
        name="ants.md",
        version=kept.version,
        title="Ants, again",
        author="A. Digger",
        published=dt.date(2026, 1, 2),
        url=None,
        language="en",
        tags=("digging",),
        passages=2,
        media_type="text/markdown",
        digest=ANTS.article.digest,
        origin=UPLOAD,
        given=given,
        added_at=START,
        added_by=MODERATOR,
        changed_at=START + HOUR,
        changed_by=None,
    )
    assert catalogue.current(ZOO) == Listing(2, shared=True, entries=(entry,))
    assert catalogue.entry(ZOO, kept.version) == entry
    assert catalogue.version(ZOO, kept.version) == kept
    assert kept == Kept("ants.md", kept.version, given, given.over(ANTS.article))


def test_articles_are_in_the_order_of_their_names(versions: Versions, catalogue: Catalogue) -> None:
    names = ["b.txt", "a.txt", "B.txt", "ä.txt", "-.txt", "a b.txt"]
    versions.put(ZOO, MODERATOR, [new(name, "Ants dig.") for name in names])
    assert [entry.name for entry in catalogue.current(ZOO).entries] == sorted(names)
    assert [kept.name for kept in catalogue.corpus(ZOO).versions] == sorted(names)


def test_texts_that_no_database_keeps_are_shown_without_them(versions: Versions, catalogue: Catalogue) -> None:
    odd = new("a.md", '---\ntitle: "Ants \\0 bite"\n---\n\nAnts bite.')
    versions.put(ZOO, MODERATOR, [odd])
    [entry] = catalogue.current(ZOO).entries
    assert entry.title == odd.article.title.replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert catalogue.corpus(ZOO).versions[0].article == odd.article


# History


def test_history_is_a_line_for_each_change(versions: Versions, catalogue: Catalogue, clock: Clock) -> None:
    versions.put(ZOO, MODERATOR, [ANTS, BEES])
    clock.pass_by(HOUR)
    versions.remove(ZOO, None, ["ants.md"])
    clock.pass_by(HOUR)
    versions.roll_back(ZOO, 7, 1)
    last, middle, first = catalogue.history(ZOO, 9)
    assert first == Change(
        first.id, START, MODERATOR, Action.PUT, state=1, added=("Bees.txt", "ants.md"), can_return=True
    )
    assert middle == Change(
        middle.id, START + HOUR, None, Action.REMOVE, state=2, removed=("ants.md",), can_return=True
    )
    assert last == Change(
        last.id, START + 2 * HOUR, 7, Action.ROLL_BACK, state=3, added=("ants.md",), back_to=1, can_return=True
    )


def test_history_goes_on_where_a_page_ended(versions: Versions, catalogue: Catalogue) -> None:
    for number in range(30):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
        versions.put(FARM, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    pages, last = [], None
    while page := catalogue.history(ZOO, 8, last):
        pages.append([change.state for change in page])
        last = page[-1].id
    assert [len(page) for page in pages] == [8, 8, 8, 6]
    assert [state for page in pages for state in page] == [*range(30, 0, -1)]


def test_the_history_of_an_article_is_what_it_became_and_when(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.put(ZOO, MODERATOR, [BEES])
    versions.remove(ZOO, MODERATOR, ["ants.md"])
    versions.roll_back(ZOO, MODERATOR, 1)
    versions.edit(ZOO, MODERATOR, "ants.md", Given(title="Ants, again"))
    put, _, removed, returned, edited = reversed(catalogue.history(ZOO, 9))
    edition, original = (catalogue.current(ZOO).entries[0].version, catalogue.history_of(ZOO, "ants.md")[-1].version)
    assert original is not None
    assert catalogue.history_of(ZOO, "ants.md") == (
        ArticleChange(edited, edition),
        ArticleChange(returned, original),
        ArticleChange(removed, None),
        ArticleChange(put, original),
    )
    assert catalogue.entry(ZOO, original).title == "On ants"
    assert catalogue.history_of(ZOO, "Bees.txt")[0].version is None


def test_of_an_article_in_force_more_is_kept_than_can_be_gone_back_to(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    for number in range(21):
        versions.put(ZOO, MODERATOR, [new("bees.txt", f"Bees visit {number} flowers.")])
    [only] = catalogue.history_of(ZOO, "ants.md")
    assert (only.change.state, only.change.can_return) == (1, False)
    assert [each.change.state for each in catalogue.history_of(ZOO, "bees.txt")] == [*range(22, 1, -1)]


# States


def test_a_state_is_told_by_its_change(versions: Versions, catalogue: Catalogue, memberships: Memberships) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.put(FARM, MODERATOR, [BEES])
    memberships.share(ZOO, MODERATOR, shared=False)
    versions.remove(ZOO, 7, ["ants.md"])
    removed, _, put = catalogue.history(ZOO, 9)
    assert (catalogue.change(ZOO, 1), catalogue.change(ZOO, 2)) == (put, removed)
    assert catalogue.change(FARM, 1).added == ("Bees.txt",)


@pytest.mark.parametrize("state", [-1, 0, 3])
def test_what_no_change_made_is_not_told(versions: Versions, catalogue: Catalogue, state: int) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    versions.put(ZOO, MODERATOR, [BEES])
    with pytest.raises(StateError) as error:
        catalogue.change(ZOO, state)
    assert refusal(error) == ("state-not-kept", {"state": state, "oldest": 0, "newest": 2})
    with pytest.raises(StateError) as error:
        catalogue.change(FARM, 1)
    assert refusal(error) == ("state-not-kept", {"state": 1, "oldest": 0, "newest": 0})


def test_the_contents_of_a_state_are_the_versions_in_it(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(ZOO, MODERATOR, [ANTS])
    [ants] = catalogue.current(ZOO).entries
    versions.put(ZOO, MODERATOR, [BEES])
    versions.edit(ZOO, MODERATOR, "ants.md", Given(title="Ants, again"))
    bees, edited = catalogue.current(ZOO).entries
    versions.remove(ZOO, MODERATOR, ["Bees.txt"])
    assert [dict(catalogue.contents(ZOO, state)) for state in range(5)] == [
        {},
        {"ants.md": ants.version},
        {"ants.md": ants.version, "Bees.txt": bees.version},
        {"ants.md": edited.version, "Bees.txt": bees.version},
        {"ants.md": edited.version},
    ]
    assert catalogue.contents(FARM, 0) == {}


def test_contents_are_told_of_kept_states_alone(versions: Versions, catalogue: Catalogue) -> None:
    for number in range(23):
        versions.put(ZOO, MODERATOR, [new("ants.txt", f"Ants dig {number} holes.")])
    assert len(catalogue.contents(ZOO, 3)) == len(catalogue.contents(ZOO, 23)) == 1
    for state in (2, 24, -1):
        with pytest.raises(StateError) as error:
            catalogue.contents(ZOO, state)
        assert refusal(error) == ("state-not-kept", {"state": state, "oldest": 3, "newest": 23})
    with pytest.raises(StateError):
        catalogue.contents(FARM, 1)
    # The change is still told, though its state cannot be gone back to.
    assert (catalogue.change(ZOO, 2).can_return, catalogue.change(ZOO, 3).can_return) == (False, True)


# Guilds


def test_nothing_of_another_guild_is_seen(versions: Versions, catalogue: Catalogue) -> None:
    versions.put(FARM, MODERATOR, [ANTS])
    versions.put(ZOO, MODERATOR, [BEES])
    [farm], [zoo] = catalogue.current(FARM).entries, catalogue.current(ZOO).entries
    assert (farm.name, zoo.name) == ("ants.md", "Bees.txt")
    assert catalogue.history_of(ZOO, "ants.md") == ()
    looks: list[Callable[[int, int], object]] = [catalogue.version, catalogue.entry, catalogue.document]
    for look in looks:
        look(FARM, farm.version)
        for version in (farm.version, zoo.version + 1):
            with pytest.raises(StateError) as error:
                look(ZOO, version)
            assert (error.value.code, error.value.fields) == ("version-not-kept", {})
