"""What a moderator brings → a draft: documents are read, compared with what is there, and shown before they count."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pullquote.library.catalogue import Catalogue
from pullquote.library.composition import apart
from pullquote.library.consents import Message
from pullquote.library.difference import Difference
from pullquote.library.drafts import Draft, Part
from pullquote.library.given import NOTHING_GIVEN, Given, with_tags_of
from pullquote.library.library import Library
from pullquote.library.manifest import MANIFEST, given_in
from pullquote.library.problems import Problem, Remark, summed, unread
from pullquote.library.records import MAX_ORIGIN, Entry, NewVersion, Origin, OriginKind
from pullquote.library.resemblance import resembled
from pullquote.library.sources.pages.page import Page
from pullquote.library.sources.unread import remarks_on
from pullquote.library.state.articles import MAX_NAME
from pullquote.library.state.audit import Action
from pullquote.library.untrusted import UntrustedReader
from retrieval.article import Article
from retrieval.characters import one_line, printable
from retrieval.errors import ArticleError, PullquoteError, Reason
from retrieval.reading.articles import MAX_BYTES, Document, digest, too_large
from retrieval.reading.media_types import MARKDOWN, endings, media_type_of
from retrieval.urls import is_web_url

_ZIP = ".zip"
# What parts words or folders, and what file systems give a meaning of their own.
_SEPARATORS = re.compile(r"[\s/\\:*?\"<>|]+")
_MEANINGFUL = re.compile(r"[:*?\"<>|]")
# Seconds after which no more documents of an archive are read, so that the preview can still be shown and confirmed.
_LONGEST = 480.0
_LONGEST_SLUG = 80
# How many characters a name leaves to what tells it from others of its kind, such as " (2)".
_LEFT_FREE = 10


class NothingToAddError(PullquoteError):
    """For moderators: nothing in an archive can be read as an article."""

    def __init__(self, file: str, remarks: Sequence[Remark]) -> None:
        if remarks:
            problems = tuple(Reason.of("item", reason=remark.line) for remark in remarks)
            super().__init__("nothing-to-add", file=file, problems=problems)
        else:
            super().__init__("nothing-in-archive", file=file)


class Importer:
    """Makes drafts, in any thread."""

    def __init__(
        self,
        reader: UntrustedReader,
        catalogue: Catalogue,
        shared: Library,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`shared` has the operator's articles, which a new article may resemble, too; `clock` tells seconds."""
        self._clock = clock
        self._reader = reader
        self._catalogue = catalogue
        self._shared = shared

    def upload(self, guild: int, by: int, file: str, raw: bytes) -> Draft:
        """A draft of an uploaded file, or of the documents in an archive.

        Raises ArticleError if the file cannot be read, NothingToAddError if nothing in an archive can be, and
        StateError.
        """
        name = _kept_name(file)
        if len(raw) > MAX_BYTES:
            raise ArticleError(name, too_large(len(raw)))
        if PurePosixPath(name).suffix.lower() == _ZIP:
            return self._archive(guild, by, name, raw)
        if (media_type := media_type_of(name)) is None:
            raise ArticleError(name, Reason.of("unknown-ending", endings=(*endings(), _ZIP)))
        return self.document(guild, by, Document(name, media_type, raw), Origin(OriginKind.UPLOAD, name))

    def typed(self, guild: int, by: int, title: str, text: str) -> Draft:
        """A draft of a text that somebody typed, as Markdown. Raises what `document` raises.

        Without words in the title, the text's first heading is the title.
        """
        title = one_line(title)
        document = Document(f"{slug(title)}.md", MARKDOWN, text.encode("utf-8", "replace"))
        given = Given(title=title) if title else NOTHING_GIVEN
        return self.document(guild, by, document, Origin(OriginKind.TEXT, title), given)

    def page(self, guild: int, by: int, page: Page) -> Draft:
        """A draft of a web page. A page that was added before is replaced, whatever else has its name.

        Raises what `document` raises.
        """
        origin = Origin(OriginKind.PAGE, page.url[:MAX_ORIGIN])
        entries = self._catalogue.current(guild).entries
        same = next((entry for entry in entries if entry.origin == origin), None)
        name = same.name if same else apart([entry.name for entry in entries], [page.file])[page.file]
        document = Document(name, page.media_type, page.raw)
        article = self._reader.read(document)
        # What a page says of its own address counts; many say nothing.
        given = Given(url=page.url) if article.url is None and is_web_url(page.url) else NOTHING_GIVEN
        return self._draft(guild, by, NewVersion(document, article, origin, same.given if same else given))

    def pages(self, guild: int) -> tuple[Entry, ...]:
        """The guild's articles that were fetched. Raises StateError."""
        return tuple(e for e in self._catalogue.current(guild).entries if e.origin.kind is OriginKind.PAGE)

    def refreshed(self, guild: int, by: int, fetched: Mapping[str, Page], said: Sequence[Remark]) -> Draft:
        """A draft of what changed on pages that were fetched again, by the names of their articles; it may be empty.

        `said` is what is to be said of pages that could not be fetched. Raises StateError.
        """
        entries = [entry for entry in self.pages(guild) if entry.name in fetched]
        pages = [(entry, fetched[entry.name]) for entry in entries]
        brought = [
            (Document(entry.name, page.media_type, page.raw), entry.origin, entry.given)
            for entry, page in pages
            if digest(page.raw) != entry.digest
        ]
        draft = self._several(guild, by, brought, list(said))
        # Many servers write something else at every time into what nobody sees.
        changed = tuple(part for part in draft.parts if part.changes)
        return replace(draft, parts=changed, action=Action.RELOAD)

    def message(self, guild: int, by: int, message: Message) -> Draft:
        """A draft of what a message says and of the files attached to it; what cannot be read is left out.

        Raises NothingToAddError if nothing can be read, and StateError.
        """
        given = Given(title=message.title or None, author=message.by, published=message.day, url=message.url)
        origin = Origin(OriginKind.MESSAGE, message.url)
        draft = self._several(guild, by, [(each, origin, given) for each in message.documents], [])
        return _with_parts(draft, message.url)

    def document(self, guild: int, by: int, document: Document, origin: Origin, given: Given = NOTHING_GIVEN) -> Draft:
        """A draft of a document. Raises ArticleError if it cannot be read, and StateError."""
        return self._draft(guild, by, NewVersion(document, self._reader.read(document), origin, given))

    def read_of(self, guild: int, entry: Entry) -> Article:
        """What the document of an article in force says by itself. Raises ArticleError and StateError."""
        return self._reader.read(self._catalogue.document(guild, entry.version))

    def beside(self, draft: Draft) -> Draft:
        """The draft of a single article under a name that no article of the guild has, so that both are kept."""
        (part,) = draft.parts
        name = shortened(part.new.article.file, MAX_NAME - _LEFT_FREE)
        name = apart([entry.name for entry in self._catalogue.current(draft.guild).entries], [name])[name]
        document = replace(part.new.document, file=name)
        new = replace(part.new, document=document, article=replace(part.new.article, file=name))
        return replace(draft, parts=(self._part(draft.guild, new),))

    def _draft(self, guild: int, by: int, new: NewVersion) -> Draft:
        notes = tuple(Remark(None, note) for note in new.article.notes)
        return Draft(guild, by, (self._part(guild, new),), notes)

    def _archive(self, guild: int, by: int, name: str, raw: bytes) -> Draft:
        unpacked = self._reader.unpack(name, raw)
        given = given_in(unpacked.manifest)
        said: list[Remark] = [unread(each.file, each.reason) for each in unpacked.refused]
        said += remarks_on(file for file in unpacked.others if file != MANIFEST)
        origin = Origin(OriginKind.UPLOAD, name)
        brought = [(each, origin, given.get(each.file, NOTHING_GIVEN)) for each in unpacked.documents]
        draft = _with_parts(self._several(guild, by, brought, said), name)
        return replace(draft, action=Action.IMPORT) if len(draft.parts) > 1 else draft

    def _several(
        self, guild: int, by: int, brought: Sequence[tuple[Document, Origin, Given]], said: list[Remark]
    ) -> Draft:
        """A draft of several documents; `said` grows by what is to be said of documents that cannot be read."""
        entries = {entry.name: entry for entry in self._catalogue.current(guild).entries}
        parts: list[Part] = []
        ends = self._clock() + _LONGEST
        for number, (document, origin, given) in enumerate(brought):
            if self._clock() > ends:
                said.append(Problem(None, Reason.of("documents-left", documents=len(brought) - number)))
                break
            if len(document.file) > MAX_NAME:
                said.append(unread(document.file, Reason.of("name-too-long", limit=MAX_NAME)))
                continue
            try:
                article = self._reader.read(document)
            except ArticleError as error:
                said.append(unread(error.file, error.reason))
                continue
            new = _with_tags(NewVersion(document, article, origin, given), entries.get(document.file))
            parts.append(Part(new, *self._replaced(guild, new, entries.get(document.file))))
        return Draft(guild, by, tuple(parts), summed(said))

    def _part(self, guild: int, new: NewVersion) -> Part:
        listing = self._catalogue.current(guild)
        entries = {entry.name: entry for entry in listing.entries}
        new = _with_tags(new, entries.get(new.article.file))
        replaces, difference = self._replaced(guild, new, entries.get(new.article.file))
        others = [*self._others(guild, new.article.file), *(self._shared.corpus.articles if listing.shared else ())]
        return Part(new, replaces, difference, resembled(new.given.over(new.article), others))

    def _replaced(self, guild: int, new: NewVersion, entry: Entry | None) -> tuple[bool, Difference | None]:
        if entry is None:
            return False, None
        kept = self._catalogue.version(guild, entry.version)
        return True, Difference.between(kept.article, new.article) if kept.article else None

    def _others(self, guild: int, name: str) -> Iterator[Article]:
        """The guild's own articles, but the article of this name."""
        for kept in self._catalogue.corpus(guild).versions:
            if kept.article is not None and kept.name != name:
                yield kept.article


def _with_tags(new: NewVersion, entry: Entry | None) -> NewVersion:
    """What is to be added, with the tags of the article that it replaces, as `Versions.put` has it."""
    return new if entry is None else replace(new, given=with_tags_of(entry.given, new.given))


def _with_parts(draft: Draft, name: str) -> Draft:
    """The draft, if there is anything in it. Raises NothingToAddError with the name of what was brought."""
    if not draft.parts:
        raise NothingToAddError(name, draft.remarks)
    return draft


def slug(title: str) -> str:
    """A name for a file, from a title."""
    return _SEPARATORS.sub("-", printable(title).strip().casefold())[:_LONGEST_SLUG].strip("-.") or "article"


def shortened(name: str, longest: int) -> str:
    """A file's name that has at most this many characters; its ending stays."""
    ending = PurePosixPath(name).suffix
    return name if len(name) <= longest else name[: max(0, longest - len(ending))] + ending[:longest]


def _kept_name(file: str) -> str:
    """The name of an upload as it is kept: what can be shown, without folders, not hidden, of any system."""
    path = PurePosixPath(_MEANINGFUL.sub("-", printable(file.replace("\\", "/"))))
    return shortened(path.name.lstrip(".") or "article", MAX_NAME)
