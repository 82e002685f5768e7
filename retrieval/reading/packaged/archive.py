"""An archive of documents (ZIP) → the documents in it, by their paths, and what is to be said of its other files."""

from __future__ import annotations

import re
import stat
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from retrieval.characters import printable
from retrieval.errors import Reason, UnfitError
from retrieval.reading.articles import MAX_BYTES, Document, too_large
from retrieval.reading.media_types import media_type_of
from retrieval.reading.packaged.package import Package, PackageError

MOST_DOCUMENTS = 500
"""How many documents an archive may hold."""
MANIFEST = "pullquote.json"
"""The name of a list about the documents, which an export of Pullquote lays beside them."""
LARGEST_MANIFEST = 1_000_000
"""From how many bytes on such a list is not read."""
_ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".rar")
# What macOS lays beside the files that it packs.
_RESOURCES = "__MACOSX"
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of an archive that was not taken, and why."""

    file: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds: documents by name, files that were refused, and names of files of other kinds."""

    documents: tuple[Document, ...]
    refused: tuple[Refused, ...]
    others: tuple[str, ...]
    manifest: bytes = b""
    """The list that an export of Pullquote lays beside its documents, if there is one and it can be read."""


def unpack(raw: bytes) -> Unpacked:
    """The documents in an archive. Raises UnfitError if it is damaged, too large, or holds too many documents."""
    package = Package(raw, Reason.of("not-zip"))
    manifest = _manifest(package)
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    others: list[str] = []
    for entry in package.entries():
        name = entry.filename.replace("\\", "/")
        path = PurePosixPath(name)
        if entry.is_dir() or any(part.startswith(".") and part != ".." for part in path.parts) or _is_resource(path):
            continue
        file, media_type = printable(str(path)), media_type_of(name)
        if reason := _suspicion(entry, path):
            refused.append(Refused(file, reason))
        elif media_type is None:
            others.append(file)
        elif file in documents:
            refused.append(Refused(file, Reason.of("same-name")))
        elif len(documents) == MOST_DOCUMENTS:
            raise UnfitError("archive-many", limit=MOST_DOCUMENTS)
        else:
            try:
                documents[file] = Document(file, media_type, package.read(entry.filename))
            except PackageError as error:
                if error.reason.code == "package-large":
                    raise
                refused.append(Refused(file, error.reason))
    by_name = sorted(documents.values(), key=lambda document: document.file)
    return Unpacked(tuple(by_name), tuple(refused), tuple(others), manifest)


def _manifest(package: Package) -> bytes:
    """The list about the documents; nothing if it is not there, too large, damaged or locked."""
    sizes = {entry.filename: entry.file_size for entry in package.entries()}
    if sizes.get(MANIFEST, LARGEST_MANIFEST) >= LARGEST_MANIFEST:
        return b""
    try:
        return package.read(MANIFEST)
    except PackageError:
        return b""


def _is_resource(path: PurePosixPath) -> bool:
    return path.parts[:1] == (_RESOURCES,)


def _suspicion(entry: zipfile.ZipInfo, path: PurePosixPath) -> Reason | None:
    """Why a file is not even unpacked."""
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(str(path)):
        return Reason.of("archive-path")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Reason.of("archive-link")
    if path.suffix.lower() in _ARCHIVES:
        return Reason.of("archive-nested")
    if entry.file_size > MAX_BYTES:
        return too_large(entry.file_size)
    return None
