"""What the state holds of a guild's articles, to look at. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pullquote.library.given import load_given
from pullquote.library.records import (
    ArticleChange,
    Asker,
    AskerKind,
    Change,
    Entry,
    Kept,
    KeptCorpus,
    Listing,
    origin_of,
)
from pullquote.library.state.articles import named
from pullquote.library.state.audit import Action, AuditRow, lines, lines_of_states
from pullquote.library.state.contents import ContentRow, stretches
from pullquote.library.state.database import Database, Session
from pullquote.library.state.errors import StateError
from pullquote.library.state.guilds import GuildRow
from pullquote.library.state.listing import Listed, kept_version, listed
from pullquote.library.state.pruning import check_kept, not_kept, oldest_kept
from retrieval.precedence import unhurried
from retrieval.reading.articles import Document


class Catalogue:
    """The articles of all guilds, for any thread. Each method reads at one point in time, and one guild's rows alone.

    All methods raise StateError if the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, guild: int) -> int:
        """The number of the state in force of a guild's corpus; 0 for a guild that is not known."""
        with self._database.read() as session:
            return _state(session, guild)

    def current(self, guild: int) -> Listing:
        """A guild's articles, without their texts. A guild that is not known has none."""
        with self._database.read() as session:
            known = session.get(GuildRow, guild)
            if known is None:
                return Listing(state=0, shared=True, entries=())
            entries = tuple(map(_entry, unhurried(listed(session, guild, known.state))))
            return Listing(known.state, known.shared, entries)

    def corpus(self, guild: int) -> KeptCorpus:
        """A guild's parsed articles with the metadata that count."""
        with self._database.read() as session:
            state = _state(session, guild)
            return KeptCorpus(state, tuple(map(_kept, unhurried(listed(session, guild, state, parsed=True)))))

    def version(self, guild: int, version: int) -> Kept:
        """A version of an article, in force or older. Raises StateError if it is not kept."""
        with self._database.read() as session:
            return _kept(_version(session, guild, version))

    def entry(self, guild: int, version: int) -> Entry:
        """What a list shows of a version. Raises StateError if it is not kept."""
        with self._database.read() as session:
            return _entry(_version(session, guild, version))

    def document(self, guild: int, version: int) -> Document:
        """The bytes that a version was made of. Raises StateError if it is not kept."""
        with self._database.read() as session:
            found = _version(session, guild, version)
            return Document(found.article.name, found.source.media_type, found.source.raw)

    def history(self, guild: int, count: int, before: int | None = None) -> tuple[Change, ...]:
        """The last changes of a guild, the latest first; `before` is the id of the change to go on from."""
        with self._database.read() as session:
            state = _state(session, guild)
            return tuple(_change(line, state) for line in lines(session, guild, count, before))

    def change(self, guild: int, state: int) -> Change:
        """The change that made a state. Raises StateError if no change made it."""
        with self._database.read() as session:
            newest = _state(session, guild)
            made = lines_of_states(session, guild, [state])
            if not made:
                raise not_kept(state, newest)
            return _change(made[0], newest)

    def contents(self, guild: int, state: int) -> Mapping[str, int]:
        """The versions of a guild's articles in a state, by their names. Raises StateError if it is not kept."""
        with self._database.read() as session:
            newest = _state(session, guild)
            check_kept(state, newest)
            return {each.article.name: each.version.id for each in listed(session, guild, state)}

    def history_of(self, guild: int, name: str) -> tuple[ArticleChange, ...]:
        """What is kept of an article's changes, the latest first; empty if nothing is kept of the article."""
        with self._database.read() as session:
            article = named(session, guild, [name]).get(name)
            if article is None:
                return ()
            versions = _versions_by_state(stretches(session, article.id))
            state = _state(session, guild)
            made = lines_of_states(session, guild, versions)
            return tuple(ArticleChange(_change(line, state), versions[line.state]) for line in made if line.state)


def _versions_by_state(rows: Iterable[ContentRow]) -> dict[int, int | None]:
    """The states in which an article changed, and its version from then on; `rows` are in order."""
    versions: dict[int, int | None] = {}
    for row in rows:
        versions[row.since] = row.version_id
        if row.until is not None:
            versions[row.until] = None
    return versions


def _state(session: Session, guild: int) -> int:
    known = session.get(GuildRow, guild)
    return known.state if known else 0


def _version(session: Session, guild: int, version: int) -> Listed:
    if found := kept_version(session, guild, version):
        return found
    raise StateError("version-not-kept")


def _kept(found: Listed) -> Kept:
    given, article = load_given(found.version.given), found.source.article
    return Kept(found.article.name, found.version.id, given, given.over(article) if article else None)


def _entry(found: Listed) -> Entry:
    article, version, source = found.article, found.version, found.source
    given = load_given(version.given)
    entry = Entry(
        name=article.name,
        version=version.id,
        title=source.title,
        author=source.author,
        published=source.published,
        url=source.url,
        language=source.language,
        tags=tuple(source.tags or ()),
        passages=source.passages,
        media_type=source.media_type,
        digest=source.digest,
        origin=origin_of(version),
        given=given,
        added_at=article.added_at,
        added_by=article.added_by,
        changed_at=version.at,
        changed_by=version.by,
    )
    return given.over(entry)


def _change(line: AuditRow, state: int) -> Change:
    said = line.fields
    return Change(
        id=line.id,
        at=line.at,
        by=line.by,
        action=Action(line.action),
        state=line.state,
        added=tuple(said.get("added", ())),
        changed=tuple(said.get("changed", ())),
        removed=tuple(said.get("removed", ())),
        back_to=said.get("back_to"),
        tag=said.get("tag"),
        asker=Asker(AskerKind(said["kind"]), said["asker"]) if "asker" in said else None,
        can_return=line.state is not None and oldest_kept(state) <= line.state,
    )
