"""Articles are read in a separate process: what it reads, what ends it, and its end refuses only one file."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.locales import for_operators
from retrieval.article import Article
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.errors import ArticleError, CorpusError, ReadingStoppedError
from retrieval.reading import reader as reader_module
from retrieval.reading.articles import read_article
from retrieval.reading.measure import NoMeasure
from retrieval.reading.reader import ArticleReader
from retrieval.reading.reader_process import Limits
from tests.support.documents import document
from tests.support.measures import Obedient
from tests.support.wording import refusal

MARKDOWN = "---\ntitle: Ferries\nurl: ferries\n---\n\n# Norra\n\n“It sank.” He *said* so. " + "It is 3.5 km off. " * 99

posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no limits and knows no signals")


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that is started, in order."""
    started: list[subprocess.Popen[bytes]] = []
    start = reader_module._start

    def remembered() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(reader_module, "_start", remembered)
    return started


@pytest.fixture
def reader(processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> Iterator[ArticleReader]:
    """A reader whose process obeys the texts that it reads. A busy machine may take as long over them as it likes."""
    monkeypatch.setattr(reader_module, "_CLOCK_FACTOR", 3_600)
    with ArticleReader(Obedient(), Limits(seconds=600, memory=384 * 1024**2)) as reader:
        yield reader
    assert [process.poll() is None for process in processes] == [False] * len(processes)


def why_not(reader: ArticleReader, text: str, file: str = "a.txt") -> str:
    with pytest.raises(ArticleError) as caught:
        reader.read(document(file, text))
    assert caught.value.file == file
    return for_operators(caught.value.reason)


def assert_reads(reader: ArticleReader) -> None:
    assert reader.read(document("b.txt", b"Bees fly.")).text == "Bees fly."


# What is read


def test_articles_are_the_same_as_parsed_in_this_process(encoder: SentenceTransformerEncoder) -> None:
    files = {"a.md": MARKDOWN.encode(), "sub/b.txt": "Caf\xe9 au lait. Two.".encode("cp1252"), "c.md": b"# C\n\nText."}
    with ArticleReader(encoder.measure) as reader:
        read = {file: reader.read(document(file, raw)) for file, raw in files.items()}
    assert read == {file: read_article(document(file, raw), encoder) for file, raw in files.items()}
    assert len(read["a.md"].passages) > 1
    assert all(isinstance(article, Article) and article.notes for article in (read["a.md"], read["sub/b.txt"]))


def test_the_process_tells_languages_by_their_model(reader: ArticleReader) -> None:
    german = reader.read(document("katzen.txt", "Katzen schlafen am Tag und jagen in der Nacht, wenn es dunkel ist."))
    assert german.language == "de"


def test_without_a_model_nothing_is_split() -> None:
    with ArticleReader(NoMeasure()) as reader:
        assert len(reader.read(document("a.md", MARKDOWN)).passages) == 1


def test_a_single_process_reads_all_files_and_starts_with_the_first(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]]
) -> None:
    assert processes == []
    for _ in range(3):
        assert_reads(reader)
    assert len(processes) == 1


def test_a_large_file_is_read_whole(reader: ArticleReader) -> None:
    raw = b"One sentence more. " * 20_000
    assert len(reader.read(document("a.txt", raw)).text) == len(raw) - 1


@pytest.mark.parametrize("module", ["torch", "sentence_transformers", "faiss", "discord", "numpy", "bot", "pytest"])
def test_the_process_loads_no_more_than_it_needs(reader: ArticleReader, module: str) -> None:
    assert reader.read(document("a.txt", f"without {module}")).text == f"without {module}"


def test_text_that_a_library_prints_is_not_a_reply(reader: ArticleReader, capfd: pytest.CaptureFixture[str]) -> None:
    assert reader.read(document("a.txt", b"print nonsense")).text == "print nonsense"
    assert capfd.readouterr() == ("", "nonsense\n")


# What is refused


def test_what_is_wrong_with_a_file_is_told_in_the_usual_words(reader: ArticleReader) -> None:
    assert why_not(reader, "") == "is empty; write the article into it, or delete it"
    assert why_not(reader, "---\ntitle: [\n---\n", "a.md").startswith("its front matter is not valid YAML in line ")
    assert_reads(reader)


def test_an_error_that_nobody_foresaw_is_a_problem_of_its_file(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], caplog: pytest.LogCaptureFixture
) -> None:
    assert why_not(reader, "fail the roof") == (
        "cannot be read because of an error in Pullquote (OverflowError), which the log describes; "
        "leave the file out, or take out its unusual parts"
    )
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage().startswith("a.txt cannot be read because of an unexpected error:\nTraceback ")
    assert record.getMessage().endswith("OverflowError: the roof\n")
    assert_reads(reader)
    assert len(processes) == 1


@posix
def test_the_processor_s_seconds_of_a_file_are_limited(processes: list[subprocess.Popen[bytes]]) -> None:
    with ArticleReader(Obedient(), Limits(seconds=1, memory=384 * 1024**2)) as reader:
        assert why_not(reader, "work 9999") == "takes more than 1 s to read; split it into several files"
    assert processes[0].returncode == -signal.SIGXCPU


