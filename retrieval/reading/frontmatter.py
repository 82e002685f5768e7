"""The optional block at a file's top: what the article is, in YAML, TOML (Hugo) or JSON (Hugo)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from retrieval.characters import one_line
from retrieval.errors import Reason
from retrieval.reading.frontmatter_formats import FrontMatterError, loaded_json, loaded_toml, loaded_yaml
from retrieval.tags import LONGEST_TAG, MOST_TAGS, is_tag, tags_of
from retrieval.urls import LONGEST_URL, is_web_url

__all__ = ["FrontMatter", "FrontMatterError", "day_of", "split_front_matter"]

_YAML = re.compile(r"---[ \t]*\n(?P<block>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_YAML_OPENED = re.compile(r"---[ \t]*\n[A-Za-z_-]+[ \t]*:")
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<block>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
_TOML_OPENED = re.compile(r"\+\+\+[ \t]*\n[A-Za-z_-]+[ \t]*=")
_JSON_OPENED = re.compile(r"\{\s*\"[^\"\n]*\"\s*:")
# Between two rules stands text, not front matter, if it begins with a blank line and has no keys.
_TEXT_BETWEEN_RULES = re.compile(r"---[ \t]*\n[ \t]*\n\s*+(?!---|\.\.\.|[\w-]++[ \t]*:)")
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ]\d.*)?")
_NOTHING = ("", "~", "null")
# Other names of the keys, in other programs.
_OTHER_NAMES = {"authors": "author", "date": "published", "lang": "language"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says; `notes` name the values that could not be used and why."""

    title: str | None = None
    url: str | None = None
    author: str | None = None
    published: dt.date | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    notes: tuple[Reason, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter and the text under it. Raises FrontMatterError where the block is broken."""
    if text.startswith("---") and not _TEXT_BETWEEN_RULES.match(text):
        return _between(text, _YAML, _YAML_OPENED, FrontMatterError("front-matter-open"), loaded_yaml)
    if text.startswith("+++"):
        return _between(text, _TOML, _TOML_OPENED, FrontMatterError("front-matter-open-toml"), loaded_toml)
    if _JSON_OPENED.match(text):
        values, end = loaded_json(text)
        return _front_matter(values), text[end:]
    return FrontMatter(), text


def day_of(match: re.Match[str] | None) -> dt.date | None:
    """The day whose year, month and day are a match's groups; None without a match, and where there is no such day."""
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _between(
    text: str,
    block: re.Pattern[str],
    opened: re.Pattern[str],
    unclosed: FrontMatterError,
    load: Callable[[str], dict[str, object]],
) -> tuple[FrontMatter, str]:
    """What stands between two lines of marks, and the text under it."""
    match = block.match(text)
    if match is None:
        if opened.match(text):
            raise unclosed
        return FrontMatter(), text
    return _front_matter(load(match["block"])), text[match.end() :]


def _front_matter(loaded: dict[str, object]) -> FrontMatter:
    notes: list[Reason] = []
    values = _by_name(loaded)
    texts = dict(_texts(values, notes))
    return FrontMatter(
        title=texts.get("title"),
        url=_url(texts.get("url"), notes),
        author=texts.get("author"),
        published=_date(values.get("published"), notes),
        language=texts.get("language"),
        tags=_tags(values.get("tags"), notes),
        notes=tuple(notes),
    )


def _by_name(loaded: dict[str, object]) -> dict[str, object]:
    """The values by the names that are known here."""
    values = {key.casefold(): value for key, value in loaded.items() if value not in _NOTHING}
    for other, name in _OTHER_NAMES.items():
        if other in values:
            values.setdefault(name, values[other])
    if names := _names(values.get("author")):
        values["author"] = names
    return values


def _names(authors: object) -> str:
    """Several authors as a text; each is a name, or has a name among other values."""
    people = authors if isinstance(authors, list) else [authors]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    return ", ".join(name for name in names if isinstance(name, str)) if all(isinstance(n, str) for n in names) else ""


def _texts(values: dict[str, object], notes: list[Reason]) -> Iterator[tuple[str, str]]:
    """The keys whose value is a line of text. Lists and the like are noted, never turned into text.

    The characters are repaired once more: escapes can write characters that the file itself does not have.
    """
    for key in ("title", "url", "author", "language"):
        value = values.get(key, "")
        if not isinstance(value, str):
            notes.append(Reason.of("not-one-line", key=key))
        elif text := one_line(value):
            yield key, text


def _url(url: str | None, notes: list[Reason]) -> str | None:
    if url is None or is_web_url(url):
        return url
    notes.append(Reason.of("not-a-url", limit=LONGEST_URL))
    return None


def _tags(value: object, notes: list[Reason]) -> tuple[str, ...]:
    """The tags of a list, or of a line with commas. Those that no rule could name are noted and left out."""
    if value is None:
        return ()
    written = value.split(",") if isinstance(value, str) else value
    if not isinstance(written, list) or not all(isinstance(each, str) for each in written):
        notes.append(Reason.of("not-tags"))
        return ()
    tags = tags_of(written)
    fit = tuple(filter(is_tag, tags))[:MOST_TAGS]
    if len(fit) < len(tags):
        notes.append(Reason.of("unfit-tags", longest=LONGEST_TAG, most=MOST_TAGS))
    return fit


def _date(value: object, notes: list[Reason]) -> dt.date | None:
    if value is None:
        return None
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(match[1] if match else "")
    except ValueError:
        notes.append(Reason.of("not-a-date"))
        return None
