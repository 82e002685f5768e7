"""reStructuredText as blocks, with Sphinx's directives and roles."""

from __future__ import annotations

from textwrap import dedent

import pytest

from retrieval.article import Link
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.rst.document import RstTooDeepError, parse_rst


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_rst(dedent(text).strip("\n"))]


def texts(text: str) -> list[str]:
    return [text for _, text in blocks(text)]


def test_headings_have_the_levels_of_their_sections() -> None:
    text = """
        Ants
        ====

        Nests
        -----

        They dig.

        Bees
        ====

        They hum.
        """
    assert [(block.text, block.level) for block in parse_rst(dedent(text))] == [
        ("Ants", 1), ("Nests", 2), ("They dig.", 1), ("Bees", 1), ("They hum.", 1)
    ]  # fmt: skip


def test_lists_tables_and_code() -> None:
    text = """
        - Ants

          1. dig
          2. bite
        - Bees::

            hum()

        ant
          An insect.

        ====  ====
        Name  Legs
        ====  ====
        ant   six
        ====  ====

        >>> dig()
        """
    assert blocks(text) == [
        (Kind.LINES, "- Ants\n  1. dig\n  2. bite\n- Bees:\n  hum()"),
        (Kind.LINES, "ant\n  An insect."),
        (Kind.TABLE, "Name | Legs\nant | six"),
        (Kind.CODE, ">>> dig()"),
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*Ants* **bite** ``x``.", "Ants bite x."),
        ("See :ref:`the ants <ants>`.", "See the ants."),
        (":func:`dig`, :meth:`~nest.Ant.dig`, :class:`!Ant`", "dig(), dig(), Ant"),
        (":pep:`8`, :rfc:`2119#section-1`", "PEP 8, RFC 2119"),
        (":menuselection:`File --> Open`, :guilabel:`&Open`", "File ‣ Open, Open"),
        (":file:`/usr/{name}/x`", "/usr/name/x"),
        (":unheard-of:`Ants`", "Ants"),
        ("`Ants` and 10\\ :sup:`6` bees", "Ants and 10⁶ bees"),
        ("Ants |version| bite |them|.", "Ants bite |them|."),
        ("Ants [#a]_ bite [CIT]_.", "Ants bite [CIT]."),
        ("Ants --- they bite -- hard.", "Ants — they bite – hard."),
        ("A *broken ``mark", "A *broken ``mark"),
    ],
)
def test_roles_and_marks(written: str, shown: str) -> None:
    assert texts(written) == [shown]


def test_links() -> None:
    [block] = parse_rst("See `the ants <https://example.org/a>`_ and bees_.\n\n.. _bees: https://example.org/b")
    assert block == Block(
        Kind.PROSE,
        "See the ants and bees.",
        links=(Link(4, 12, "https://example.org/a"), Link(17, 21, "https://example.org/b")),
    )


def test_a_reference_to_a_section_shows_its_title() -> None:
    text = """
        .. _the-ants:

        All about ants
        ==============

        See :ref:`the-ants` and :ref:`elsewhere`.
        """
    assert texts(text) == ["All about ants", "See All about ants and elsewhere."]


@pytest.mark.parametrize(
    "directive",
    [
        ".. toctree::\n   :maxdepth: 1\n\n   ants\n   bees",
        ".. include:: /etc/passwd",
        ".. literalinclude:: /etc/passwd",
        ".. csv-table::\n   :file: /etc/passwd",
        ".. raw:: html\n\n   <b>Ants</b>",
        ".. index:: ants",
        ".. module:: ants\n   :synopsis: Ants.",
        ".. automodule:: ants\n   :members:",
        ".. contents::\n   :local:",
        ".. image:: ants.png\n   :alt: Ants",
        ".. role:: raw-html(raw)\n   :format: html",
        ".. graphviz::\n\n   digraph { a -> b }",
        ".. A comment",
        ".. unheard-of:: ants",
        ".. class:: ants",
    ],
)
def test_what_nobody_reads(directive: str) -> None:
    assert texts(f"They dig.\n\n{directive}\n\nThey bite.") == ["They dig.", "They bite."]


