"""Jupyter notebooks → blocks: Markdown cells, code, and the short texts that the code printed.

A notebook is JSON of one of two shapes: version 4 has a list of cells, version 3 lists of them in worksheets. nbformat,
the package for this, checks a notebook against its schema: a broken cell would cost the whole file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from retrieval.characters import normalise, one_line
from retrieval.errors import UnfitError
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.decoding import decode
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.markdown.parsing import parse_markdown
from retrieval.reading.parsed import Parsed

# A longer text that code printed is for programs: logs, bars of progress, arrays.
_LONGEST_OUTPUT = 2_000
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}+[A-Za-z]")


class NotebookError(UnfitError):
    """The file is not a notebook, or a broken one."""


def parse_notebook(raw: bytes) -> Parsed:
    """Read a notebook. Raises DecodingError, NotebookError, and TooDeepError for the Markdown in it."""
    decoded = decode(raw)
    loaded = _load(decoded.text)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("cells", loaded.get("worksheets")), list):
        raise NotebookError("not-a-notebook")
    metadata = loaded.get("metadata")
    front = _front(metadata) if isinstance(metadata, dict) else FrontMatter()
    blocks = [block for cell in _cells(loaded) for block in _blocks(cell)]
    return Parsed(blocks, front, notes=(decoded.note,) if decoded.note else ())


def _load(text: str) -> object:
    try:
        return json.loads(text, parse_int=_number, parse_float=_number)
    except json.JSONDecodeError as error:
        raise NotebookError("notebook-json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise NotebookError("too-deep") from error


def _number(digits: str) -> int:
    """A number of any length. Only the levels of headings are of interest."""
    return int(digits) if len(digits) == 1 else 0


def _front(metadata: dict[str, Any]) -> FrontMatter:
    title, authors = metadata.get("title"), metadata.get("authors")
    names = [each.get("name") for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    return FrontMatter(
        title=one_line(title) or None if isinstance(title, str) else None,
        author=", ".join(one_line(name) for name in names if isinstance(name, str)) or None,
    )


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    worksheets = notebook.get("worksheets", [])
    sheets = [sheet for sheet in worksheets if isinstance(sheet, dict)] if isinstance(worksheets, list) else []
    for holder in [notebook, *sheets]:
        cells = holder.get("cells")
        if isinstance(cells, list):
            yield from (cell for cell in cells if isinstance(cell, dict))


def _blocks(cell: dict[str, Any]) -> Iterator[Block]:
    source = _text(cell.get("source", cell.get("input")))
    match cell.get("cell_type"):
        case "markdown":
            yield from parse_markdown(source)
        case "heading":
            if line := one_line(source):
                level = cell.get("level")
                yield Block(Kind.HEADING, line, level if isinstance(level, int) and 1 <= level <= 6 else 1)
        case "code":
            outputs = cell.get("outputs")
            texts = map(_output, outputs) if isinstance(outputs, list) else ()
            yield from (Block(Kind.CODE, text) for text in (source.strip("\n"), *texts) if text.strip())


def _output(output: object) -> str:
    """The text of an output, if it is short and not an error."""
    if not isinstance(output, dict) or output.get("output_type") in ("error", "pyerr"):
        return ""
    data = output.get("data")
    shown = output.get("text", data.get("text/plain") if isinstance(data, dict) else None)
    text = _text(shown).strip("\n")
    return text if len(text) <= _LONGEST_OUTPUT else ""


def _text(source: object) -> str:
    """A text, which may be a list of its lines. Its characters are repaired, for JSON's escapes can be any."""
    pieces = source if isinstance(source, list) else [source]
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return normalise(_COLOUR.sub("", text))
