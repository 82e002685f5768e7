"""What all commands print with: standard output and standard error, unbroken lines, JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from pullquote.locales import for_operators
from retrieval.errors import PullquoteError

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def print_error(error: PullquoteError) -> None:
    """Print an error's sentence on standard error."""
    print_line(err, for_operators(error), "red")


def print_line(console: Console, line: str, style: str = "") -> None:
    """Print a line as it is. The terminal wraps it where it must: a log, or whoever copies a path, gets it whole."""
    console.print(Text(line, style=style), soft_wrap=True)


def print_json(value: dict[str, Any]) -> None:
    """Print a value as one line of JSON, in UTF-8 whatever the terminal speaks."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A file's name may hold bytes that are not text. An answer must reach a pipe before the next question is asked.
    sys.stdout.buffer.write(line.encode(errors="replace") + b"\n")
    sys.stdout.flush()