@posix
def test_a_file_after_a_file_that_took_too_long_is_read(reader: ArticleReader) -> None:
    assert why_not(reader, "die SIGXCPU") == "takes more than 600 s to read; split it into several files"
    assert_reads(reader)


@posix
def test_each_file_has_seconds_of_its_own(reader: ArticleReader, caplog: pytest.LogCaptureFixture) -> None:
    for text in ("limit", "work 1", "limit"):
        with contextlib.suppress(ArticleError):
            reader.read(document("a.txt", text))
    first, second = (int(said) for said in re.findall(r"OverflowError: (\d+)", caplog.text))
    assert second > first > 600


@posix
def test_a_process_that_sleeps_is_ended_by_the_clock(
    reader: ArticleReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert_reads(reader)
    with monkeypatch.context() as patch:
        patch.setattr(reader_module, "_CLOCK_FACTOR", 0)
        assert (
            why_not(reader, f"wait {tmp_path / 'pipe'}") == "takes more than 600 s to read; split it into several files"
        )
    assert_reads(reader)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory of data")
def test_the_memory_of_the_process_is_limited(reader: ArticleReader) -> None:
    assert (
        why_not(reader, f"fill {1024**3}") == "needs more than 384 MB of memory to be read; split it into several files"
    )
    assert_reads(reader)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        pytest.param("die SIGKILL", "SIGKILL", marks=posix),
        pytest.param("die SIGSEGV", "SIGSEGV", marks=posix),
        pytest.param("die SIGABRT", "SIGABRT", marks=posix),
        ("exit 3", "exit code 3"),
    ],
)
def test_a_crash_is_a_problem_of_its_file(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], text: str, end: str
) -> None:
    assert_reads(reader)
    assert why_not(reader, text) == (
        f"was not read to its end: the process that read it ended ({end}), perhaps for lack of memory; "
        "reload again, or split it into several files"
    )
    assert_reads(reader)
    assert len(processes) == 2


@posix
def test_sigterm_ends_the_process_quietly(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], capfd: pytest.CaptureFixture[str]
) -> None:
    assert_reads(reader)
    processes[0].terminate()
    processes[0].wait()
    assert_reads(reader)
    assert capfd.readouterr() == ("", "")


def test_a_process_that_ended_between_files_does_not_fail_the_next_file(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]]
) -> None:
    assert_reads(reader)
    processes[0].kill()
    processes[0].wait()
    assert_reads(reader)


# How reading is stopped


@posix
def test_stopping_gives_up_the_file_that_is_read(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    raised: list[ReadingStoppedError] = []

    def read() -> None:
        try:
            reader.read(document("a.txt", f"wait {tmp_path / 'pipe'}"))
        except ReadingStoppedError as error:
            raised.append(error)

    os.mkfifo(tmp_path / "pipe")
    thread = threading.Thread(target=read)
    thread.start()
    with (tmp_path / "pipe").open("w"):  # opens once the process opens the pipe in the middle of the file
        reader.stop()
        thread.join()
    assert [for_operators(error) for error in raised] == ["The reading was stopped because the bot is shutting down."]
    with pytest.raises(ReadingStoppedError):
        assert_reads(reader)
    assert [process.poll() for process in processes] == [-signal.SIGKILL]


@posix
def test_stopping_gives_up_a_process_that_has_not_begun(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = reader_module._exchange

    def stop_and_exchange(process: subprocess.Popen[bytes], *messages: object) -> object:
        reader.stop()
        return exchange(process, *messages)

    monkeypatch.setattr(reader_module, "_exchange", stop_and_exchange)
    with pytest.raises(ReadingStoppedError):
        assert_reads(reader)
    assert [process.poll() for process in processes] == [-signal.SIGKILL]


@posix
def test_ctrl_c_does_not_end_a_process(reader: ArticleReader, processes: list[subprocess.Popen[bytes]]) -> None:
    assert_reads(reader)
    assert os.getsid(processes[0].pid) == processes[0].pid
    processes[0].send_signal(signal.SIGINT)
    assert_reads(reader)
    assert len(processes) == 1


def test_a_process_ends_with_the_bot(
    reader: ArticleReader, processes: list[subprocess.Popen[bytes]], capfd: pytest.CaptureFixture[str]
) -> None:
    assert_reads(reader)
    assert processes[0].stdin is not None
    processes[0].stdin.close()
    assert processes[0].wait() == 0
    assert capfd.readouterr() == ("", "")


# What keeps a process from starting


@pytest.mark.parametrize(
    ("program", "reason"),
    [("no-such-python", "No such file or directory"), pytest.param("false", "it ended at once", marks=posix)],
)
def test_a_process_that_cannot_start(
    reader: ArticleReader, monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    sentence = f"The process that reads the articles cannot be started ({reason}). Free some memory and try again."
    with refusal(CorpusError, match=f"^{re.escape(sentence)}$"):
        assert_reads(reader)
