"""An entry of a list, to be changed as a test needs it."""

from __future__ import annotations

import datetime as dt

from pullquote.library.given import NOTHING_GIVEN
from pullquote.library.records import Entry, Origin, OriginKind

GULL = Entry(
    name="gull.md",
    version=1,
    title="The lighthouse at Gull Point",
    author="Ann Lee",
    published=dt.date(1874, 5, 1),
    url="https://example.org/gull",
    language="en",
    tags=(),
    passages=12,
    media_type="text/markdown",
    digest="0" * 64,
    origin=Origin(OriginKind.UPLOAD, "gull.md"),
    given=NOTHING_GIVEN,
    added_at=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC),
    added_by=42,
    changed_at=dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC),
    changed_by=42,
)
