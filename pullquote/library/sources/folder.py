"""A folder of files as a source of articles. Of every file that is not read there is something said."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from pullquote.library.errors import NoFolderError
from pullquote.library.given import NOTHING_GIVEN, Given
from pullquote.library.manifest import MANIFEST, given_in
from pullquote.library.problems import Problem
from pullquote.library.sources.source import Listed, Listing
from pullquote.library.sources.unread import remarks_on
from retrieval.characters import printable
from retrieval.errors import ArticleError, Reason
from retrieval.reading.articles import MAX_BYTES, digest, too_large
from retrieval.reading.media_types import media_type_of


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The article files in a folder and its subfolders. Hidden files and READMEs are not for members.

    A folder may be what an export was unpacked to: then the list beside the files says what moderators said of them,
    and a README that it names was an article.
    """

    folder: Path

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self.folder)

    def list(self) -> Listing:
        """List the article files. Raises NoFolderError if the folder cannot be looked into."""
        if not _is_folder(self.folder):
            raise NoFolderError(self.folder)
        given = self._given()
        documents: dict[str, Listed] = {}
        problems: list[Problem] = []
        unread: list[str] = []

        def unreadable(error: OSError) -> None:
            name = Path(error.filename or self.folder).relative_to(self.folder).as_posix()
            problems.append(Problem(shown_name(name), _cannot_open(error)))

        for parent, folders, names in os.walk(self.folder, onerror=unreadable):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            here = Path(parent)
            linked = [name for name in folders if (here / name).is_symlink()]
            for name in sorted(names + linked):
                key = (here / name).relative_to(self.folder).as_posix()
                file, media_type = shown_name(key), media_type_of(name)
                is_readme = Path(name).stem.upper() == "README" and file not in given
                if name.startswith(".") or is_readme or key == MANIFEST:
                    continue
                if name in linked:
                    problems.append(Problem(file, Reason.of("folder-link")))
                elif media_type is None:
                    unread.append(file)
                elif file in documents:
                    problems.append(Problem(file, Reason.of("same-name")))
                else:
                    documents[file] = Listed(file, media_type, key, given.get(file, NOTHING_GIVEN))
        by_key = sorted(documents.values(), key=lambda listed: listed.key)
        return Listing(tuple(by_key), tuple(problems), tuple(remarks_on(unread)))

    def _given(self) -> dict[str, Given]:
        """What an export says about its articles."""
        try:
            return given_in(self.read(Listed(MANIFEST, "", MANIFEST)))
        except ArticleError:
            return {}

    def digest(self, listed: Listed) -> str:
        """The SHA-256 of a file's bytes, which it reads. Raises ArticleError."""
        return digest(self.read(listed))

    def read(self, listed: Listed) -> bytes:
        """The bytes of a file. Raises ArticleError if it is gone, too large, unreadable or lies outside."""
        path = self.folder / listed.key
        name = listed.file
        try:
            # Path.resolve would raise a RuntimeError for links that lead in a circle.
            if not Path(os.path.realpath(path, strict=True)).is_relative_to(os.path.realpath(self.folder)):
                raise ArticleError(name, Reason.of("link-outside"))
            if not path.is_file():
                raise ArticleError(name, Reason.of("not-a-file"))
            with path.open("rb") as stream:
                size = os.fstat(stream.fileno()).st_size
                raw = stream.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            if path.is_symlink():
                raise ArticleError(name, Reason.of("link-nowhere")) from error
            raise ArticleError(name, Reason.of("vanished")) from error
        except OSError as error:
            raise ArticleError(name, _cannot_open(error)) from error
        if len(raw) > MAX_BYTES:
            raise ArticleError(name, too_large(size))
        return raw


def shown_name(name: str) -> str:
    """A file name that can be shown: bytes that are not UTF-8 and control characters become �."""
    return printable(os.fsencode(name).decode("utf-8", errors="replace"))


def _is_folder(path: Path) -> bool:
    """Whether the path is a folder. Raises NoFolderError if it cannot be told, as where links lead in a circle."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise NoFolderError(path, error.strerror) from error


def _cannot_open(error: OSError) -> Reason:
    return Reason.of("cannot-open", reason=error.strerror or str(error))
