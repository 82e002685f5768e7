"""Who may ask what: tags whose articles only some channels and roles of a guild may ask."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pullquote.library.given import check_tags
from pullquote.library.records import Asker, AskerKind, Scope
from pullquote.library.state.audit import Action, AuditRow
from pullquote.library.state.database import Database, Session
from pullquote.library.state.errors import StateError
from pullquote.library.state.guilds import met
from pullquote.library.state.scopes import ScopeRow, scopes_of
from pullquote.library.versions import utc_now

MOST_SCOPES, MOST_ALLOWED = 100, 50
"""How many tags of a guild may have a scope, and how many channels and roles may ask one."""


class Scopes:
    """The scopes of all guilds, for any thread. Each change is one transaction with its audit line.

    A tag without a scope is for everybody. An article with several tags is for those who may ask all of them. All
    methods that ask the database raise StateError if it fails; then nothing changed.
    """

    def __init__(self, database: Database, home: int | None, now: Callable[[], dt.datetime] = utc_now) -> None:
        """`home` is the guild whose scopes hold in direct messages, too, which nobody may ask a tag by."""
        self._database = database
        self._home = home
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[int, tuple[Scope, ...]] = {}
        self._changes = 0

    def of(self, guild: int) -> tuple[Scope, ...]:
        """A guild's scopes, by their tags."""
        if (known := self._known.get(guild)) is not None:
            return known
        changes = self._changes
        with self._database.read() as session:
            found = tuple(map(_scope, scopes_of(session, guild)))
        with self._lock:
            if changes == self._changes:  # or else what was found may be older than a change
                self._known[guild] = found
        return found

    def is_known(self, guild: int | None) -> bool:
        """Whether `withheld` can tell without the database."""
        guild = self._home if guild is None else guild
        return guild is None or guild in self._known

    def withheld(self, guild: int | None, audience: frozenset[int]) -> frozenset[str]:
        """The tags of a guild, or for direct messages, that must not be quoted to an audience.

        An audience is the ids of the channels, categories and roles that let whoever reads an answer ask.
        """
        guild = self._home if guild is None else guild
        scopes = () if guild is None else self.of(guild)
        return frozenset(each.tag for each in scopes if audience.isdisjoint(asker.id for asker in each.askers))

    def allow(self, guild: int, by: int | None, tag: str, asker: Asker) -> Scope:
        """Let those ask the articles of a tag, and nobody else who was not let before.

        Raises UnfitError if there can be no such tag, and StateError if there are too many scopes, or askers of one.
        """
        with self._changing(guild) as session:
            row = self._row(session, guild, tag)
            scope = _scope(row)
            if asker not in scope.askers:
                if len(scope.askers) >= MOST_ALLOWED:
                    raise StateError("too-many-askers", tag=tag, limit=MOST_ALLOWED)
                _set(row, (*scope.askers, asker))
                self._note(session, guild, by, Action.ALLOW, tag, asker)
            return _scope(row)

    def refuse(self, guild: int, by: int | None, tag: str, asker: Asker | None) -> Scope:
        """Let those no longer ask the articles of a tag; without `asker`, let nobody.

        Raises what `allow` raises, and StateError if everybody may ask them, and not these alone.
        """
        with self._changing(guild) as session:
            is_open = session.get(ScopeRow, (guild, tag)) is None
            if is_open and asker is not None:
                raise StateError("tag-for-everybody", tag=tag)
            row = self._row(session, guild, tag)
            scope = _scope(row)
            rest = () if asker is None else tuple(each for each in scope.askers if each != asker)
            if is_open or rest != scope.askers:
                _set(row, rest)
                self._note(session, guild, by, Action.REFUSE, tag, asker)
            return _scope(row)

    def open(self, guild: int, by: int | None, tag: str) -> None:
        """Let everybody ask the articles of a tag."""
        with self._changing(guild) as session:
            if row := session.get(ScopeRow, (guild, tag)):
                session.delete(row)
                self._note(session, guild, by, Action.OPEN, tag, None)

    def forget(self, guild: int) -> None:
        """Keep nothing of a guild in memory, whose rows are deleted."""
        with self._lock:
            self._changes += 1
            self._known.pop(guild, None)

    @contextmanager
    def _changing(self, guild: int) -> Iterator[Session]:
        try:
            with self._database.change() as session:
                met(session, guild, self._now())
                yield session
        finally:  # even what was not confirmed may have changed
            self.forget(guild)

    def _row(self, session: Session, guild: int, tag: str) -> ScopeRow:
        """The row of a tag, which nobody may ask if it is new."""
        if (row := session.get(ScopeRow, (guild, tag))) is None:
            check_tags([tag])
            if len(scopes_of(session, guild)) >= MOST_SCOPES:
                raise StateError("too-many-scopes", limit=MOST_SCOPES)
            row = ScopeRow(guild_id=guild, tag=tag, channels=[], roles=[])
            session.add(row)
        return row

    def _note(
        self, session: Session, guild: int, by: int | None, action: Action, tag: str, asker: Asker | None
    ) -> None:
        fields = {"tag": tag} | ({} if asker is None else {"kind": asker.kind.value, "asker": asker.id})
        session.add(AuditRow(guild_id=guild, at=self._now(), by=by, action=action, fields=fields))


def _scope(row: ScopeRow) -> Scope:
    channels = (Asker(AskerKind.CHANNEL, each) for each in row.channels)
    return Scope(row.tag, (*channels, *(Asker(AskerKind.ROLE, each) for each in row.roles)))


def _set(row: ScopeRow, askers: tuple[Asker, ...]) -> None:
    row.channels = [each.id for each in askers if each.kind is AskerKind.CHANNEL]
    row.roles = [each.id for each in askers if each.kind is AskerKind.ROLE]
