"""What a moderator does to a guild's articles. Each change is one transaction: a new state, with its audit line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from pullquote.library.changing import Changing
from pullquote.library.given import Given, load_given, with_tags_of
from pullquote.library.records import NewVersion, Origin, origin_of
from pullquote.library.state.articles import named
from pullquote.library.state.audit import Action
from pullquote.library.state.database import Database
from pullquote.library.state.guilds import held, met
from pullquote.library.state.listing import kept_version
from pullquote.library.state.sources import SourceRow
from pullquote.library.state.versions import VersionRow
from retrieval.article import Article


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


class Versions:
    """The changes of the articles of all guilds, for any thread: changes of one guild wait for one another.

    `by` is the Discord id of whoever makes a change, or None for Pullquote itself and its operator. Each change returns
    the number of the guild's state after it, which is the old number if there was nothing to change. All methods raise
    StateError if the database fails; then nothing changed.
    """

    def __init__(self, database: Database, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def put(self, guild: int, by: int | None, new: Sequence[NewVersion], action: Action = Action.PUT) -> int:
        """Add articles to a guild's corpus; an article whose name is there is replaced. All in one state.

        Of several articles of one name the last counts. An article that is there as it is stays untouched. The tags
        that a moderator gave to an article stay, unless others are given: they may hide it from somebody.
        """
        by_name = {each.article.file: each for each in new}
        with self._changing(guild, by) as change:
            rows = named(change.session, guild, by_name)
            in_force = change.versions_in_force([row.id for row in rows.values()])
            wanted: dict[int, int | None] = {}
            for name, each in by_name.items():
                row = rows.get(name) or change.new_article(name)
                source = change.source(row.id, each)
                old = in_force.get(row.id)
                given = each.given if old is None else with_tags_of(load_given(old.given), each.given)
                if old is None or not _is_same(old, source, each.origin, given):
                    wanted[row.id] = change.new_version(source, each.origin, given)
            return change.advance(action, wanted)

    def edit(self, guild: int, by: int | None, name: str, given: Given) -> int:
        """Say other metadata about an article. Raises StateError if the article is not in the corpus."""
        with self._changing(guild, by) as change:
            (old,) = change.versions_named([name])
            if load_given(old.given) == given:
                return change.advance(Action.EDIT, {})
            source = change.session.get_one(SourceRow, old.source_id)
            version = change.new_version(source, origin_of(old), given)
            return change.advance(Action.EDIT, {old.article_id: version})

    def remove(self, guild: int, by: int | None, names: Collection[str]) -> int:
        """Take articles out of a guild's corpus. Raises StateError if one of them is not in it."""
        with self._changing(guild, by) as change:
            return change.advance(Action.REMOVE, {old.article_id: None for old in change.versions_named(names)})

    def roll_back(self, guild: int, by: int | None, state: int, name: str | None = None) -> int:
        """Put a guild's corpus, or one of its articles, back to what it was in an older state. That is a new state.

        Raises StateError if that state is not kept. Of an article in the corpus more than the guild's last states may
        be kept.
        """
        with self._changing(guild, by) as change:
            wanted = change.as_in(state) if name is None else change.article_as_in(state, name)
            return change.advance(Action.ROLL_BACK, wanted, back_to=state)

    def undo(self, guild: int, by: int | None, state: int) -> int:
        """Put all articles that were changed in a state back to what they were before; others stay as they are.

        Raises StateError if that state or the state before is not kept, or an article was changed again since.
        """
        with self._changing(guild, by) as change:
            return change.advance(Action.UNDO, change.before(state), back_to=state)

    def read_again(self, guild: int, articles: Mapping[int, Article]) -> None:
        """Keep what documents read as now, by the versions that have them. No state is made: no document changed.

        What is not kept any more is left out.
        """
        with self._database.change() as session:
            if held(session, guild):
                for version, article in articles.items():
                    if kept := kept_version(session, guild, version):
                        kept.source.take(article)

    @contextmanager
    def _changing(self, guild: int, by: int | None) -> Iterator[Changing]:
        now = self._now()
        with self._database.change() as session:
            yield Changing(session, met(session, guild, now), by, now)


def _is_same(old: VersionRow, source: SourceRow, origin: Origin, given: Given) -> bool:
    return old.source_id == source.id and load_given(old.given) == given and origin_of(old) == origin
