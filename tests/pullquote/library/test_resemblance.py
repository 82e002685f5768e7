"""Which articles a new article resembles, in what, and by how much, in any script."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pullquote.library.resemblance import Likeness, Resemblance, resembled
from retrieval.article import Article
from tests.support.fake_encoder import article

TEN = "one two three four five six seven eight nine ten"
LINK = "https://example.org/ants"


def named(file: str, text: str, url: str | None = None) -> Article:
    return replace(article(text, file), url=url)


def test_articles_that_have_nothing_in_common_do_not_resemble_each_other() -> None:
    assert resembled(named("a.txt", TEN), [named("b.txt", "Bees fly from flower to flower all day.")]) == ()
    assert resembled(named("a.txt", TEN), []) == ()


def test_the_same_text_however_it_is_broken_into_lines() -> None:
    other = named("b.txt", "one two three four five\nsix  seven eight nine ten")
    assert resembled(named("a.txt", TEN), [other]) == (Resemblance(other, Likeness.TEXT, 1.0),)


def test_the_same_link_whatever_the_text() -> None:
    bees, half = named("b.txt", "Bees fly.", LINK), named("c.txt", "one two three four five six seven", LINK)
    new = named("a.txt", TEN, LINK)
    assert resembled(new, [bees, half]) == (
        Resemblance(half, Likeness.LINK, 1.0),
        Resemblance(bees, Likeness.LINK, 0.0),
    )
    # Two articles without a link have no link in common.
    assert resembled(named("a.txt", TEN), [named("b.txt", "Bees fly.")]) == ()


@pytest.mark.parametrize(
    ("text", "share"),
    [
        (f"zero {TEN} eleven twelve", 1.0),
        ("ONE two Three four five six seven eight", 1.0),
        ("one two three four five six seven ten nine eight", 0.5),
        ("zero one two three four five six 7 8 9", None),
        ("one two three", None),
    ],
)
def test_near_duplicates_share_half_the_runs_of_five_words_of_the_smaller(text: str, share: float | None) -> None:
    other = named("b.txt", text)
    expected = () if share is None else (Resemblance(other, Likeness.NEAR, share),)
    assert resembled(named("a.txt", TEN), [other]) == expected
    if share is not None:
        [back] = resembled(other, [named("a.txt", TEN)])
        assert back.share == share


@pytest.mark.parametrize(
    ("text", "longer", "another"),
    [
        ("蚂蚁在老橡树下挖隧道。", "春天到了，蚂蚁在老橡树下挖隧道。", "蜜蜂每天都从一朵花飞到另一朵花。"),
        ("アリは木の下に穴を掘ります", "毎日アリは木の下に穴を掘りますよ", "ハチは花から花へと飛んでいます"),
        ("มดขุดอุโมงค์ใต้ต้นไม้", "ทุกวันมดขุดอุโมงค์ใต้ต้นไม้", "ผึ้งบินจากดอกไม้ไปดอกไม้"),
    ],
)
def test_scripts_without_blanks_between_words(text: str, longer: str, another: str) -> None:
    new, near = named("a.txt", text), named("b.txt", longer)
    assert resembled(new, [near, named("c.txt", another)]) == (Resemblance(near, Likeness.NEAR, 1.0),)


def test_the_plainest_come_first_and_at_most_five() -> None:
    near = [named(f"n{number}.txt", f"{TEN} {number}") for number in range(5)]
    half = named("h.txt", "one two three four five six seven ten nine eight")
    linked, same = named("l.txt", "Bees fly.", LINK), named("s.txt", TEN)
    found = resembled(named("a.txt", TEN, LINK), [half, *near, linked, same])
    assert [each.article.file for each in found] == ["s.txt", "l.txt", "n0.txt", "n1.txt", "n2.txt"]
