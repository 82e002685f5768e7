"""Front matter in YAML, TOML and JSON: what each can hold, and where it is broken."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.reading.frontmatter import FrontMatter, FrontMatterError, split_front_matter
from tests.support.wording import unfitness


def refusal(text: str) -> str:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(text)
    return unfitness(caught.value)


@pytest.mark.parametrize(
    ("lines", "line", "column"),
    [
        (["title: Bridge: closed"], 2, 14),
        (["author: me", "title: 'a' b"], 3, 12),
        (["author: me", "  title: b"], 3, 8),
        (["author: me", "", "\ttitle: b"], 4, 1),
        (["title: @home"], 2, 8),
        (["author: me", 'title: "never closed', "url: x"], 3, 8),
        (["author: me", "title: [never, closed"], 3, 8),
        (["title: *unknown"], 2, 8),
        (["title: &a [*a]"], 2, 8),
        (["? [a]", ": b"], 2, 3),
    ],
)
def test_broken_yaml_is_named_with_its_line_and_column(lines: list[str], line: int, column: int) -> None:
    assert refusal("\n".join(["---", *lines, "---", "Text."])) == (
        f"its front matter is not valid YAML in line {line}, column {column}; mend it or take it out"
    )


def test_yaml_that_is_broken_nowhere_in_particular() -> None:
    assert refusal("---\ntitle: \ufffe\n---\n") == "its front matter is not valid YAML; mend it or take it out"


@pytest.mark.parametrize(
    "lines",
    [
        'title: "\\UFFFFFFFF"',
        'title: "\\U00110000"',
        f"%YAML {'1' * 5_000}.1",
        f"%YAML 1.{'1' * 5_000}",
    ],
)
def test_numbers_that_no_character_or_version_has(lines: str) -> None:
    assert refusal(f"---\n{lines}\n---\nText.") == (
        "its front matter has an escape or a number that is out of range; mend it or take it out"
    )


@pytest.mark.parametrize("block", ["- a\n- b", "Just a sentence.", "42", "[a, b]", "!!int a"])
def test_a_block_without_keys(block: str) -> None:
    assert refusal(f"---\n{block}\n---\nText.") == (
        "its front matter is not a list of 'key: value' lines; mend it or take it out"
    )


def test_nesting_without_end() -> None:
    assert refusal("---\ntitle: " + "[" * 5_000 + "\n---\n") == (
        "its front matter is nested too deeply; write plain 'key: value' lines"
    )


def test_a_block_of_more_than_16_kilobytes() -> None:
    assert split_front_matter(f"---\ntitle: {'a' * 16_376}\n---\n")[0].title == "a" * 16_376
    for block in ("a" * 17_000, "[" * 10_000_000, "a: b\n" * 1_000_000):
        assert refusal(f"---\ntitle: {block}\n---\n") == (
            "its front matter is longer than 16 kB; shorten it or take it out"
        )


@pytest.mark.parametrize("text", ["---\ntitle: A\n\nText.", "---\ntitle: A", "--- \nurl :\n----\n"])
def test_a_block_that_is_not_closed(text: str) -> None:
    assert refusal(text) == "its front matter is not closed; put a line of three dashes (---) under it"


def test_toml() -> None:
    text = """\
+++
title = "The bridge"
date = 2026-11-23T10:00:00+01:00
authors = ["Ada", "Ben"]
lang = "en"
draft = false
[params]
weight = 3
+++

Text.
"""
    assert split_front_matter(text) == (
        FrontMatter(title="The bridge", author="Ada, Ben", published=dt.date(2026, 11, 23), language="en"),
        "\nText.\n",
    )


@pytest.mark.parametrize(
    ("block", "title"),
    [("title = 2026", "2026"), ("title = true", "true"), ("title = 1.5", "1.5"), ("title = ''", None), ("", None)],
)
def test_values_of_toml_that_are_not_texts(block: str, title: str | None) -> None:
    assert split_front_matter(f"+++\n{block}\n+++\nText.") == (FrontMatter(title=title), "Text.")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("a = 1\ntitle = Bridge", "its front matter is not valid TOML in line 3, column 9; mend it or take it out"),
        ("title = [1,", "its front matter is not valid TOML; mend it or take it out"),
        (
            f"title = {'1' * 5_000}",
            "its front matter has an escape or a number that is out of range; mend it or take it out",
        ),
        (f"title = {'[' * 9_000}", "its front matter is nested too deeply; write plain 'key: value' lines"),
        (f"title = '{'a' * 17_000}'", "its front matter is longer than 16 kB; shorten it or take it out"),
    ],
)
def test_broken_toml(block: str, message: str) -> None:
    assert refusal(f"+++\n{block}\n+++\nText.") == message


def test_toml_that_is_not_closed() -> None:
    message = "its front matter is not closed; put a line of three plus signs (+++) under it"
    assert refusal('+++\ntitle = "A"\n\nText.') == message


def test_json() -> None:
    text = '{\n  "title": "The bridge", "date": "2026-11-23", "weight": 1e999, "author": null\n}\nText.'
    assert split_front_matter(text) == (FrontMatter(title="The bridge", published=dt.date(2026, 11, 23)), "Text.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "A",}', "its front matter is not valid JSON in line 1, column 15; mend it or take it out"),
        ('{\n"title": "A"\n} Text.', "its front matter is not valid JSON in line 3, column 2; mend it or take it out"),
        ('{"title": "A', "its front matter is not valid JSON in line 1, column 11; mend it or take it out"),
        ('{"title": ' + "[" * 10_000, "its front matter is nested too deeply; write plain 'key: value' lines"),
        (f'{{"a": 1, "b": [{"0, " * 10_000}0]}}', "its front matter is longer than 16 kB; shorten it or take it out"),
    ],
)
def test_broken_json(text: str, message: str) -> None:
    assert refusal(text) == message
