"""The list in an exported archive: which articles are in it, and what moderators said about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from pullquote.library.given import Given, load_given
from retrieval.language.languages import code_of
from retrieval.reading.packaged.archive import LARGEST_MANIFEST, MANIFEST
from retrieval.urls import is_web_url

__all__ = ["LARGEST_MANIFEST", "MANIFEST", "dump_manifest", "given_in"]

_GIVEN = TypeAdapter(dict[str, Given])
_SAID = TypeAdapter(dict[str, dict[str, Any]])


def dump_manifest(given: Mapping[str, Given]) -> bytes:
    """The list as JSON: what was given, by the names of the articles."""
    return _GIVEN.dump_json(dict(given), indent=2, exclude_defaults=True)


def given_in(written: bytes) -> dict[str, Given]:
    """What a list says. Somebody may have changed it: what it says of an article counts if it can be used, whole."""
    try:
        said = _SAID.validate_json(written)
    except ValueError:
        return {}
    return {file: given for file, each in said.items() if (given := _given(each)) is not None}


def _given(said: Mapping[str, Any]) -> Given | None:
    try:
        given = load_given(said)
    except ValueError:
        return None
    is_linkable = given.url is None or is_web_url(given.url)
    return given if is_linkable and given.language in (None, code_of(given.language)) else None
