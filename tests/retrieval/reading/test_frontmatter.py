"""The block at a file's top: its values, the values that cannot be used, and where it is broken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import Reason
from retrieval.reading.frontmatter import FrontMatter, FrontMatterError, split_front_matter
from retrieval.urls import is_web_url
from tests.support.wording import unfitness


def front(*lines: str) -> FrontMatter:
    """The front matter that a block of these lines holds."""
    matter, body = split_front_matter("\n".join(["---", *lines, "---", "Text."]))
    assert body == "Text."
    return matter


def refusal(text: str) -> str:
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter(text)
    return unfitness(caught.value)


def test_all_that_can_be_said() -> None:
    assert front(
        'title: "Bridge closed: what we know"',
        "url: https://example.org/news",
        "author: The newsroom",
        "published: 2026-11-23",
        "language: en",
        "tags: [bridge, town]",
    ) == FrontMatter(
        title="Bridge closed: what we know",
        url="https://example.org/news",
        author="The newsroom",
        published=dt.date(2026, 11, 23),
        language="en",
    )


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: A\n---\n\nText\n", "A", "\nText\n"),
        ("--- \ntitle: A\n---\t\nText", "A", "Text"),
        ("---\ntitle: A\n...\nText", "A", "Text"),
        ("---\ntitle: A\n---", "A", ""),
        ("---\n---\nText", None, "Text"),
        ("---\n# nothing\n---\nText", None, "Text"),
        ("---\ntitle: A\n---\nText\n---\nMore", "A", "Text\n---\nMore"),
        ("---\ntitle: A --- B\n---\nText", "A --- B", "Text"),
        ("Text\n---\ntitle: A\n---\n", None, "Text\n---\ntitle: A\n---\n"),
        ("\n---\ntitle: A\n---\n", None, "\n---\ntitle: A\n---\n"),
        ("----\ntitle: A\n----\n", None, "----\ntitle: A\n----\n"),
        ("---\n\nText under a line", None, "---\n\nText under a line"),
        ("---", None, "---"),
        ("", None, ""),
    ],
)
def test_where_the_block_begins_and_ends(text: str, title: str | None, body: str) -> None:
    assert split_front_matter(text) == (FrontMatter(title=title), body)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: 007", "007"),
        ("title: 1.10", "1.10"),
        ("title: 12:30", "12:30"),
        ("title: No", "No"),
        ("title: 2026-11-23", "2026-11-23"),
        ("title: 'It''s  so'", "It's so"),
        ("title: |\n  Two\n  lines", "Two lines"),
        ("Title: In capitals", "In capitals"),
        ("TITLE : Spaced", "Spaced"),
        ("title: one\ntitle: two", "two"),
        ("title: !!python/object/apply:os.getcwd []", None),
        ("title:", None),
        ("title: ''", None),
        ("title: '  '", None),
        ("title: ~", None),
        ("title: null", None),
        ("headline: Unknown key", None),
    ],
)
def test_values_are_taken_as_they_are_written(line: str, title: str | None) -> None:
    assert front(line).title == title


def test_the_language_no_is_norwegian() -> None:
    assert front("language: no") == FrontMatter(language="no")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-03", 3),
        ("'2026-11-03'", 3),
        ("2026-11-03T23:30:00+02:00", 3),
        ("2026-11-03 00:10:00 -0500", 3),
        ("2026-11-03T23:30:00Z", 3),
    ],
)
def test_a_date_with_a_time_is_the_day_it_names(value: str, day: int) -> None:
    assert front(f"published: {value}") == FrontMatter(published=dt.date(2026, 11, day))


@pytest.mark.parametrize(
    "value", ["soon", "2026", "2026-02-30", "2026-13-01", "20261103", "03.11.2026", "[a]", "{a: b}", "1e9"]
)
def test_what_is_not_a_date_is_noted(value: str) -> None:
    assert front("title: A", f"published: {value}") == FrontMatter(title="A", notes=(Reason.of("not-a-date"),))


@pytest.mark.parametrize("key", ["title", "url", "language"])
@pytest.mark.parametrize("value", ["[a]", "{a: b}", "\n  - a\n  - b", "[]"])
def test_lists_are_noted_and_never_turned_into_text(key: str, value: str) -> None:
    assert front(f"{key}: {value}") == FrontMatter(notes=(Reason.of("not-one-line", key=key),))


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("authors: Ada", "Ada"),
        ("authors: [Ada, Ben]", "Ada, Ben"),
        ("authors:\n  - name: Ada\n    url: https://example.org\n  - Ben", "Ada, Ben"),
        ("author:\n  name: Ada", "Ada"),
        ("author: Ada\nauthors: [Ben]", "Ada"),
    ],
)
def test_authors_are_named_in_one_line(line: str, author: str) -> None:
    assert front(line) == FrontMatter(author=author)


@pytest.mark.parametrize("value", ["{a: b}", "[[a]]", "[{a: b}]", "[]"])
def test_authors_without_a_name_are_noted(value: str) -> None:
    assert front(f"authors: {value}") == FrontMatter(notes=(Reason.of("not-one-line", key="author"),))


def test_other_programs_names_of_the_keys() -> None:
    assert front("date: 2026-11-03", "lang: de") == FrontMatter(published=dt.date(2026, 11, 3), language="de")
    assert front("date: 2026-11-03", "published: 2026-11-04").published == dt.date(2026, 11, 4)


def test_text_between_two_rules_is_not_front_matter() -> None:
    text = "---\n\n# A heading\n\nText.\n\n---\n\nMore."
    assert split_front_matter(text) == (FrontMatter(), text)
    assert split_front_matter("---\n\ntitle: A\n---\nText.") == (FrontMatter(title="A"), "Text.")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "www.example.org", "ftp://example.org", "https://", "https://a b"]
)
def test_other_addresses_are_noted(url: str) -> None:
    assert front(f"url: {url}") == FrontMatter(notes=(Reason.of("not-a-url", limit=512),))


def test_every_value_that_cannot_be_used_is_noted() -> None:
    assert [note.code for note in front("title: [a]", "url: x", "published: soon").notes] == [
        "not-one-line",
        "not-a-url",
        "not-a-date",
    ]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org", True),
        ("http://example.org:8080/a?b=c#d", True),
        ("HTTPS://EXAMPLE.ORG/", True),
        ("https://münchen.example/straße", True),
        ("https://example.org/" + "a" * 492, True),
        ("https://example.org/" + "a" * 493, False),
        ("javascript:alert(1)", False),
        ("javascript://example.org/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("example.org", False),
        ("https:example.org", False),
        ("https:///path", False),
        ("https://example.org:port", False),
        ("https://example.org:99999", False),
        ("https://[::1", False),
        ("https://ü..example/", False),
        ("https://%zz/", False),
        ("https://example.org:0/", False),
        ("https://example.org/a b", False),
        ("https://example.org/<b>", False),
        ('https://example.org/"', False),
        ("https://example.org/\n", False),
        ("https://example.org/\x7f", False),
        ("", False),
    ],
)
def test_web_addresses(url: str, safe: bool) -> None:
    assert is_web_url(url) is safe


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


@pytest.mark.parametrize("text", ["---\ntitle: A\n\nText.", "---\ntitle: A", "--- \nurl :\n----\n"])
def test_a_block_that_is_not_closed(text: str) -> None:
    assert refusal(text) == "its front matter is not closed; put a line of three dashes (---) under it"


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
    assert front("title: " + "a" * 16_376).title == "a" * 16_376
    for block in ("a" * 17_000, "[" * 10_000_000, "a: b\n" * 1_000_000):
        assert refusal(f"---\ntitle: {block}\n---\n") == (
            "its front matter is longer than 16 kB; shorten it or take it out"
        )


def test_aliases_that_would_grow_beyond_all_memory() -> None:
    bomb = ["a0: &a0 [x, x]", *(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60))]
    assert front(*bomb, "title: *a59", "published: *a59").notes == (
        Reason.of("not-one-line", key="title"),
        Reason.of("not-a-date"),
    )


@settings(derandomize=True, deadline=None, max_examples=500)
@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(
            [
                "title",
                "url",
                "published",
                ":",
                " ",
                "\n",
                "- ",
                "[",
                "{",
                "&a",
                "*a",
                "'",
                '"',
                "|",
                "2026-01-31",
                "!!",
                "?",
                "<<",
                "#",
                "%",
            ]
        )
    ).map("".join)
)
def test_any_block_is_read_or_refused(block: str) -> None:
    try:
        matter, body = split_front_matter(f"---\n{block}\n---\nText.")
    except FrontMatterError:
        return
    assert body.endswith("Text.")
    assert {note.code for note in matter.notes} <= {"not-one-line", "not-a-url", "not-a-date"}


def test_escapes_bring_in_no_character_that_the_file_itself_may_not_have() -> None:
    assert front(r'title: "a \ud800\e[31m\u202e b"').title == "a [31m b"


# TOML and JSON


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


@pytest.mark.parametrize(
    "text", ["+++", "+++\nText.", "++++\na = 1\n++++\n", "{: .note }\nText.", "{}", "{ a }", "{{< a >}}"]
)
def test_text_that_looks_like_front_matter(text: str) -> None:
    assert split_front_matter(text) == (FrontMatter(), text)


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
