"""Articles, drafts, entries and changes for property tests: whatever a moderator or a page may call things."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from pullquote.library.difference import Difference, Rewording
from pullquote.library.drafts import Draft, Part
from pullquote.library.given import NOTHING_GIVEN
from pullquote.library.problems import Problem, Remark
from pullquote.library.records import Asker, AskerKind, Change, Entry, NewVersion, Origin, OriginKind
from pullquote.library.resemblance import Likeness, Resemblance
from pullquote.library.state.audit import Action
from retrieval.article import Article
from retrieval.errors import Reason
from retrieval.reading.articles import Document
from retrieval.tags import LONGEST_TAG, MOST_TAGS, is_tag, tags_of
from tests.support.discord_texts import LABELS, LINES, TEXTS, URLS, quotes

NAMES = LABELS.map(lambda label: label[:200]).filter(str.strip)
NUMBERS = st.integers(1, 2**31 - 1)
MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
_DAYS = st.none() | st.dates()
_WORDS = st.lists(st.sampled_from(["word", "~", "~~", "**", "||", "w" * 90, "@everyone", "[a](b)"]), max_size=60)
# As an article may have them: many, long, and of characters that mean something in Discord.
TAGS = st.lists(LABELS | st.integers(1, 20).map(lambda number: "*" * 48 + str(number)), max_size=MOST_TAGS).map(
    lambda texts: tuple(filter(is_tag, tags_of(texts)))
)
_UPLOAD = Origin(OriginKind.UPLOAD)


ASKERS = st.builds(Asker, st.sampled_from(AskerKind), NUMBERS)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article with one to six passages, whatever it says of itself."""
    article = draw(quotes()).article
    [passage] = article.passages
    passages = tuple(replace(passage, number=number) for number in range(1, draw(st.integers(1, 6)) + 1))
    author, language = draw(st.none() | LABELS), draw(st.none() | LINES | st.sampled_from(["de", "en-GB"]))
    return replace(
        article,
        file=draw(NAMES),
        author=author,
        language=language,
        published=draw(_DAYS),
        passages=passages,
        tags=draw(TAGS),
    )


def differences() -> st.SearchStrategy[Difference]:
    texts = st.lists(TEXTS, max_size=8).map(tuple)
    rewordings = st.lists(st.builds(Rewording, _WORDS.map(" ".join), _WORDS.map(" ".join)), max_size=5).map(tuple)
    return st.builds(Difference, texts, rewordings, texts, st.integers(0, 10**6))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft of one article or of several, with remarks."""
    resembled = st.lists(
        st.builds(Resemblance, articles(), st.sampled_from(Likeness), st.floats(0, 1)), max_size=5
    ).map(tuple)
    many = draw(st.booleans())
    parts = [_part(draw, st.just(()) if many else resembled) for _ in range(draw(st.integers(2, 12)) if many else 1)]
    said = [
        draw(st.sampled_from([Problem, Remark]))(name, Reason.of("same-title", other=name))
        for name in draw(st.lists(NAMES, max_size=8))
    ]
    return Draft(1, 2, tuple(parts), tuple(said))


def _part(draw: st.DrawFn, resembled: st.SearchStrategy[tuple[Resemblance, ...]]) -> Part:
    article = draw(articles())
    new = NewVersion(Document(article.file, "text/plain", b""), article, _UPLOAD)
    replaces = draw(st.booleans())
    return Part(new, replaces, draw(st.none() | differences()) if replaces else None, draw(resembled))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An article as a list shows it."""
    at = draw(MOMENTS)
    return Entry(
        name=draw(NAMES),
        version=draw(NUMBERS),
        title=draw(LABELS),
        author=draw(st.none() | LABELS),
        published=draw(_DAYS),
        url=draw(URLS),
        language=None,
        tags=draw(TAGS),
        passages=draw(NUMBERS),
        media_type="text/plain",
        digest="0" * 64,
        origin=_UPLOAD,
        given=NOTHING_GIVEN,
        added_at=at,
        added_by=draw(st.none() | NUMBERS),
        changed_at=at,
        changed_by=draw(st.none() | NUMBERS),
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change that made a state, of any articles."""
    names = st.lists(NAMES, max_size=12).map(tuple)
    tags = LABELS.map(lambda label: label[:LONGEST_TAG])
    action = draw(st.sampled_from(Action))
    is_scope = action in (Action.ALLOW, Action.REFUSE, Action.OPEN)
    return Change(
        id=1,
        at=draw(MOMENTS),
        by=draw(st.none() | st.just(2**64 - 1)),
        action=action,
        state=None if is_scope else draw(st.none() | NUMBERS),
        added=draw(names),
        changed=draw(names),
        removed=draw(names),
        back_to=draw(NUMBERS),
        tag=draw(tags) if is_scope else None,
        asker=draw(st.none() | ASKERS) if is_scope else None,
        can_return=draw(st.booleans()),
    )
