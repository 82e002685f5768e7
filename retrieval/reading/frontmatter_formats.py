"""The formats of front matter: a block → its keys, with texts, lists and mappings as values."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib

import yaml

from retrieval.errors import UnfitError

# The YAML parser takes seconds for a few hundred kilobytes.
_LONGEST_BLOCK = 16 * 1024
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")


class FrontMatterError(UnfitError):
    """The front matter cannot be read."""


def loaded_yaml(block: str) -> dict[str, object]:
    """The keys of a block of YAML. Raises FrontMatterError."""
    _check_length(block)
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
        return {}
    if not isinstance(loaded, dict):
        raise FrontMatterError("front-matter-list")
    return {str(key): value for key, value in loaded.items()}


def loaded_toml(block: str) -> dict[str, object]:
    """The keys of a block of TOML. Raises FrontMatterError."""
    _check_length(block)
    try:
        loaded = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        if position is None:
            raise FrontMatterError("front-matter-invalid", format="TOML") from error
        raise _invalid("TOML", int(position[1]) + 1, int(position[2])) from error
    except ValueError as error:  # a number of thousands of digits
        raise FrontMatterError("front-matter-number") from error
    except RecursionError as error:
        raise FrontMatterError("front-matter-deep") from error
    return {key: _as_written(value) for key, value in loaded.items()}


def loaded_json(text: str) -> tuple[dict[str, object], int]:
    """The keys of the JSON object that a text begins with, and where the line ends that it ends in.

    Raises FrontMatterError.
    """
    block = text[: _LONGEST_BLOCK + 1]
    try:
        loaded, end = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str).raw_decode(block)
    except json.JSONDecodeError as error:
        if len(block) > _LONGEST_BLOCK and error.pos > _LONGEST_BLOCK // 2:
            _check_length(block)
        raise _invalid("JSON", error.lineno, error.colno) from error
    except RecursionError as error:
        raise FrontMatterError("front-matter-deep") from error
    line_end = _LINE_END.match(text, end)
    if line_end is None:
        line, column = block.count("\n", 0, end) + 1, end - block.rfind("\n", 0, end)
        raise _invalid("JSON", line, column)
    return {key: _as_written(value) for key, value in loaded.items()}, line_end.end()


def _check_length(block: str) -> None:
    if len(block) > _LONGEST_BLOCK:
        raise FrontMatterError("front-matter-long", limit=_LONGEST_BLOCK // 1024)


def _as_written(value: object) -> object:
    """Numbers, dates and the like as texts; lists and mappings as they are."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float() | dt.date() | dt.time():
            return str(value)
    return value


def _yaml_error(error: yaml.YAMLError, block: str) -> FrontMatterError:
    """The error and its position in the file: the block begins in line 2; an open bracket is placed at its start."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = context if problem and context and problem.index >= len(block) else problem
    if not mark:
        return FrontMatterError("front-matter-invalid", format="YAML")
    return _invalid("YAML", mark.line + 2, mark.column + 1)


def _invalid(name: str, line: int, column: int) -> FrontMatterError:
    return FrontMatterError("front-matter-invalid-at", format=name, line=line, column=column)
