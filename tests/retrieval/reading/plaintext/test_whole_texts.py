"""Whole texts of many kinds, written by us in the shape of their kind."""

from __future__ import annotations

from retrieval.characters import normalise
from retrieval.reading.blocks import Kind
from retrieval.reading.plaintext.parsing import parse_plaintext

H, P, L, T, C = Kind.HEADING, Kind.PROSE, Kind.LINES, Kind.TABLE, Kind.CODE


def blocks(text: str) -> list[tuple[Kind, int, str]]:
    return [(block.kind, block.level, block.text) for block in parse_plaintext(normalise(text))]


STANDARD = """\
Buoy Working Group                                               A. Hall
Request for Comments: 9999                                   Norra Lines
Category: Standards Track                                       May 2031

                          Talking Buoys Over Water

Abstract

   This document says how a buoy tells its name to whoever passes it by
   night, and what a ship that hears the name of a buoy does then.

Table of Contents

   1. Introduction ................................................. 1
   2. The Message .................................................. 2
      2.1. Its Parts ............................................... 2

1.  Introduction

   A buoy is silent by nature.  That has cost many a ship its keel, and
   so a buoy that talks has been wished for since there are ships which

Hall                         Standards Track                    [Page 1]

RFC 9999                     Talking Buoys                      May 2031

   sail at night.

   The following are needed:

   o  a buoy whose battery lasts until the end of the winter, for nobody
      changes it before;

   o  a voice.

2.  The Message

2.1.  Its Parts

   A message has two parts:

      +--------+-----------------+
      |  Kind  |  Name           |
      +--------+-----------------+

   Name
      The name of the buoy, in the letters of the country whose sea it
      floats on.

Hall                         Standards Track                    [Page 2]
"""


def test_a_standard() -> None:
    assert blocks(STANDARD)[1:] == [
        (H, 1, "Talking Buoys Over Water"),
        (H, 2, "Abstract"),
        (
            P,
            1,
            "This document says how a buoy tells its name to whoever passes it by night, and what a ship that hears "
            "the name of a buoy does then.",
        ),
        (H, 2, "1. Introduction"),
        (
            P,
            1,
            "A buoy is silent by nature. That has cost many a ship its keel, and so a buoy that talks has been wished "
            "for since there are ships which sail at night.",
        ),
        (P, 1, "The following are needed:"),
        (
            L,
            1,
            "o a buoy whose battery lasts until the end of the winter, for nobody changes it before;\no a voice.",
        ),
        (H, 2, "2. The Message"),
        (H, 3, "2.1. Its Parts"),
        (P, 1, "A message has two parts:"),
        (C, 1, "+--------+-----------------+\n|  Kind  |  Name           |\n+--------+-----------------+"),
        (L, 1, "Name\n  The name of the buoy, in the letters of the country whose sea it floats on."),
    ]


LAW = """\
HAFENORDNUNG

§ 1 Geltungsbereich

(1) Diese Ordnung gilt im Hafen von Skarholm und auf den Wegen, die zu ihm
führen. Sie gilt nicht für Fische.

(2) Wer sie liest, ist klüger.

§ 2 Gebühren

Die Gebühren stehen im Anhang. § 1 gilt auch für sie, soweit sie im Hafen
erhoben werden."""


def test_a_law() -> None:
    assert blocks(LAW) == [
        (H, 1, "HAFENORDNUNG"),
        (H, 2, "§ 1 Geltungsbereich"),
        (
            L,
            1,
            "(1) Diese Ordnung gilt im Hafen von Skarholm und auf den Wegen, die zu ihm führen. Sie gilt nicht für "
            "Fische.\n(2) Wer sie liest, ist klüger.",
        ),
        (H, 2, "§ 2 Gebühren"),
        (
            P,
            1,
            "Die Gebühren stehen im Anhang. § 1 gilt auch für sie, soweit sie im Hafen erhoben werden.",
        ),
    ]


