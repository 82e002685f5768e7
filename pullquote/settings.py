"""All settings: read once from the environment and `.env` into one frozen object."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from yarl import URL

from retrieval.encoding.packaged_model import DEFAULT_MODEL
from retrieval.encoding.threads import Threads, free_cores
from retrieval.errors import PullquoteError
from retrieval.urls import is_web_url

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "PULLQUOTE_"
ENV_FILES = (ROOT / ".env", Path(".env"))
# Some editors put a byte order mark before UTF-8; this reads files with and without it.
_ENCODING = "utf-8-sig"


def _token(value: object) -> object:
    """Nothing for a blank token. One that no HTTP header can carry is refused here, where the reason can be said."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch("[!-~]*", token := value.strip()):
        raise ValueError("holds characters that no token has; copy it again from the Bot page of your application")
    return token or None


def _api_base(url: str) -> str:
    if not is_web_url(url):
        raise ValueError("must be a web address such as https://discord.com/api/v10")
    # Read as aiohttp reads it, so that what is checked is where the token goes.
    address = URL(url)
    if address.scheme == "http" and not _is_this_machine(address.host or ""):
        raise ValueError(
            "must begin with https://, or the token would travel in the open; "
            "http:// is for this machine alone (127.0.0.1, ::1, localhost)"
        )
    return url.rstrip("/")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _server(value: object) -> object:
    """The id of a server as a number. Discord's ids have 17 digits at least, and fit into 64 bits."""
    text = str(value).strip()
    if value is None or (re.fullmatch("[1-9][0-9]{16,19}", text) and int(text) < 1 << 64):
        return value
    raise ValueError("must be the id of a server: right-click on it in Discord, in developer mode, and Copy Server ID")


class Settings(BaseSettings):
    """What an operator can set. Each field's description is what the README and `check` say about it."""

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
        description="The bot's token. Without it only the terminal works.",
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
        description="The folder for what Pullquote keeps. The index in it is built anew when it is deleted; calibrated "
        "weights and the chat's history would be lost.",
    )
    model: str = Field(DEFAULT_MODEL, description="Any sentence-transformers model: a folder, or a name on the hub.")
    reranker: str | None = Field(
        None,
        description="A sentence-transformers CrossEncoder that reads the first 8 passages again: a folder, or a name "
        "on the hub. It takes effect once `calibrate` has run.",
    )
    guild: Annotated[int | None, BeforeValidator(_server)] = Field(
        None,
        description="Id of the server whose moderators look after the articles. Without it only the owner of the "
        "application, or its team, may use /corpus.",
    )
    question_threads: int = Field(1, ge=1, description="How many threads the model uses for a question.")
    build_threads: int | None = Field(
        None, ge=1, description="How many threads the model uses for articles; all free cores unless set."
    )
    moderator_role: str | None = Field(
        None,
        description="Id or name of a role in that server that may use /corpus, beside everyone with Manage Server. "
        "Prefer the id: whoever may make roles can give one this name.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @property
    def threads(self) -> Threads:
        return Threads(self.question_threads, self.build_threads or free_cores())

    def for_many_questions(self) -> Settings:
        """The same with the threads of a build for questions too: for commands that ask thousands and serve nobody."""
        return self.model_copy(update={"question_threads": self.threads.build})


class SettingsError(PullquoteError):
    """For operators: settings that cannot be used, a line each. `usable` has their defaults in their place."""

    def __init__(self, message: str, usable: Settings) -> None:
        super().__init__(message)
        self.usable = usable


def variable(field: str) -> str:
    """The environment variable of a setting."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def load_settings() -> Settings:
    """Read the settings. Raises SettingsError with a line for each that is wrong."""
    try:
        return _read()
    except OSError as error:
        raise SettingsError(f"{error.filename} cannot be read ({error.strerror}).", _read(_env_file=None)) from error
    except UnicodeDecodeError as error:
        raise SettingsError("The file .env is not UTF-8 text; save it as UTF-8.", _read(_env_file=None)) from error


def _read(**given: Any) -> Settings:
    try:
        return Settings(**given)
    except ValidationError as error:
        lines, defaults = [], {}
        for problem in error.errors(include_url=False):
            name = str(problem["loc"][0])
            field = _field(name)
            lines.append(_line(field, problem["input"], problem["msg"]))
            defaults[name] = Settings.model_fields[field].default
        raise SettingsError("\n".join(lines), Settings(**given, **defaults)) from error


def _field(name: str) -> str:
    """The field that pydantic calls by its name or by its variable."""
    return next(field for field in Settings.model_fields if name in (field, variable(field)))


def _line(field: str, value: object, message: str) -> str:
    shown = "" if field == "discord_token" else f"={value!r}"
    return f"{variable(field)}{shown}: {message.removeprefix('Value error, ')}."


def unknown_variables() -> Iterator[str]:
    """Variables in the environment or `.env` that look like settings but are none: most likely misspelt."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields}
    names = set(os.environ)
    for file in ENV_FILES:
        with contextlib.suppress(OSError, UnicodeDecodeError):  # load_settings says what is wrong with it
            names.update(dotenv_values(file, encoding=_ENCODING))
    return (name for name in sorted(names) if name.upper().startswith(PREFIX) and name.upper() not in known)