@pytest.mark.parametrize(
    ("directive", "label"),
    [
        (".. note:: Ants bite.", "Note"),
        (".. warning::\n   :class: x\n\n   Ants bite.", "Warning"),
        (".. seealso::\n\n   Ants bite.", "See also"),
        (".. admonition:: Mind\n\n   Ants bite.", "Mind"),
        (".. topic:: Mind\n\n   Ants bite.", "Mind"),
        (".. tab-item:: Linux\n   :sync: a\n\n   Ants bite.", "Linux"),
        (".. dropdown:: More\n\n   Ants bite.", "More"),
    ],
)
def test_labels(directive: str, label: str) -> None:
    assert parse_rst(directive) == [
        Block(Kind.HEADING, label, LABEL_LEVEL),
        Block(Kind.PROSE, "Ants bite."),
        Block(Kind.HEADING, "", LABEL_LEVEL),
    ]


@pytest.mark.parametrize(
    ("directive", "kind", "text"),
    [
        (".. code-block:: python\n   :linenos:\n\n   dig()\n     deep", Kind.CODE, "dig()\n  deep"),
        (".. code-block::\n\n   dig()", Kind.CODE, "dig()"),
        (".. math:: a^2", Kind.CODE, "a^2"),
        (".. versionadded:: 3.1", Kind.PROSE, "New in version 3.1."),
        (".. versionchanged:: 3.1\n   They *bite*.", Kind.PROSE, "Changed in version 3.1: They bite."),
        (".. versionchanged:: 3.1\n\n   They bite.", Kind.PROSE, "Changed in version 3.1: They bite."),
        (
            ".. deprecated-removed:: 3.1 3.3 Do not dig.",
            Kind.PROSE,
            "Deprecated since version 3.1, will be removed in version 3.3: Do not dig.",
        ),
        (".. only:: html\n\n   Ants bite.", Kind.PROSE, "Ants bite."),
        (".. rubric:: Ants", Kind.PROSE, "Ants"),
        (".. seealso::\n\n   :pep:`8` -- ants", Kind.PROSE, "PEP 8 – ants"),
        (
            ".. function:: dig(x)\n              dig(y)\n   :no-index:\n\n   Digs.",
            Kind.LINES,
            "dig(x), dig(y)\n  Digs.",
        ),
        (".. function:: dig()\n   :no-index:\n   Digs.", Kind.LINES, "dig()\n  Digs."),
        (".. py:class:: Ant()\n\n   :param x: a leg", Kind.LINES, "class Ant()\n  param x:\n    a leg"),
        (".. option:: -d, --dig\n\n   Digs.", Kind.LINES, "-d, --dig\n  Digs."),
        ("-d FILE  Digs.\n--bite  Bites.", Kind.LINES, "-d FILE\n  Digs.\n--bite\n  Bites."),
        ("| Ants bite,\n| bees hum.", Kind.PROSE, "Ants bite,\nbees hum."),
        ("-n N, --nest=N  Nests.\n/V  Visits.", Kind.LINES, "-n N, --nest=N\n  Nests.\n/V\n  Visits."),
        ("| Ants bite,\n|   always,\n| bees hum.", Kind.PROSE, "Ants bite,\nalways,\nbees hum."),
        ("ant : noun : *small*\n  An insect.", Kind.LINES, "ant : noun : small\n  An insect."),
        (".. unheard-of::\n\n   Ants bite.", Kind.PROSE, "Ants bite."),
        (".. role:: red\n\n:red:`Ants` bite.", Kind.PROSE, "Ants bite."),
        (".. [1] A note.", Kind.PROSE, "[1] A note."),
    ],
)
def test_directives_that_show_their_text(directive: str, kind: Kind, text: str) -> None:
    assert (kind, text) in blocks(directive)


def test_text_of_a_raw_role_is_not_shown() -> None:
    assert texts(".. role:: raw-html(raw)\n   :format: html\n\nAnts :raw-html:`<br>` bite.") == ["Ants bite."]


def test_long_lines_and_long_paragraphs() -> None:
    words = "word " * 10_000
    [block] = parse_rst(f"*Ants* {words}\n**bite**.")
    assert block.text == f"Ants {words}bite."
    [block] = parse_rst("x" * 25_000)
    assert block.text.replace(" ", "") == "x" * 25_000


@pytest.mark.parametrize("indent", ["- ", " "])
def test_a_thousand_levels(indent: str) -> None:
    text = "\n\n".join(" " * len(indent) * i + indent.replace(" ", "", 1) + " a" for i in range(1_000))
    with pytest.raises(RstTooDeepError):
        parse_rst(text)


def test_docutils_is_left_as_it_was() -> None:
    from docutils.parsers.rst import directives, roles

    before = directives.directive, roles.role
    parse_rst(".. note:: :x:`y`")
    assert (directives.directive, roles.role) == before
