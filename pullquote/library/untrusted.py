"""Reads what moderators bring, a file at a time, with tighter limits than the operator's own files have."""

from __future__ import annotations

import threading

from retrieval.article import Article
from retrieval.reading.articles import Document
from retrieval.reading.lengths import Measure
from retrieval.reading.packaged.archive import Unpacked
from retrieval.reading.reader import UNTRUSTED, ArticleReader


class UntrustedReader:
    """An ArticleReader for any thread: whoever comes while a file is read waits. Its process ends with each file."""

    def __init__(self, measure: Measure) -> None:
        self._reader = ArticleReader(measure, UNTRUSTED)
        self._reading = threading.Lock()

    def read(self, document: Document) -> Article:
        """Turn a document into an article. Raises what `ArticleReader.read` raises."""
        with self._reading, self._reader:
            return self._reader.read(document)

    def unpack(self, file: str, raw: bytes) -> Unpacked:
        """The documents in an archive. Raises what `ArticleReader.read` raises."""
        with self._reading, self._reader:
            return self._reader.unpack(file, raw)

    def stop(self) -> None:
        """Give up the file that is being read, and refuse all later files."""
        self._reader.stop()
