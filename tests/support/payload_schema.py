"""Request bodies against the small schema of Discord's own description, `discord_bodies.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]

from tests.support.discord_description import SCHEMA

# By name, since jsonschema leaves out a format whose package is missing without a word: this raises KeyError.
FORMATS = FormatChecker(["uri"])
LONGEST_MESSAGE = 240


@FORMATS.checks("date-time", raises=ValueError)  # type: ignore[untyped-decorator]
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def segments(path: str) -> tuple[str, ...]:
    """The parts of a request path, without the API's version prefix."""
    parts = tuple(path.strip("/").split("/"))
    return parts[2:] if parts[:1] == ("api",) else parts


def schema_errors(method: str, path: str, body: object) -> list[str]:
    """What the schema has against this JSON body, each as `$.path: what is wrong`."""
    validator = next((check for operation, check in _validators().items() if _means(operation, method, path)), None)
    if validator is None:
        return ["$: the schema has no operation here that takes a JSON body"]
    errors = [leaf for error in validator.iter_errors(body) for leaf in _leaves(error)]
    return [f"{error.json_path}: {_shortened(error.message)}" for error in errors]


@cache
def _validators() -> dict[str, Any]:
    """A validator for each operation, by its method and its path template."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    # With the definitions at its side every "#/$defs/…" of the body's schema resolves.
    return {
        operation: _SnowflakeValidator({**body, "$defs": schema["$defs"]}, format_checker=FORMATS)
        for operation, body in schema["operations"].items()
    }


def _means(operation: str, method: str, path: str) -> bool:
    """Whether a request is of this operation."""
    known_method, template = operation.split()
    return known_method == method and _fits(segments(template), segments(path))


def _fits(template: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    pairs = zip(template, parts, strict=False)
    return len(template) == len(parts) and all(known == part or known[:1] == "{" for known, part in pairs)


def _as_written(keyword: str) -> Any:
    """The keyword, with an int read as its digits where the schema says snowflake.

    discord.py sends ids as JSON numbers, which Discord takes; the description knows them as strings only.
    """
    check = Draft202012Validator.VALIDATORS[keyword]

    def checked(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:
        if schema.get("format") == "snowflake" and type(value) is int:
            value = str(value)
        yield from check(validator, wanted, value, schema)

    return checked


_SnowflakeValidator = extend(Draft202012Validator, {keyword: _as_written(keyword) for keyword in ("type", "pattern")})


def _leaves(error: ValidationError) -> list[ValidationError]:
    """The errors at the bottom of a union: the errors of the branch of the body's kind that has the fewest.

    jsonschema's `best_match` stops at the union as soon as two branches tie, and Discord's unions always do.
    """
    branches = [_branch_leaves(errors) for errors in _branches(error) if not any(map(_is_other_kind, errors))]
    return min(branches, key=len, default=[error])


def _branches(error: ValidationError) -> Iterable[list[ValidationError]]:
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    return branches.values()


def _branch_leaves(errors: list[ValidationError]) -> list[ValidationError]:
    return [leaf for error in errors for leaf in _leaves(error)]


def _is_other_kind(error: ValidationError) -> bool:
    """Whether the branch is for null, for another value, or for another `type` of callback or component."""
    path = list(error.relative_path)
    return path == ["type"] or (path == [] and error.validator in ("type", "const"))


def _shortened(message: str) -> str:
    half = LONGEST_MESSAGE // 2
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:half]} … {message[-half:]}"
