"""Forms that moderators fill in: a text to add, and what an article says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import discord

from pullquote.cogs.messages.markup import beginning
from pullquote.cogs.pressing import Form, pressed_by_moderator
from pullquote.library.given import Given, check_tags
from retrieval.article import Article
from retrieval.characters import one_line
from retrieval.errors import PullquoteError, UnfitError
from retrieval.language.languages import code_of
from retrieval.tags import LONGEST_TAG, MOST_TAGS, tags_of
from retrieval.urls import LONGEST_URL, is_web_url

T = TypeVar("T")

_LONGEST_TITLE = 300
_LONGEST_TEXT = 4000

Described = Callable[[discord.Interaction, Given], Awaitable[None]]
"""Takes what a moderator said about an article."""


class FormError(PullquoteError):
    """For moderators: a field of a form holds what cannot be used."""


class TextForm(Form, title="Add a text"):
    """A text that is typed or pasted."""

    heading: discord.ui.TextInput[TextForm] = discord.ui.TextInput(
        label="Title", custom_id="title", max_length=_LONGEST_TITLE
    )
    text: discord.ui.TextInput[TextForm] = discord.ui.TextInput(
        label="Text, with blank lines between paragraphs",
        custom_id="text",
        style=discord.TextStyle.paragraph,
        max_length=_LONGEST_TEXT,
    )

    def __init__(
        self, opened: discord.Interaction, done: Callable[[discord.Interaction, str, str], Awaitable[None]]
    ) -> None:
        """`done` takes the title and the text."""
        super().__init__(opened)
        self._done = done

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Hand the text on, if it comes from a moderator."""
        await pressed_by_moderator(
            interaction, lambda _: self._done(interaction, typed_title(self.heading.value), self.text.value)
        )


class TagsForm(Form, title="Tags of the article"):
    """The tags of an article that is about to be added."""

    def __init__(self, opened: discord.Interaction, given: Given, now: Article, done: Described) -> None:
        """`given` is what was said about the article, `now` the article as it is so far; `done` takes what is said."""
        super().__init__(opened)
        self._given = given
        self._done = done
        self.tags: discord.ui.TextInput[TagsForm] = discord.ui.TextInput(
            label="Tags, with commas between them",
            custom_id="tags",
            default=", ".join(now.tags) or None,
            required=False,
            max_length=(LONGEST_TAG + len(", ")) * MOST_TAGS,
        )
        self.add_item(self.tags)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Hand on what was said, if it comes from a moderator."""

        async def sent(_: object) -> None:
            await self._done(interaction, replace(self._given, tags=tags_given(self.tags.value.split(","))))

        await pressed_by_moderator(interaction, sent)


def tags_given(written: Iterable[str]) -> tuple[str, ...]:
    """The tags that a moderator wrote. Raises FormError if an article cannot have them."""
    tags = tags_of(written)
    try:
        check_tags(tags)
    except UnfitError as error:
        raise FormError(error.reason.code, **error.reason.fields) from error
    return tags


def typed_title(text: str) -> str:
    """A title as it was typed, on one line. Raises FormError if nothing can be seen of it."""
    if not (title := one_line(text)):
        raise FormError("given-not-one-line", field="title")
    return title


@dataclass(frozen=True, slots=True)
class Details:
    """What an article says of itself, as texts in a form; nothing said is an empty text."""

    title: str
    author: str
    published: str
    url: str
    language: str

    @classmethod
    def of(cls, article: Article) -> Details:
        """What an article says of itself, as much as fits into the form."""
        published = article.published.isoformat() if article.published else ""
        texts = (article.title, article.author, published, article.url, article.language)
        return cls(*(beginning(text or "", limit) for text, (_, limit) in zip(texts, FIELDS.values(), strict=True)))


FIELDS = {
    "title": ("Title", _LONGEST_TITLE),
    "author": ("Author", 300),
    "published": ("Published, as in 2026-01-31", 10),
    "url": ("Link", LONGEST_URL),
    "language": ("Language, as in en or de", 35),
}
"""The fields of the form in their order: what they are called, and how long they may be."""


class DetailsForm(Form, title="Details of the article"):
    """What an article says of itself, to be corrected."""

    def __init__(self, opened: discord.Interaction, read: Article, now: Article, done: Described) -> None:
        """`read` is the article as its file says, `now` as it is called so far; `done` takes what is said instead."""
        super().__init__(opened)
        self._read = read
        self._now = now
        self._done = done
        shown = Details.of(now)
        for name, (label, limit) in FIELDS.items():
            default = getattr(shown, name) or None
            self.add_item(
                discord.ui.TextInput(label=label, custom_id=name, default=default, required=False, max_length=limit)
            )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Hand on what was said, if it comes from a moderator."""
        await pressed_by_moderator(interaction, lambda _: self._done(interaction, self._given()))

    def _given(self) -> Given:
        said = Details(*(item.value for item in self.children if isinstance(item, discord.ui.TextInput)))
        return given_by(said, self._now, self._read)


def given_by(said: Details, now: Article, read: Article) -> Given:
    """What a moderator says about an article who was shown `now` in the form and sent `said`.

    `read` is what the file says: what is the same is left to the file. Raises FormError.
    """
    shown = Details.of(now)
    # What was not touched stays as it is, even what the form could not show whole.
    title = _said(said.title, shown.title, now.title, _line) or read.title
    author = _said(said.author, shown.author, now.author, _line)
    published = _said(said.published, shown.published, now.published, _day)
    url = _said(said.url, shown.url, now.url, _link)
    language = _said(said.language, shown.language, now.language, _language)
    gone: list[tuple[Literal["author", "published", "url"], bool]] = [
        ("author", author is None and read.author is not None),
        ("published", published is None and read.published is not None),
        ("url", url is None and read.url is not None),
    ]
    try:
        return Given(
            title=_other(title, read.title),
            author=_other(author, read.author),
            published=_other(published, read.published),
            url=_other(url, read.url),
            language=_other(language, read.language),
            tags=_other(now.tags, read.tags),
            without=frozenset(field for field, is_gone in gone if is_gone),
        )
    except UnfitError as error:
        raise FormError(error.reason.code, **error.reason.fields) from error


def _said(said: str, shown: str, now: T | None, meaning: Callable[[str], T]) -> T | None:
    """What a field says: what it said before if nobody touched it, nothing if it was emptied."""
    text = one_line(said)
    if text == one_line(shown):
        return now
    return meaning(text) if text else None


def _other(said: T | None, read: T | None) -> T | None:
    return None if said == read else said


def _line(text: str) -> str:
    return text


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise FormError("form-not-a-date", text=text) from error


def _link(text: str) -> str:
    if not is_web_url(text):
        raise FormError("form-not-a-link", text=text)
    return text


def _language(text: str) -> str:
    if (code := code_of(text)) is None:
        raise FormError("form-not-a-language", text=text)
    return code
