"""A change of a guild's corpus under way: what changes are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pullquote.library.given import Given, dump_given
from pullquote.library.records import NewVersion, Origin
from pullquote.library.state.articles import ArticleRow, named, names_of
from pullquote.library.state.audit import Action, AuditRow
from pullquote.library.state.contents import Changed, advance, changed_after, changed_in, contents_of
from pullquote.library.state.database import Session
from pullquote.library.state.errors import StateError
from pullquote.library.state.guilds import GuildRow
from pullquote.library.state.pruning import check_kept, prune
from pullquote.library.state.sources import SourceRow, same_source
from pullquote.library.state.versions import VersionRow, versions_by_id


@dataclass(frozen=True, slots=True)
class Changing:
    """A transaction that changes a guild's corpus. Nobody else can change the guild meanwhile."""

    session: Session
    guild: GuildRow
    by: int | None
    now: dt.datetime

    def versions_in_force(self, articles: Collection[int]) -> Mapping[int, VersionRow]:
        """The versions in force of these articles, by article."""
        contents = contents_of(self.session, self.guild.id, self.guild.state, articles)
        versions = versions_by_id(self.session, [row.version_id for row in contents.values()])
        return {article: versions[row.version_id] for article, row in contents.items()}

    def versions_named(self, names: Collection[str]) -> Sequence[VersionRow]:
        """The versions in force of the articles of these names. Raises StateError if one is not in the corpus."""
        rows = named(self.session, self.guild.id, names)
        in_force = self.versions_in_force([row.id for row in rows.values()])
        if absent := [name for name in names if name not in rows or rows[name].id not in in_force]:
            raise StateError("article-not-there", name=absent[0])
        return list(in_force.values())

    def new_article(self, name: str) -> ArticleRow:
        """The row of an article whose name is new to the guild."""
        row = ArticleRow(guild_id=self.guild.id, name=name, added_at=self.now, added_by=self.by)
        self.session.add(row)
        self.session.flush()
        return row

    def source(self, article: int, new: NewVersion) -> SourceRow:
        """The row of a document, with what it reads as now."""
        known = same_source(self.session, article, new.document, new.article.digest)
        if known:
            known.take(new.article)
            return known
        row = SourceRow.of(article, new.document, new.article)
        self.session.add(row)
        self.session.flush()
        return row

    def new_version(self, source: SourceRow, origin: Origin, given: Given) -> int:
        """The id of a version that is made of this."""
        row = VersionRow(
            article_id=source.article_id,
            source_id=source.id,
            given=dump_given(given),
            origin=origin.kind,
            origin_text=origin.text,
            at=self.now,
            by=self.by,
        )
        self.session.add(row)
        self.session.flush()
        return row.id

    def as_in(self, state: int) -> Mapping[int, int | None]:
        """The versions that all articles had in a state. Raises StateError if the state is not kept."""
        check_kept(state, self.guild.state)
        now = contents_of(self.session, self.guild.id, self.guild.state)
        then = contents_of(self.session, self.guild.id, state)
        return {**dict.fromkeys(now), **{article: row.version_id for article, row in then.items()}}

    def article_as_in(self, state: int, name: str) -> Mapping[int, int | None]:
        """The version that an article had in a state. Raises StateError if that is not kept, or nothing of it is."""
        row = named(self.session, self.guild.id, [name]).get(name)
        if row is None:
            raise StateError("article-not-there", name=name)
        then = contents_of(self.session, self.guild.id, state, [row.id]).get(row.id)
        if then is None or state > self.guild.state:
            check_kept(state, self.guild.state)
        return {row.id: then.version_id if then else None}

    def before(self, state: int) -> Mapping[int, int | None]:
        """The versions that articles had before they were changed in a state. Raises StateError, as `undo` says."""
        check_kept(state - 1, self.guild.state)
        check_kept(state, self.guild.state)
        touched = changed_in(self.session, self.guild.id, state)
        if later := changed_after(self.session, touched, state):
            raise StateError("changed-since", name=min(names_of(self.session, later).values()))
        then = contents_of(self.session, self.guild.id, state - 1, touched)
        return {article: then[article].version_id if article in then else None for article in touched}

    def advance(self, action: Action, wanted: Mapping[int, int | None], back_to: int | None = None) -> int:
        """Put these versions in force, write the audit line, delete what went out of reach. Returns the state."""
        if changed := advance(self.session, self.guild, wanted):
            names = names_of(self.session, [each.article for each in changed])
            line = AuditRow(guild_id=self.guild.id, at=self.now, by=self.by, action=action, state=self.guild.state)
            line.fields = _difference(changed, names) | ({} if back_to is None else {"back_to": back_to})
            self.session.add(line)
            prune(self.session, self.guild, names)
        return self.guild.state


def _difference(changed: Sequence[Changed], names: Mapping[int, str]) -> dict[str, Any]:
    """The names of the articles that came, changed and went. A kind without names is left out."""
    kinds = {
        "added": [each for each in changed if each.before is None],
        "changed": [each for each in changed if each.before is not None and each.after is not None],
        "removed": [each for each in changed if each.after is None],
    }
    return {kind: sorted(names[each.article] for each in of_kind) for kind, of_kind in kinds.items() if of_kind}
