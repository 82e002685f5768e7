"""Notebooks as blocks: what was written and what was printed, but neither pictures nor broken files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from retrieval.errors import ArticleError
from retrieval.reading.articles import read_article
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.notebook import parse_notebook
from tests.support.documents import document
from tests.support.measures import Words
from tests.support.wording import refusal


def blocks(notebook: Any) -> list[Block]:
    return parse_notebook(json.dumps(notebook).encode()).blocks


def test_version_4() -> None:
    notebook = {
        "nbformat": 4,
        "metadata": {"title": "Ants ", "authors": [{"name": "A. Keeper"}, {"name": 1}]},
        "cells": [
            {"cell_type": "markdown", "source": ["# Nests\n", "\n", "They *dig*."]},
            {
                "cell_type": "code",
                "source": "print(dig())\n",
                "outputs": [
                    {"output_type": "stream", "text": ["\u001b[31mdeep\u001b[0m\n"]},
                    {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}},
                    {"output_type": "execute_result", "data": {"text/plain": ["'x'"]}},
                    {"output_type": "stream", "text": "x" * 2_001},
                    {"output_type": "error", "traceback": ["Oh"], "text": "Oh"},
                ],
            },
            {"cell_type": "raw", "source": "\\section{Ants}"},
            {"cell_type": "code", "source": [], "outputs": []},
        ],
    }
    parsed = parse_notebook(json.dumps(notebook).encode())
    assert (parsed.front.title, parsed.front.author) == ("Ants", "A. Keeper")
    assert [(block.kind, block.text) for block in parsed.blocks] == [
        (Kind.HEADING, "Nests"),
        (Kind.PROSE, "They dig."),
        (Kind.CODE, "print(dig())"),
        (Kind.CODE, "deep"),
        (Kind.CODE, "<Figure>"),
        (Kind.CODE, "'x'"),
    ]


def test_version_3() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Nests"]},
        {"cell_type": "markdown", "source": "They dig."},
        {"cell_type": "code", "input": ["dig()"], "outputs": [{"output_type": "pyout", "text": ["deep"]}]},
        {"cell_type": "code", "input": "bite()", "outputs": [{"output_type": "pyerr", "text": "Oh"}]},
    ]
    assert blocks({"nbformat": 3, "worksheets": [{"cells": cells}]}) == [
        Block(Kind.HEADING, "Nests", 2),
        Block(Kind.PROSE, "They dig."),
        Block(Kind.CODE, "dig()"),
        Block(Kind.CODE, "deep"),
        Block(Kind.CODE, "bite()"),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        [None, 1, "a", [], {}],
        [{"cell_type": "markdown"}, {"cell_type": "markdown", "source": 1}, {"cell_type": ["code"]}],
        [
            {"cell_type": "code", "source": {}, "outputs": 1},
            {"cell_type": "code", "outputs": [1, {"data": [], "text": {}}]},
        ],
        [{"cell_type": "heading", "source": " ", "level": []}],
    ],
)
def test_cells_that_are_broken_are_left_out(cells: list[Any]) -> None:
    assert blocks({"cells": cells, "metadata": []}) == []
    assert blocks({"worksheets": [1, {"cells": cells}, {}]}) == []


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (
            b'{"cells": [\n{"cell_type": "code"',
            "a.ipynb: is not a notebook: its JSON is wrong in line 2, column 21; open it in Jupyter and save it again",
        ),
        (b"[1]", "a.ipynb: is not a notebook: it has no cells; open it in Jupyter and save it again"),
        (b'{"cells": 1}', "a.ipynb: is not a notebook: it has no cells; open it in Jupyter and save it again"),
        (b'{"cells": ' + b"[" * 200_000, "a.ipynb: is nested too deeply to be read"),
        (b'{"cells": []}', "a.ipynb: has no text in it"),
    ],
)
def test_broken_notebooks_are_named(raw: bytes, problem: str) -> None:
    with refusal(ArticleError, match=f"^{re.escape(problem)}$"):
        read_article(document("a.ipynb", raw), Words())


def test_numbers_of_any_length() -> None:
    assert blocks({"cells": [{"cell_type": "markdown", "source": "Ants."}], "nbformat": 4}) == [
        Block(Kind.PROSE, "Ants.")
    ]
    parse_notebook(b'{"cells": [], "nbformat": ' + b"1" * 10_000 + b"}")
