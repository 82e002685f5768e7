"""The list that an export lays beside its documents: what was written is read, and of other lists what can be used."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.manifest import dump_manifest, given_in

ALL = Given("On ants", "A. Digger", dt.date(2026, 1, 2), "https://example.org/ants", "en", frozenset({"author"}))


def test_what_was_listed_is_read() -> None:
    listed = {"ants.md": ALL, "lore/b\u00e9es.md": NOTHING_GIVEN, "cats.md": Given(title='--- "cats": {[#&*!|>%@`')}
    assert given_in(dump_manifest(listed)) == listed
    assert given_in(dump_manifest({})) == {}


def test_what_was_not_given_is_not_listed() -> None:
    assert json.loads(dump_manifest({"ants.md": NOTHING_GIVEN, "bees.md": Given(title="On bees")})) == {
        "ants.md": {},
        "bees.md": {"title": "On bees"},
    }


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"bees.md": "On bees"}',
        b'{"bees.md": {"title": "' + b"b" * 301 + b'"}}',
        b'{"bees.md": {"title": ""}}',
        b'{"bees.md": {"title": 7}}',
        b'{"bees.md": {"title": "two\\nlines"}}',
        b'{"bees.md": {"title": "\\ud800"}}',
        b'{"bees.md": {"published": "soon"}}',
        b'{"bees.md": {"without": ["title"]}}',
        b'{"bees.md": {"title": "On bees", "url": "javascript:alert(1)"}}',
        b'{"bees.md": {"title": "On bees", "language": "en-GB"}}',
        b'{"bees.md": {"title": "On bees", "language": "(none)"}}',
        b"[" * 100_000,
        b'{"bees.md": ' + b'{"title": ' * 100_000,
    ],
)
def test_what_cannot_be_used_is_left_out(written: bytes) -> None:
    assert given_in(written) == {}


def test_what_can_be_used_counts() -> None:
    written = b'{"ants.md": {"title": ""}, "bees.md": {"title": "On bees", "colour": "black"}}'
    assert given_in(written) == {"bees.md": Given(title="On bees")}
