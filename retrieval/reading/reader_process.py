"""The process that reads articles: started by `reader`, it reads one file after another until its input ends.

It loads no model. The system limits this process alone: the memory of the whole process, and the processor's seconds
of each file. Windows keeps neither limit, macOS only the limit of seconds.
"""

from __future__ import annotations

import contextlib
import gc
import math
import os
import pickle
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from types import ModuleType
from typing import BinaryIO

from retrieval.article import Article
from retrieval.errors import ArticleError, Reason, UnfitError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.confinement import confine
from retrieval.reading.lengths import Measure
from retrieval.reading.packaged.archive import Unpacked, unpack

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

# The exit code of a process whose memory did not suffice for a file.
OUT_OF_MEMORY = 77


@dataclass(frozen=True, slots=True)
class Limits:
    """The time and memory that the reading of a file may take."""

    seconds: int
    """Seconds of the processor's time: on a busy machine they last longer than seconds of the clock."""
    memory: int
    """Bytes of data in the whole process."""
    open_files: int = 64
    """How many files the process may have open, the pipes to Pullquote included."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The first message to the process."""

    measure: Measure
    limits: Limits


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of an archive of documents, which are to be unpacked."""

    raw: bytes


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be read."""

    reason: Reason
    trace: str = ""
    """The traceback of an unexpected error."""


def main() -> None:
    """Read the files that standard input brings and write articles and refusals to standard output."""
    # Ctrl+C is for the bot, which ends this process; on Windows it reaches both.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Threads of the tokenizer would use up the seconds of the processor several at a time.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # text that a library prints is not a reply
    # The input ends with the bot, and nobody is left to take the reply.
    with contextlib.suppress(EOFError, BrokenPipeError):
        _serve(sys.stdin.buffer, replies)
    os._exit(0)  # the rest of the buffer of `replies` has no reader


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    setup: Setup = pickle.load(requests)  # noqa: S301 - from our own process
    _send(None, replies)
    collect_between_files()
    confine()
    try:
        _limit_memory(setup.limits)
        while True:
            request: Document | Archive = pickle.load(requests)  # noqa: S301
            _limit_seconds(setup.limits.seconds)
            _send(read(request, setup.measure), replies)
            gc.collect()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def collect_between_files() -> None:
    """Look for no cycles among the objects of a file while it is read: it has millions of objects, and no cycles."""
    gc.freeze()
    gc.disable()


def _send(reply: Article | Unpacked | Refusal | None, replies: BinaryIO) -> None:
    pickle.dump(reply, replies)
    replies.flush()


def read(request: Document | Archive, measure: Measure) -> Article | Unpacked | Refusal:
    """Parse a document, or unpack an archive.

    Any error is a refusal of this file alone, except a MemoryError, which is raised.
    """
    try:
        return unpack(request.raw) if isinstance(request, Archive) else read_article(request, measure)
    except (ArticleError, UnfitError) as error:
        return Refusal(error.reason)
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of the tokenizer is not an Exception
        return Refusal(Reason.of("reading-failed", error=type(error).__name__), traceback.format_exc())


def _limit_memory(limits: Limits) -> None:
    if resource is not None:
        _limit(resource.RLIMIT_DATA, limits.memory)
        _limit(resource.RLIMIT_NOFILE, limits.open_files)
        _limit(resource.RLIMIT_CORE, 0)


def _limit_seconds(seconds: int) -> None:
    if resource is not None:
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time()) + seconds)


def _limit(kind: int, value: int) -> None:
    """Set a soft limit, as far as the hard limit allows it."""
    assert resource is not None
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))
