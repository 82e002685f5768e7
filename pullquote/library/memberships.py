"""Which guilds the bot is in, their settings, and what becomes of the articles of a guild that it left."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection

from pullquote.library.records import GuildRecord
from pullquote.library.state.audit import Action, AuditRow
from pullquote.library.state.database import Database, Session
from pullquote.library.state.guilds import held, known_guilds, met
from pullquote.library.state.pruning import delete_guild
from pullquote.library.versions import utc_now

log = logging.getLogger(__name__)

KEPT_AFTER_LEAVING = dt.timedelta(days=30)


class Memberships:
    """The guilds, for any thread. Each change is one transaction with its audit line.

    All methods raise StateError if the database fails; then nothing changed.
    """

    def __init__(self, database: Database, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def guilds(self) -> tuple[GuildRecord, ...]:
        """All guilds that are known, by their ids; also those that were left and are not forgotten yet."""
        with self._database.read() as session:
            return tuple(
                GuildRecord(row.id, row.joined_at, row.left_at, row.shared, row.state) for row in known_guilds(session)
            )

    def meet(self, present: Collection[int]) -> None:
        """Bring what is known in line with the guilds that the bot is in, as after a start."""
        known = self.guilds()
        for guild in set(present) - {each.id for each in known if each.left_at is None}:
            self.join(guild)
        for each in known:
            if each.left_at is None and each.id not in present:
                self.leave(each.id)

    def join(self, guild: int) -> None:
        """The bot is in a guild. What the guild had before it was left is there again."""
        with self._database.change() as session:
            known = held(session, guild)
            if known is None or known.left_at is not None:
                met(session, guild, self._now()).left_at = None
                self._note(session, guild, None, Action.JOIN)

    def leave(self, guild: int) -> None:
        """The bot is in a guild no longer."""
        with self._database.change() as session:
            row = held(session, guild)
            if row is not None and row.left_at is None:
                row.left_at = self._now()
                self._note(session, guild, None, Action.LEAVE)

    def share(self, guild: int, by: int | None, shared: bool) -> None:
        """Say whether a guild's members are answered from the operator's articles, too."""
        with self._database.change() as session:
            row = met(session, guild, self._now())
            if row.shared != shared:
                row.shared = shared
                self._note(session, guild, by, Action.SHARE if shared else Action.UNSHARE)

    def forget(self) -> tuple[int, ...]:
        """Delete guilds that were left more than 30 days ago, with all that was theirs. Returns their ids."""
        before = self._now() - KEPT_AFTER_LEAVING
        forgotten = []
        for guild in self.guilds():
            if guild.left_at is not None and guild.left_at < before:
                with self._database.change() as session:
                    gone = delete_guild(session, guild.id, before)
                if gone:  # and not joined again meanwhile
                    forgotten.append(guild.id)
                    log.info("The articles of guild %d, which was left on %s, are deleted.", guild.id, guild.left_at)
        return tuple(forgotten)

    def _note(self, session: Session, guild: int, by: int | None, action: Action) -> None:
        session.add(AuditRow(guild_id=guild, at=self._now(), by=by, action=action))
