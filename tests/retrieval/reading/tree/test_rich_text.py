"""Pieces of text are joined as a browser joins them, and links stay where their words are."""

from __future__ import annotations

from retrieval.article import Link
from retrieval.reading.tree.rich_text import RichText, Writer, joined


def test_spaces_become_one_and_none_stand_at_line_ends() -> None:
    writer = Writer()
    writer.break_line()
    for piece in ("  Ants \n", "\t bite", "", ".", "  "):
        writer.write(piece)
    writer.break_line()
    writer.break_line()
    writer.write(" They dig.")
    writer.break_line()
    assert writer.finish() == RichText("Ants bite.\nThey dig.")


def test_a_link_has_no_spaces_at_its_ends() -> None:
    writer = Writer()
    writer.write("See ")
    start = writer.position()
    writer.write(" the ants ")
    writer.link(start, "a")
    writer.write("and bees.")
    assert writer.finish() == RichText("See the ants and bees.", (Link(4, 12, "a"),))


def test_a_link_without_words_and_a_link_in_a_link() -> None:
    writer = Writer()
    writer.link(writer.position(), "a")
    outer = writer.position()
    writer.write("Ants")
    writer.link(outer, "b")
    writer.link(outer, "c")
    assert writer.finish().links == (Link(0, 4, "b"),)


def test_a_link_over_two_lines_is_a_link_in_each() -> None:
    text = RichText("See the\nants.", (Link(4, 12, "a"),))
    assert text.lines() == [RichText("See the", (Link(4, 7, "a"),)), RichText("ants.", (Link(0, 4, "a"),))]
    assert joined(text.lines(), "\n").links == (Link(4, 7, "a"), Link(8, 12, "a"))


def test_a_prefix_moves_the_links() -> None:
    assert RichText("ants", (Link(0, 4, "a"),)).prefixed("- ") == RichText("- ants", (Link(2, 6, "a"),))
