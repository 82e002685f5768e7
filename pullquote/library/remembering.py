"""Reads articles, and does not read a file again that exceeded a limit: it would take minutes at every start."""

from __future__ import annotations

import dataclasses
import json
import logging
from pathlib import Path

from pydantic import TypeAdapter

from retrieval.article import Article
from retrieval.errors import ArticleError, Reason
from retrieval.files import make_folder, replace_durably
from retrieval.reading.articles import Document, digest
from retrieval.reading.lengths import Measure
from retrieval.reading.reader import LIMITS, ArticleReader
from retrieval.reading.reader_process import Limits
from retrieval.search import snapshot

log = logging.getLogger(__name__)

# A process that ended for another reason may end well the next time.
_LIMITED = ("reading-slow", "reading-large")
_REASONS = TypeAdapter(dict[str, Reason])


class RememberingReader(ArticleReader):
    """Keeps in a file of notes which documents exceeded a limit. Other limits or another format may let them pass."""

    def __init__(self, measure: Measure, notes: Path, limits: Limits = LIMITS) -> None:
        super().__init__(measure, limits)
        self._notes = notes
        self._conditions = {"format": snapshot.FORMAT, **dataclasses.asdict(limits)}

    def read(self, document: Document) -> Article:
        """Turn a document into an article. Raises what `ArticleReader.read` raises."""
        refused = self._refused()
        key = f"{document.media_type} {digest(document.raw)}"
        if key in refused:
            raise ArticleError(document.file, refused[key])
        try:
            return super().read(document)
        except ArticleError as error:
            if error.reason.code in _LIMITED:
                self._note(refused | {key: error.reason})
            raise

    def _refused(self) -> dict[str, Reason]:
        """Why documents were refused, by what they are known by. Notes that cannot be used are no notes."""
        try:
            notes = json.loads(self._notes.read_bytes())
            return _REASONS.validate_python(notes["refused"]) if notes["conditions"] == self._conditions else {}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _note(self, refused: dict[str, Reason]) -> None:
        notes = {"conditions": self._conditions, "refused": _REASONS.dump_python(refused, mode="json")}
        try:
            make_folder(self._notes.parent)
            replace_durably(self._notes, json.dumps(notes).encode())
        except OSError as error:
            log.warning("%s cannot be written (%s): its files are read again next time", self._notes, error.strerror)
