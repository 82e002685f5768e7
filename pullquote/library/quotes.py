"""How many answers quoted each article: counted in memory while answers go out, and written every so often.

An article counts as quoted once for each answer in a guild whose reader sees a quote of it, be it the best quote or a
further one. What moderators try out, what the buttons under an answer show, direct messages and the terminal do not
count. Counts alone are kept: neither questions nor members nor times.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pullquote.library.composition import ArticleName, Names
from pullquote.library.library import Library
from pullquote.library.observer import Answered, QuestionEvent
from pullquote.library.state.database import Database, Session
from pullquote.library.state.guilds import GuildRow, met
from pullquote.library.state.listing import names_in_state
from pullquote.library.state.quotes import LONGEST, add_quotes, quotes_of
from pullquote.library.versions import utc_now
from pullquote.locales import for_operators
from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)

# How many articles of all guilds wait to be written at most, should the state refuse them for long.
_MOST_WAITING = 10_000


@dataclass(frozen=True, slots=True)
class Quoted:
    """How many answers in a guild quoted its articles."""

    answers: Mapping[ArticleName, int]
    names: Names

    def own(self, name: str) -> int:
        """The number for an article of the guild's own, by its name."""
        return self.answers.get(_kept(ArticleName(False, name)), 0)

    def shared(self, file: str) -> int:
        """The number for an article of the folder."""
        return self.answers.get(_kept(ArticleName(True, file)), 0)

    def asked(self, file: str) -> int:
        """The number for an article of the guild's corpus, by what it is called there."""
        return self.answers.get(_kept(self.names.origin(file)), 0)


class Quotes:
    """Counts for all guilds, for any thread. What a process that is killed has not written yet is lost."""

    def __init__(self, database: Database, shared: Library, now: Callable[[], dt.datetime] = utc_now) -> None:
        self._database = database
        self._shared = shared
        self._now = now
        self._waiting: Counter[tuple[int, str]] = Counter()
        """Answers by guilds and by what their corpora call the articles."""
        self._lock = threading.Lock()
        """Held for moments only: whoever answers waits for it."""
        self._writing = threading.Lock()
        """Held by the thread that writes or reads, so that nothing is read twice."""
        self._refused = False

    def observe(self, event: QuestionEvent) -> None:
        """The observer that counts what is quoted in guilds. It touches no disk."""
        if event.guild is None or not isinstance(event.outcome, Answered):
            return
        with self._lock:
            for file in event.outcome.quoted:
                key = (event.guild, file)
                if key in self._waiting or len(self._waiting) < _MOST_WAITING:
                    self._waiting[key] += 1

    def write(self) -> None:
        """Write what was counted. What the state refuses waits until the next time, and the log says so once."""
        with self._writing:
            waiting = self._copied()
            if not waiting:
                return
            try:
                self._add(waiting)
            except PullquoteError as error:
                if not self._refused:
                    log.warning("How often articles are quoted cannot be written yet: %s", for_operators(error))
                self._refused = True
            else:
                self._refused = False
                with self._lock:
                    self._waiting -= waiting

    def quoted(self, guild: int) -> Quoted:
        """What was counted in a guild, written or not. Raises StateError if the database fails."""
        with self._writing, self._database.read() as session:
            rows = quotes_of(session, guild)
            answers = Counter({ArticleName(row.shared, row.name): row.answers for row in rows})
            names = self._names(session, session.get(GuildRow, guild))
            for (where, file), count in self._copied().items():
                if where == guild:
                    answers[_kept(names.origin(file))] += count
        return Quoted(answers, names)

    def _copied(self) -> Counter[tuple[int, str]]:
        with self._lock:
            return self._waiting.copy()

    def _add(self, waiting: Mapping[tuple[int, str], int]) -> None:
        """Write counts in one transaction, guild by guild. Raises StateError."""
        with self._database.change() as session:
            for guild in sorted({guild for guild, _ in waiting}):
                names = self._names(session, met(session, guild, self._now()))
                for (where, file), answers in waiting.items():
                    if where == guild:
                        article = _kept(names.origin(file))
                        add_quotes(session, guild, shared=article.shared, name=article.name, answers=answers)

    def _names(self, session: Session, guild: GuildRow | None) -> Names:
        """What the guild's articles are called. A guild that is not known asks the folder's."""
        shared = (article.file for article in self._shared.corpus.articles)
        if guild is None:
            return Names.of(shared, ())
        return Names.of(shared if guild.shared else (), names_in_state(session, guild.id, guild.state))


def _kept(article: ArticleName) -> ArticleName:
    """The article by as much of its name as is kept."""
    return ArticleName(article.shared, article.name[:LONGEST])
