"""A text file is read as AsciiDoc or reStructuredText where it plainly is such, and as plain text else."""

from __future__ import annotations

import pytest

from retrieval.reading.media_types import MEDIA_TYPES, PLAIN_TEXT
from retrieval.reading.recognition import looks_like_asciidoc, looks_like_rst

ASCIIDOC = """ants(1)
=======

SYNOPSIS
--------
[verse]
'ants' [-d | --dig]

OPTIONS
-------
-d::
--dig::
\tDig. See linkgit:bees[1].
+
Not always.
"""
RST = """Ants
====

.. module:: ants

They :func:`dig` and `bite <https://example.org>`_.

.. note:: Not always.
"""


def test_asciidoc() -> None:
    assert looks_like_asciidoc(ASCIIDOC)
    assert not looks_like_rst(ASCIIDOC)
    blocks = MEDIA_TYPES[PLAIN_TEXT].parse(ASCIIDOC.encode()).blocks
    assert [block.text for block in blocks[-1:]] == ["-d, --dig\n  Dig. See bees(1).\n  Not always."]


def test_rst() -> None:
    assert looks_like_rst(RST)
    assert not looks_like_asciidoc(RST)
    blocks = MEDIA_TYPES[PLAIN_TEXT].parse(RST.encode()).blocks
    assert [block.text for block in blocks][:2] == ["Ants", "They dig() and bite."]


def test_what_its_parser_finds_unfit_is_plain_text() -> None:
    fences = "\n".join("=" * (4 + i) for i in range(60))
    deep = f"[[a]]\n[[b]]\nlink:x[y]\nlinkgit:bees[1]\n{fences}\nAnts bite.\n"
    assert looks_like_asciidoc(deep)
    assert "Ants bite." in [block.text for block in MEDIA_TYPES[PLAIN_TEXT].parse(deep.encode()).blocks]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ants\n====\n\nThey bite.\n\nBees\n----\n\nThey hum.\n",
        "# Ants\n\nThey [bite](a.md) and ``dig`` :)\n\n## Bees\n\n```\nhum::\n```\n",
        "== Ants ==\n\nThey bite [[hard]].\n\n== Bees ==\n\n* They hum.\n",
        "1.  Ants::Nest\n\n    std::vector<int> a;\n    a[0] << b[1]\n\nNOTE: see http://example.org [1].\n",
        "Subject: Ants\nTo: everybody\n\n> They bite.\n\n-- \nThe keeper\n",
        "    .. and so on\n\n.. and on:: and on\n",
    ],
)
def test_other_texts(text: str) -> None:
    assert not looks_like_asciidoc(text)
    assert not looks_like_rst(text)
