"""A document that is a ZIP archive: its parts, read with limits, whatever the archive claims."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

from retrieval.errors import Reason, UnfitError

LARGEST = 40
"""Megabytes that the parts of a document may have in all once they are unpacked: prose of 10 MB with its markup."""
MEGABYTE = 1_000_000
# Parts in all; the largest books have a few thousand. A list of millions would take minutes to be read.
_MOST_PARTS = 20_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, IndexError)
_ZIP = b"PK"
_ENCRYPTED = 0x1


class PackageError(UnfitError):
    """The archive is damaged, locked, or too large once it is unpacked."""


class Package:
    """The parts of a document by their names."""

    def __init__(self, raw: bytes, otherwise: Reason) -> None:
        """Raises PackageError: `otherwise` if the bytes are no ZIP archive at all."""
        if not raw.startswith(_ZIP):
            raise PackageError(otherwise.code)
        try:
            self._archive = zipfile.ZipFile(BytesIO(raw))
        except _BROKEN as error:
            raise PackageError("package-damaged") from error
        entries = self._archive.infolist()
        if len(entries) > _MOST_PARTS:
            raise PackageError("package-many-parts", limit=_MOST_PARTS)
        self._entries = {entry.filename: entry for entry in entries}
        self._room = LARGEST * MEGABYTE

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises PackageError if there is no such part, or it cannot be unpacked."""
        entry = self._entries.get(name)
        if entry is None:
            raise PackageError("package-part-missing", name=PurePosixPath(name).name[:80])
        if entry.flag_bits & _ENCRYPTED:
            raise PackageError("package-locked")
        # zipfile unpacks no more than the size that the archive claims.
        self._room -= entry.file_size
        if self._room < 0:
            raise PackageError("package-large", limit=LARGEST)
        try:
            return self._archive.read(entry)
        except (*_BROKEN, RuntimeError) as error:
            raise PackageError("package-damaged") from error

    def xml(self, name: str) -> etree._Element:
        """A part that is XML. Raises PackageError as `read` and `plain_xml` do."""
        raw = self.plain_xml(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(raw, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise PackageError("package-damaged") from error

    def plain_xml(self, name: str) -> bytes:
        """The bytes of a part that is XML. Raises PackageError if it declares entities: few can grow to gigabytes.

        XML in UTF-16, which has zero bytes, could hide them, and no program writes it into documents.
        """
        raw = self.read(name)
        if b"<!ENTITY" in raw or b"\0" in raw:
            raise PackageError("package-entities")
        return raw

    def copy(self, names: Iterable[str]) -> BytesIO:
        """An archive of these parts of XML alone, not compressed. Raises PackageError as `plain_xml` does."""
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in names:
                archive.writestr(name, self.plain_xml(name))
        target.seek(0)
        return target

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._entries)

    def entries(self) -> list[zipfile.ZipInfo]:
        """What the archive says of its parts."""
        return self._archive.infolist()
