"""Builds corpora on a shelf, beside the corpus in force, and saves there the corpus that the next start finds."""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from pullquote.library.errors import NotSavedError
from pullquote.library.pauses import keep_out_of_collections
from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.encoding.encoder import Encoder
from retrieval.errors import SnapshotError
from retrieval.files import make_folder
from retrieval.precedence import give_way
from retrieval.progress import Progress
from retrieval.search import snapshot
from retrieval.search.building import Built, build_corpus
from retrieval.search.corpus import Corpus
from retrieval.search.shelf import tidy_at_start

log = logging.getLogger(__name__)

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
# The vectors that are still in the file are not trusted either, so no vector is taken over.
_DAMAGED = "The words' vectors in %s were damaged in use; the index is built anew."


class Builder:
    """Builds and saves the corpora of one library. Only one thread at a time may use it."""

    def __init__(self, shelf: Path) -> None:
        self.shelf = shelf
        self.unsaved: str | None = None
        """Why the corpus in force is not on the disk."""

    def load(self, encoder: Encoder) -> Corpus | None:
        """The saved corpus; None if it does not fit this encoder. Removes files that killed processes left."""
        tidy_at_start(self.shelf)
        try:
            corpus = snapshot.load(self.shelf, encoder)
        except SnapshotError as error:
            log.warning("The saved index is not used: %s. It is being rebuilt from the articles.", for_operators(error))
            return None
        keep_out_of_collections()
        return corpus

    def build(
        self,
        encoder: Encoder,
        articles: Sequence[Article],
        previous: Corpus | None,
        progress: Progress | None = None,
        *,
        must_save: bool = False,
    ) -> Built:
        """Build a corpus: in memory, if the shelf takes no file and the corpus need not be saved.

        Raises NotSavedError if `must_save` is set and the corpus cannot be saved, and whatever `progress` raises.
        """
        try:
            make_folder(self.shelf)
            return build_corpus(articles, encoder, previous, progress, self.shelf)
        except SnapshotError:
            log.warning(_DAMAGED, self.shelf)
            return self.build(encoder, articles, None, progress, must_save=must_save)
        except OSError as error:
            if must_save:
                raise self._not_saved(error) from error
            reason = error.strerror or error
            log.warning("The words' vectors cannot be written in %s (%s); they are kept in memory.", self.shelf, reason)
            return build_corpus(articles, encoder, previous, progress)

    def rebuild(self, encoder: Encoder, damaged: Corpus) -> Corpus:
        """Build and save a corpus anew, of the same articles as a corpus whose words' vectors were damaged in use."""
        log.warning(_DAMAGED, self.shelf)
        return self.save(self.build(encoder, damaged.articles, None).corpus)

    def save(self, corpus: Corpus, *, must_save: bool = False) -> Corpus:
        """Save a corpus and return it as it reads from the disk, or as it is if it cannot be saved.

        Raises NotSavedError if `must_save` is set and the corpus cannot be saved.
        """
        try:
            saved = snapshot.save(corpus, self.shelf)
        except OSError as error:
            if must_save:
                raise self._not_saved(error) from error
            self.unsaved = error.strerror or str(error)
            log.warning(
                "The corpus could not be saved in %s (%s). It is used all the same, and built anew at the next start.",
                self.shelf.parent,
                self.unsaved,
            )
            return corpus
        self.unsaved = None
        give_way()  # here and after the collection, for what follows until the swap cannot be parted
        keep_out_of_collections()
        give_way()
        return saved

    def _not_saved(self, error: OSError) -> NotSavedError:
        return NotSavedError(self.shelf.parent, error.strerror or str(error))


def shelf_name(folder: Path) -> str:
    """A readable name that differs for each folder."""
    # Path.resolve would raise a RuntimeError for links that lead in a circle; the listing of the folder words that.
    resolved = Path(os.path.realpath(folder))
    slug = _NOT_IN_NAMES.sub("-", resolved.name.lower()).strip("-") or "corpus"
    return f"{slug[:40]}-{hashlib.sha256(str(resolved).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
