"""Reads articles in a separate process, so that no file can freeze the bot, kill it or take its memory.

The process starts with the first file and reads all later files. A file that exceeds a limit, or makes the process
crash, is refused; the next file gets a new process.

multiprocessing does not suffice, nor does pebble, which limits the time of a task: their processes begin by running the
main module once more, which here loads FAISS and discord.py, and neither counts the processor's seconds.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import signal
import subprocess
import sys
import threading
from types import TracebackType
from typing import Any, Self

from retrieval.article import Article
from retrieval.errors import ArticleError, CorpusError, ReadingStoppedError, Reason
from retrieval.reading.articles import Document
from retrieval.reading.lengths import Measure
from retrieval.reading.packaged.archive import Unpacked
from retrieval.reading.reader_process import OUT_OF_MEMORY, Archive, Limits, Refusal, Setup

log = logging.getLogger(__name__)

# The largest file allowed, 10 MB of prose, takes some 25 seconds on a slow machine, and 450 MB of memory.
LIMITS = Limits(seconds=120, memory=1024**3)
# For what a moderator brings from anywhere.
UNTRUSTED = Limits(seconds=20, memory=512 * 1024**2)
# Where the system does not count the processor's seconds, or the process sleeps, the clock decides, after ten times the
# seconds: a busy or suspended machine must not lose a file.
_CLOCK_FACTOR = 10

# The process reads the paths of modules first, for it imports its modules from them.
_PROGRAM = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from retrieval.reading.reader_process import main; main()"
)
# The errors that are raised when the process ends before it has replied.
_LOST = (EOFError, OSError, pickle.UnpicklingError)


class ArticleReader:
    """Reads one file at a time. `stop` may be called meanwhile, from another thread."""

    def __init__(self, measure: Measure, limits: Limits = LIMITS) -> None:
        """`measure` goes to the process and must be picklable."""
        self._measure = measure
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, document: Document) -> Article:
        """Turn a document into an article.

        Raises ArticleError if the limits do not suffice or nothing in the document can be quoted,
        ReadingStoppedError after `stop`, and CorpusError if no process can be started.
        """
        article: Article = self._ask(document.file, document)
        return article

    def unpack(self, file: str, raw: bytes) -> Unpacked:
        """The documents in an archive. Raises what `read` raises."""
        unpacked: Unpacked = self._ask(file, Archive(raw))
        return unpacked

    def _ask(self, file: str, request: Document | Archive) -> Any:
        """What the process makes of a file."""
        process = self._ready()
        late = threading.Event()
        clock = threading.Timer(self._limits.seconds * _CLOCK_FACTOR, _kill, (process, late))
        clock.start()
        try:
            reply = _exchange(process, request)
        except _LOST as error:
            raise ArticleError(file, self._why_ended(process, late)) from error
        finally:
            clock.cancel()
            clock.join()
            if late.is_set():
                self.close()
        if isinstance(reply, Refusal):
            if reply.trace:
                log.error("%s cannot be read because of an unexpected error:\n%s", file, reply.trace)
            raise ArticleError(file, reply.reason)
        return reply

    def stop(self) -> None:
        """Give up the file that is being read, and refuse all later files."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the process. The next file gets a new process."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            with contextlib.suppress(OSError), process:  # waits for the end of the process; unread input is lost
                pass

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        with self._lock:
            if self._stopped:
                raise ReadingStoppedError
            if self._process is not None:
                return self._process
            process = self._process = _start()
        try:
            _exchange(process, sys.path, Setup(self._measure, self._limits))
        except _LOST as error:
            self.close()
            if self._stopped:
                raise ReadingStoppedError from error
            raise CorpusError("reader-ended-at-once") from error
        return process

    def _why_ended(self, process: subprocess.Popen[bytes], late: threading.Event) -> Reason:
        """Why the process did not get to the end of its file. Raises ReadingStoppedError after `stop`."""
        code = process.wait()
        self.close()
        if self._stopped:
            raise ReadingStoppedError
        if late.is_set() or code == -getattr(signal, "SIGXCPU", 0):
            return Reason.of("reading-slow", seconds=self._limits.seconds)
        if code == OUT_OF_MEMORY:
            return Reason.of("reading-large", megabytes=self._limits.memory // 1024**2)
        try:
            return Reason.of("reading-killed", signal=signal.Signals(-code).name)
        except ValueError:
            return Reason.of("reading-ended", exit_code=code)


def _start() -> subprocess.Popen[bytes]:
    """Start a process in its own session: a terminal's Ctrl+C reaches the bot alone, which then stops the process."""
    command = [sys.executable, "-P", "-c", _PROGRAM]
    try:
        return subprocess.Popen(  # noqa: S603 - our own program, and no argument from elsewhere
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise CorpusError("reader-cannot-start", reason=error.strerror or str(error)) from error


def _exchange(process: subprocess.Popen[bytes], *messages: object) -> Any:
    """Send messages and wait for the reply to the last message."""
    assert process.stdin is not None
    assert process.stdout is not None
    for message in messages:
        pickle.dump(message, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - from our own program


def _kill(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
