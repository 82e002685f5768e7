"""All settings: read once from the environment and `.env` into one frozen object."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from yarl import URL

from retrieval.encoding.packaged_model import DEFAULT_MODEL
from retrieval.encoding.threads import Threads, free_cores
from retrieval.errors import PullquoteError, Reason, UnfitError
from retrieval.urls import is_web_url

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "PULLQUOTE_"
ENV_FILES = (ROOT / ".env", Path(".env"))
# Some editors put a byte order mark before UTF-8; this reads files with and without it.
_ENCODING = "utf-8-sig"
_PRINTED_ASCII = re.compile(r"[!-~]*")
# Where a URL has a user and a password, they end at its only @; a driver would read other URLs in ways of its own, and
# name parts of the password in its errors.
_DATABASE = re.compile(r"sqlite(\+\w+)?:///.+|[a-z]\w*(\+\w+)?://([^@/?#]*@)?[^@]*", re.ASCII)
_ID = re.compile(r"[1-9][0-9]{16,19}")


def _token(value: object) -> object:
    """The token; None if it is blank. A token that no HTTP header can carry is refused here, with the reason."""
    if not isinstance(value, str):
        return value
    if not _PRINTED_ASCII.fullmatch(token := value.strip()):
        raise UnfitError("not-a-token")
    return token or None


def _api_base(url: str) -> str:
    if not is_web_url(url):
        raise UnfitError("not-an-address")
    # Read as aiohttp reads it, so that what is checked is where the token goes.
    address = URL(url)
    if address.scheme == "http" and not _is_this_machine(address.host or ""):
        raise UnfitError("not-https")
    return url.rstrip("/")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _database(value: object) -> object:
    """The URL of a database; None if it is blank. Whether it leads to a database is found when it is opened."""
    if not isinstance(value, str):
        return value
    if (url := value.strip()) and not (_DATABASE.fullmatch(url) and url.isprintable()):
        raise UnfitError("not-a-database")
    return url or None


def _server(value: object) -> object:
    """The id of a server as a number. Discord's ids have 17 digits at least, and fit into 64 bits."""
    text = str(value).strip()
    if value is None or (_ID.fullmatch(text) and int(text) < 1 << 64):
        return value
    raise UnfitError("not-a-server")


def _ports(value: object) -> object:
    """Ports in a line, with commas between them."""
    if not isinstance(value, str):
        return value
    ports = [port.strip() for port in value.split(",")]
    if not all(port.isascii() and port.isdigit() and 0 < int(port) < 1 << 16 for port in ports):
        raise UnfitError("not-ports")
    return tuple(map(int, ports))


