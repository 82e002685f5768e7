"""A guild's own articles as archives: their documents as they came, with a list of what moderators said about them.

An import and a corpus folder make the same articles of them, to the character. That is why a document stays what it is:
turned into Markdown it would lose its tables, its footnotes, its order, and even a title in the front matter of a text
that is Markdown already would make a section of the heading that was its title.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pullquote.library.catalogue import Catalogue
from pullquote.library.composition import apart
from pullquote.library.given import LONGEST_TITLE, Given
from pullquote.library.manifest import LARGEST_MANIFEST, MANIFEST, dump_manifest
from pullquote.library.records import Entry
from retrieval.reading.articles import MAX_BYTES
from retrieval.reading.media_types import MEDIA_TYPES, media_type_of
from retrieval.reading.packaged.archive import MOST_DOCUMENTS
from retrieval.reading.packaged.package import LARGEST, MEGABYTE

# Bytes that the list takes in an archive beside its own, at most.
_OVERHEAD = 1_000


@dataclass(frozen=True, slots=True)
class _Size:
    """What files take in an archive: their number, their bytes packed and unpacked, and the bytes of their list."""

    files: int = 0
    packed: int = 0
    unpacked: int = 0
    listed: int = 0

    @classmethod
    def of(cls, name: str, raw: bytes, given: Given) -> _Size:
        return cls(1, len(_packed({name: raw})), len(raw), len(dump_manifest({name: given})))

    def __add__(self, other: _Size) -> _Size:
        return _Size(
            self.files + other.files,
            self.packed + other.packed,
            self.unpacked + other.unpacked,
            self.listed + other.listed,
        )

    def fits(self, room: int) -> bool:
        """Whether an archive of at most `room` bytes holds the files, and an import takes it."""
        return (
            self.packed + self.listed + _OVERHEAD <= min(room, MAX_BYTES)
            and self.files <= MOST_DOCUMENTS
            and self.unpacked + self.listed <= LARGEST * MEGABYTE
            and self.listed < LARGEST_MANIFEST
        )


def exported(catalogue: Catalogue, guild: int, room: int) -> Iterator[bytes]:
    """Archives of all articles of a guild, each of at most `room` bytes, if no document is larger by itself.

    Raises StateError.
    """
    entries = catalogue.current(guild).entries
    names = _names(entries)
    files: dict[str, bytes] = {}
    listed: dict[str, Given] = {}
    size = _Size()
    for entry in entries:
        name, raw = names[entry.name], catalogue.document(guild, entry.version).raw
        given = entry.given if name == entry.name else replace(entry.given, title=entry.title[:LONGEST_TITLE])
        alone = _Size.of(name, raw, given)
        if files and not (size + alone).fits(room):
            yield _packed({**files, MANIFEST: dump_manifest(listed)})
            files, listed, size = {}, {}, _Size()
        files[name], listed[name], size = raw, given, size + alone
    if files:
        yield _packed({**files, MANIFEST: dump_manifest(listed)})


def _names(entries: tuple[Entry, ...]) -> dict[str, str]:
    """What articles are called in an archive: as they are, with another ending where theirs tells another format.

    A page may have become a PDF since it was first added.
    """
    odd = {
        entry.name: entry.name + MEDIA_TYPES[entry.media_type].endings[0]
        for entry in entries
        if media_type_of(entry.name) != entry.media_type
    }
    told = apart((entry.name for entry in entries), odd.values())
    return {entry.name: told[odd[entry.name]] if entry.name in odd else entry.name for entry in entries}


def _packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return buffer.getvalue()