BOOK = """\
                              THE FERRY

CHAPTER I

The Quay by Night

  Nobody had seen the harbour master since the storm, and nobody asked
for him.  His lamp was lit each evening all the same, for the ferry was
to come in, storm or no storm.

  The council had asked him to write down who came and who went, and he
wrote it down, and nobody ever read it.  He did not mind.  The ink came
from the council, too.

  "Ahoy," said a voice.

      The ferry sails, the ferry sails,
        Across the sound at night;
      And no one hears, and no one fails
        To see its little light.

CHAPTER II. THE STORM.

  It blew for three days, and the har-
bour was full of boats by the second evening, and the bread was gone by
the third morning.  The harbour itself stood fast.
"""


def test_a_book() -> None:
    assert blocks(BOOK) == [
        (H, 1, "THE FERRY"),
        (H, 2, "CHAPTER I"),
        (H, 3, "The Quay by Night"),
        (
            P,
            1,
            "Nobody had seen the harbour master since the storm, and nobody asked for him. His lamp was lit each "
            "evening all the same, for the ferry was to come in, storm or no storm.",
        ),
        (
            P,
            1,
            "The council had asked him to write down who came and who went, and he wrote it down, and nobody ever "
            "read it. He did not mind. The ink came from the council, too.",
        ),
        (P, 1, '"Ahoy," said a voice.'),
        (
            L,
            1,
            "The ferry sails, the ferry sails,\nAcross the sound at night;\nAnd no one hears, and no one fails\n"
            "To see its little light.",
        ),
        (H, 2, "CHAPTER II. THE STORM."),
        (
            P,
            1,
            "It blew for three days, and the harbour was full of boats by the second evening, and the bread was gone "
            "by the third morning. The harbour itself stood fast.",
        ),
    ]


MINUTES = """\
Minutes of the Harbour Council
==============================

Present
-------

* the mayor
* the harbour master,
  who came late

Fares
-----

CHAIR: The fares are to rise. Does anybody
want to speak against it?
MS HALL: I do.
They rose last year.
CHAIR: Noted.

Q: When do the new fares begin?

A: In May.

Who      Voted
-------  -----
mayor    yes
Hall     no
"""


def test_minutes() -> None:
    assert blocks(MINUTES) == [
        (H, 1, "Minutes of the Harbour Council"),
        (H, 2, "Present"),
        (L, 1, "* the mayor\n* the harbour master, who came late"),
        (H, 2, "Fares"),
        (P, 1, "CHAIR: The fares are to rise. Does anybody want to speak against it?"),
        (P, 1, "MS HALL: I do."),
        (P, 1, "They rose last year."),
        (P, 1, "CHAIR: Noted."),
        (L, 1, "Q: When do the new fares begin?\nA: In May."),
        (T, 1, "Who | Voted\nmayor | yes\nHall | no"),
    ]


def test_a_play() -> None:
    text = "\n\n".join(["SCENE I The quay.", *["MASTER.\nWho is there, in the rain?", "FERRYMAN.\nIt is I."] * 3])
    assert blocks(text) == [
        (H, 1, "SCENE I The quay."),
        *[(P, 1, "MASTER. Who is there, in the rain?"), (P, 1, "FERRYMAN. It is I.")] * 3,
    ]


def test_a_manual() -> None:
    text = """\
NAME
       ferry - sails to Skarholm and back, every hour, for as long as the
       weather lets it

DESCRIPTION
       The ferry sails when somebody is on board.  It is an old boat, and
       nobody knows how old, for the papers went down with the first owner
       of the line, who did not like papers.

OPTIONS
       -d, --dogs
              Takes dogs along.  They pay nothing, but their owners pay for
              them if they are wet.

EXAMPLES
       Sail with two dogs:

           $ ferry --dogs 2
           $ ferry --back
"""
    assert blocks(text) == [
        (H, 1, "NAME"),
        (P, 1, "ferry - sails to Skarholm and back, every hour, for as long as the weather lets it"),
        (H, 1, "DESCRIPTION"),
        (
            P,
            1,
            "The ferry sails when somebody is on board. It is an old boat, and nobody knows how old, for the papers "
            "went down with the first owner of the line, who did not like papers.",
        ),
        (H, 1, "OPTIONS"),
        (
            L,
            1,
            "-d, --dogs\n  Takes dogs along. They pay nothing, but their owners pay for them if they are wet.",
        ),
        (H, 1, "EXAMPLES"),
        (P, 1, "Sail with two dogs:"),
        (C, 1, "$ ferry --dogs 2\n$ ferry --back"),
    ]
