"""The block at a file's top: where it begins and ends, its values, and the values that cannot be used."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import Reason
from retrieval.reading.frontmatter import FrontMatter, FrontMatterError, split_front_matter


def front(*lines: str) -> FrontMatter:
    """The front matter that a block of these lines holds."""
    matter, body = split_front_matter("\n".join(["---", *lines, "---", "Text."]))
    assert body == "Text."
    return matter


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
        tags=("bridge", "town"),
    )


@pytest.mark.parametrize(
    ("line", "tags", "codes"),
    [
        ("tags: [Bridge, '#Town', bridge]", ("bridge", "town"), []),
        ("tags: Bridge, night shift", ("bridge", "night shift"), []),
        ("Tags:", (), []),
        ("tags: []", (), []),
        ("tags: {a: b}", (), ["not-tags"]),
        ("tags: [a, [b]]", (), ["not-tags"]),
        ("tags: ['a, b', c]", ("c",), ["unfit-tags"]),
        (f"tags: [{'a' * 51}, {'b' * 50}]", ("b" * 50,), ["unfit-tags"]),
        (f"tags: [{', '.join(f'n{n}' for n in range(21))}]", tuple(f"n{n}" for n in range(20)), ["unfit-tags"]),
    ],
)
def test_tags(line: str, tags: tuple[str, ...], codes: list[str]) -> None:
    found = front(line)
    assert found.tags == tags
    assert [note.code for note in found.notes] == codes


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


@pytest.mark.parametrize(
    "text", ["+++", "+++\nText.", "++++\na = 1\n++++\n", "{: .note }\nText.", "{}", "{ a }", "{{< a >}}"]
)
def test_text_that_looks_like_front_matter(text: str) -> None:
    assert split_front_matter(text) == (FrontMatter(), text)