class Settings(BaseSettings):
    """What an operator can set. The README has each field's description."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILES,
        env_file_encoding=_ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    discord_token: Annotated[SecretStr | None, BeforeValidator(_token)] = Field(
        None,
        validation_alias="DISCORD_TOKEN",
        description="The bot's token. Without it only `try` and the terminal work.",
    )
    discord_api_base: Annotated[str, AfterValidator(_api_base)] = Field(
        "https://discord.com/api/v10",
        validation_alias="DISCORD_API_BASE",
        description="Another Discord-compatible API to connect to, its version included. "
        "Plain http:// is for this machine alone.",
    )
    corpus: Path = Field(ROOT / "corpus", description="The folder with the articles.")
    data: Path = Field(
        ROOT / "data",
        description="The folder for what Pullquote keeps. The index in it is built anew when it is deleted; the "
        "servers' articles, calibrated weights and the chat's history would be lost.",
    )
    database: Annotated[SecretStr | None, BeforeValidator(_database)] = Field(
        None,
        description="The URL of a database of PostgreSQL or SQLite for servers and their articles, such as "
        "postgresql://user:password@host/name. Without it they are in the file pullquote.db in the data folder.",
    )
    model: str = Field(DEFAULT_MODEL, description="Any sentence-transformers model: a folder, or a name on the hub.")
    reranker: str | None = Field(
        None,
        description="A sentence-transformers CrossEncoder that reads the first 8 passages again: a folder, or a name "
        "on the hub. It takes effect once `calibrate` has run.",
    )
    guild: Annotated[int | None, BeforeValidator(_server)] = Field(
        None,
        description="Id of the server whose moderators look after the articles of the folder, too. Without it only the "
        "owner of the application, or its team, may reload them.",
    )
    question_threads: int = Field(1, ge=1, description="How many threads the model uses for a question.")
    build_threads: int | None = Field(
        None, ge=1, description="How many threads the model uses for articles; all free cores unless set."
    )
    member_questions: int = Field(
        5, ge=0, description="How many questions a member may ask in 30 seconds; 0 for any number."
    )
    server_questions: int = Field(
        100, ge=0, description="How many questions a server's members may ask in 30 seconds together; 0 for any number."
    )
    watch: bool = Field(True, description="Whether changes in the folder with the articles are taken in by themselves.")
    memory: int = Field(
        500,
        ge=1,
        description="How many megabytes of memory the articles of servers may take. Beyond that, those of the server "
        "that asked longest ago are let go until it asks again.",
    )
    fetch_ports: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_ports)] = Field(
        (80, 443),
        description="The ports that web pages are fetched from, with commas between them.",
    )
    moderator_role: str | None = Field(
        None,
        description="Id or name of a role in that server that may use /corpus, beside everyone with Manage Server. "
        "Prefer the id: whoever may make roles can give one this name.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def state(self) -> str | Path:
        """Where guilds and their articles are kept: the URL of a database, or the file that SQLite keeps them in."""
        return self.data / "pullquote.db" if self.database is None else self.database.get_secret_value()

    @property
    def threads(self) -> Threads:
        return Threads(self.question_threads, self.build_threads or free_cores())

    def for_many_questions(self) -> Settings:
        """These settings with a build's threads for questions, too: for commands that ask thousands."""
        return self.model_copy(update={"question_threads": self.threads.build})


_SECRETS = ("discord_token", "database")


class SettingsError(PullquoteError):
    """For operators: settings that cannot be used. `usable` has the defaults instead of them."""

    def __init__(self, reasons: Sequence[Reason], usable: Settings) -> None:
        super().__init__("settings-unusable", reasons=tuple(reasons))
        self.reasons = reasons
        self.usable = usable


def variable(field: str) -> str:
    """The environment variable of a setting."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError with a reason for each wrong setting."""
    try:
        return _read()
    except OSError as error:
        raise SettingsError([_unreadable(error)], _read(_env_file=None)) from error
    except UnicodeDecodeError as error:
        raise SettingsError([Reason.of("env-file-not-text")], _read(_env_file=None)) from error


def _read(**given: Any) -> Settings:
    try:
        return Settings(**given)
    except ValidationError as error:
        reasons, defaults = [], {}
        for problem in error.errors(include_url=False):
            name = str(problem["loc"][0])
            field = _field(name)
            reasons.append(_reason(field, problem))
            defaults[name] = Settings.model_fields[field].default
        raise SettingsError(reasons, Settings(**given, **defaults)) from error


def _field(name: str) -> str:
    """The field that pydantic calls by its name or by its variable."""
    return next(field for field in Settings.model_fields if name in (field, variable(field)))


def _reason(field: str, problem: ErrorDetails) -> Reason:
    error = problem.get("ctx", {}).get("error")
    reason = error.reason if isinstance(error, UnfitError) else problem["msg"]
    if field in _SECRETS:
        return Reason.of("secret-setting", variable=variable(field), reason=reason)
    return Reason.of("setting", variable=variable(field), value=repr(problem["input"]), reason=reason)


def _unreadable(error: OSError) -> Reason:
    # An error of the disk, unlike that of a file that may not be read, does not name the file.
    return Reason.of("env-file-unreadable", path=str(error.filename or ".env"), reason=error.strerror or str(error))


def unknown_variables() -> Iterator[str]:
    """Variables in the environment or `.env` that look like settings but are not: most likely they are misspelt."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    names = set(os.environ)
    for file in ENV_FILES:
        with contextlib.suppress(OSError, UnicodeDecodeError):  # load_settings says what is wrong with it
            names.update(dotenv_values(file, encoding=_ENCODING))
    return (name for name in sorted(names) if name.upper().startswith(PREFIX) and name.upper() not in known)
