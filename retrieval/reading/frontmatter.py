"""The optional YAML block at a file's top: title, url, author, published, language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from retrieval.characters import normalise
from retrieval.errors import Reason, UnfitError
from retrieval.urls import LONGEST_URL, is_web_url

_BLOCK = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_OPENED = re.compile(r"---[ \t]*\n[A-Za-z_-]+[ \t]*:")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ]\d.*)?")
_NOTHING = ("", "~", "null")
# The YAML parser takes seconds for a few hundred kilobytes.
_LONGEST_BLOCK = 16 * 1024


class FrontMatterError(UnfitError):
    """The front matter cannot be read."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; `notes` name the values that could not be used and why."""

    title: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None
    language: str | None = None
    notes: tuple[Reason, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text under it. Raises FrontMatterError where the block is broken."""
    match = _BLOCK.match(text)
    if match is None:
        if _OPENED.match(text):
            raise FrontMatterError("front-matter-open")
        return FrontMatter(), text
    return _read(match["yaml"]), text[match.end() :]


def _read(block: str) -> FrontMatter:
    if len(block) > _LONGEST_BLOCK:
        raise FrontMatterError("front-matter-long", limit=_LONGEST_BLOCK // 1024)
    # The base loader makes nothing but texts, lists and mappings: `title: 007` and `language: no` stay as written.
    try:
        loaded = yaml.load(block, yaml.BaseLoader)  # noqa: S506
    except yaml.YAMLError as error:
        raise _yaml_error(error, block) from error
    except (ValueError, OverflowError) as error:  # the parser does not check the numbers in escapes and versions
        raise FrontMatterError("front-matter-number") from error
    except RecursionError as error:
        raise FrontMatterError("front-matter-deep") from error
    if not loaded:
        return FrontMatter()
    if not isinstance(loaded, dict):
        raise FrontMatterError("front-matter-list")
    notes: list[Reason] = []
    values = {str(key).casefold(): value for key, value in loaded.items() if value not in _NOTHING}
    texts = dict(_texts(values, notes))
    return FrontMatter(
        title=texts.get("title"),
        url=_url(texts.get("url"), notes),
        author=texts.get("author"),
        published=_date(values.get("published"), notes),
        language=texts.get("language"),
        notes=tuple(notes),
    )


def _yaml_error(error: yaml.YAMLError, block: str) -> FrontMatterError:
    """The error and its position in the file: the block begins in line 2; an open bracket is placed at its start."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = context if problem and context and problem.index >= len(block) else problem
    if not mark:
        return FrontMatterError("front-matter-yaml")
    return FrontMatterError("front-matter-yaml-at", line=mark.line + 2, column=mark.column + 1)


def _texts(values: dict[str, object], notes: list[Reason]) -> Iterator[tuple[str, str]]:
    """The keys whose value is a line of text. Lists and the like are noted, never turned into text.

    The characters are repaired once more: YAML's escapes can write characters that the file itself does not have.
    """
    for key in ("title", "url", "author", "language"):
        value = values.get(key, "")
        if not isinstance(value, str):
            notes.append(Reason.of("not-one-line", key=key))
        elif text := " ".join(normalise(value).split()):
            yield key, text


def _url(url: str | None, notes: list[Reason]) -> str | None:
    if url is None or is_web_url(url):
        return url
    notes.append(Reason.of("not-a-url", limit=LONGEST_URL))
    return None


def _date(value: object, notes: list[Reason]) -> dt.date | None:
    if value is None:
        return None
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(match[1] if match else "")
    except ValueError:
        notes.append(Reason.of("not-a-date"))
        return None
