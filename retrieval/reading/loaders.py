"""Files of the corpus folder → articles. Every file that is not read is named with the reason."""

from __future__ import annotations

import hashlib
import math
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.article import Article
from retrieval.characters import normalise
from retrieval.errors import ArticleError, NoFolderError
from retrieval.reading.decoding import DecodingError, decode
from retrieval.reading.frontmatter import FrontMatterError, split_front_matter
from retrieval.reading.markdown import TooDeepError, parse_markdown
from retrieval.reading.plaintext import parse_plaintext
from retrieval.reading.segmentation import Block, Kind, Measure, segment

MARKDOWN = (".md", ".markdown")
PLAINTEXT = (".txt",)
MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not read, or not wholly as it stands, and why. `str(problem)` is for moderators."""

    file: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The article files of a folder, by name, and what lies beside them that is not read."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def list_files(folder: Path) -> Listing:
    """Find the article files in a folder and its subfolders. Raises NoFolderError if it cannot be looked into."""
    if not _is_folder(folder):
        raise NoFolderError(folder)
    files: dict[str, str] = {}  # by the name that is shown
    problems: list[Problem] = []

    def unreadable(error: OSError) -> None:
        name = Path(error.filename or folder).relative_to(folder).as_posix()
        problems.append(Problem(printable(name), f"cannot be opened ({error.strerror})"))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(parent)
        linked = [name for name in folders if (here / name).is_symlink()]
        for name in sorted(names + linked):
            if name.startswith(".") or Path(name).stem.upper() == "README":
                continue
            file = (here / name).relative_to(folder).as_posix()
            if name in linked:
                problems.append(Problem(printable(file), "is a link to a folder; copy the folder here instead"))
            elif Path(name).suffix.lower() not in MARKDOWN + PLAINTEXT:
                problems.append(Problem(printable(file), "is not read; only .md, .markdown and .txt files are"))
            elif printable(file) in files:
                problems.append(Problem(printable(file), "looks the same as another file's name; rename it"))
            else:
                files[printable(file)] = file
    return Listing(tuple(sorted(files.values())), tuple(problems))


def _is_folder(path: Path) -> bool:
    """Whether there is such a folder. Raises NoFolderError if that cannot be told: links may lead in a circle."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise NoFolderError(path, error.strerror) from error


def printable(name: str) -> str:
    """A file name that can be shown: bytes that are no UTF-8 and control characters become �."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def read_bytes(folder: Path, file: str) -> bytes:
    """The bytes of one file. Raises ArticleError if it is gone, too large, unreadable or lies outside the folder."""
    path = folder / file
    name = printable(file)
    try:
        # Path.resolve would raise a RuntimeError for links that lead in a circle.
        if not Path(os.path.realpath(path, strict=True)).is_relative_to(os.path.realpath(folder)):
            raise ArticleError(name, "is a link that leads out of the corpus folder; copy the file here instead")
        if not path.is_file():
            raise ArticleError(name, "is no ordinary file")
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise ArticleError(name, "is a link that leads nowhere; copy the file here instead") from error
        raise ArticleError(name, "vanished while it was being read; put it back, or reload again") from error
    except OSError as error:
        raise ArticleError(name, f"cannot be opened ({error.strerror})") from error
    if len(raw) > MAX_BYTES:
        megabytes, limit = math.ceil(size / 1024 / 102.4) / 10, MAX_BYTES // 1024 // 1024
        raise ArticleError(name, f"is {megabytes:.1f} MB; the limit is {limit} MB, so split it into several files")
    return raw


def parse_article(file: str, raw: bytes, measure: Measure) -> Article:
    """Turn a file's bytes into an article. Raises ArticleError if there is nothing in it that can be quoted."""
    name = printable(file)
    try:
        decoded = decode(raw)
        whole = normalise(decoded.text)
        front, body = split_front_matter(whole)
    except (DecodingError, FrontMatterError) as error:
        raise ArticleError(name, str(error)) from error
    blocks = _blocks(name, body)
    title = front.title or _first_heading(blocks) or Path(name).stem
    segmentation = segment(blocks, measure, title)
    if not segmentation.passages:
        raise ArticleError(name, _why_empty(raw, blocks, body_is_all=body == whole))
    return Article(
        file=name,
        digest=hashlib.sha256(raw).hexdigest(),
        title=title,
        url=front.url,
        author=front.author,
        published=front.published,
        language=front.language,
        text=segmentation.text,
        passages=segmentation.passages,
        notes=(*([decoded.note] if decoded.note else []), *front.notes),
    )


def _blocks(name: str, body: str) -> list[Block]:
    if Path(name).suffix.lower() in PLAINTEXT:
        return parse_plaintext(body)
    try:
        return parse_markdown(body)
    except TooDeepError as error:
        raise ArticleError(name, "is nested too deeply to be read as Markdown") from error


def _first_heading(blocks: list[Block]) -> str | None:
    return next((block.text for block in blocks if block.kind is Kind.HEADING), None)


def _why_empty(raw: bytes, blocks: list[Block], *, body_is_all: bool) -> str:
    if not raw.strip():
        return "is empty; write the article into it, or delete it"
    if blocks:
        return "has headings but no text under them"
    return "has no text in it" if body_is_all else "has front matter but no text under it"


def same_titles(articles: Iterable[Article]) -> Iterator[Problem]:
    """A problem for each article whose title an earlier one has: members could not tell their quotes apart."""
    first: dict[str, str] = {}
    for article in articles:
        key = article.title.casefold()
        if key in first:
            yield Problem(article.file, f"has the same title as {first[key]}; give one of them another title")
        else:
            first[key] = article.file
