"""Settings → model, library, answerer, bot: what the commands start from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from pullquote.cogs.client import Pullquote
from pullquote.commands.progress import progress_bar
from pullquote.library.guild_library import GuildLibrary
from pullquote.library.library import Library
from pullquote.library.progress import ProgressLog
from pullquote.locales import for_operators
from pullquote.settings import Settings
from retrieval.answering import Answerer, CorpusHolder
from retrieval.encoding.cross_encoder import CrossEncoderReranker
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import Reason
from retrieval.progress import Progress
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import weights_for

log = logging.getLogger(__name__)

_MEGABYTE = 1_000_000


def create_bot(settings: Settings, library: Library | None = None, **options: Any) -> Pullquote:
    """Build the bot, ready to be started; `options` go to discord.py's client.

    Raises PullquoteError if model, corpus or database cannot be opened.
    """
    library = library or open_library(settings, ProgressLog())
    shelves, memory = settings.data / "guilds", settings.memory * _MEGABYTE
    articles = GuildLibrary.open(settings.state, library, shelves, memory, settings.guild)
    return Pullquote(settings, library, articles, open_answerer(settings, library), **options)


def open_library(settings: Settings, progress: Progress) -> Library:
    """Load the model and the corpus. Raises ModelError or CorpusError."""
    return Library.open(settings.corpus, settings.data, open_encoder(settings), progress)


def open_library_here(settings: Settings) -> Library:
    """Load the model and the corpus, with a bar in the terminal. Raises ModelError or CorpusError."""
    with progress_bar() as progress:
        return open_library(settings, progress)


def open_answerer(settings: Settings, holder: CorpusHolder, tell: Callable[[Reason], object] | None = None) -> Answerer:
    """An answerer with the weights for this model, and with the reranker that they were fitted with. Raises ModelError.

    `tell` is called with a reason for weights or a reranker that are not used; without `tell`, the log says why.
    """
    tell = tell or (lambda reason: log.warning(for_operators(reason)))
    reranker = open_reranker(settings)
    weights = weights_for(settings.data, holder.encoder.fingerprint, reranker.fingerprint if reranker else None, tell)
    if reranker and not weights.rerank:
        tell(Reason.of("reranker-not-calibrated", model=reranker.name))
    return Answerer(holder, Ranker(weights), reranker if weights.rerank else None)


def open_encoder(settings: Settings) -> SentenceTransformerEncoder:
    """Load the model that is set. Raises ModelError."""
    return SentenceTransformerEncoder.load(settings.model, settings.threads)


def open_reranker(settings: Settings) -> CrossEncoderReranker | None:
    """Load the reranker, if one is set. Raises ModelError."""
    return CrossEncoderReranker.load(settings.reranker, settings.question_threads) if settings.reranker else None
