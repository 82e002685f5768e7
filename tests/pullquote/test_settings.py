"""Where settings come from, which win, and what is said about those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pullquote.locales import for_operators
from pullquote.settings import ROOT, Settings, load_settings, unknown_variables, variable
from retrieval.encoding.threads import Threads, free_cores
from tests.support.setting_faults import fault

pytestmark = pytest.mark.usefixtures("bare_environment")

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"
DATABASE = "postgresql://pullquote:lion%40den@db.example:5432/articles?sslmode=require"
API_BASE_FAULT = "must be a web address such as https://discord.com/api/v10."


def env_file(folder: Path, *lines: str, encoding: str = "utf-8") -> None:
    (folder / ".env").write_bytes("\n".join(lines).encode(encoding))


def test_the_defaults() -> None:
    assert load_settings().model_dump() == {
        "discord_token": None,
        "discord_api_base": "https://discord.com/api/v10",
        "corpus": ROOT / "corpus",
        "data": ROOT / "data",
        "database": None,
        "model": "all-MiniLM-L6-v2",
        "reranker": None,
        "guild": None,
        "question_threads": 1,
        "build_threads": None,
        "member_questions": 5,
        "server_questions": 100,
        "watch": True,
        "memory": 500,
        "fetch_ports": (80, 443),
        "moderator_role": None,
        "log_level": "INFO",
    }


def test_every_setting_has_its_variable_and_a_description() -> None:
    assert [variable(field) for field in Settings.model_fields] == [
        "DISCORD_TOKEN",
        "DISCORD_API_BASE",
        "PULLQUOTE_CORPUS",
        "PULLQUOTE_DATA",
        "PULLQUOTE_DATABASE",
        "PULLQUOTE_MODEL",
        "PULLQUOTE_RERANKER",
        "PULLQUOTE_GUILD",
        "PULLQUOTE_QUESTION_THREADS",
        "PULLQUOTE_BUILD_THREADS",
        "PULLQUOTE_MEMBER_QUESTIONS",
        "PULLQUOTE_SERVER_QUESTIONS",
        "PULLQUOTE_WATCH",
        "PULLQUOTE_MEMORY",
        "PULLQUOTE_FETCH_PORTS",
        "PULLQUOTE_MODERATOR_ROLE",
        "PULLQUOTE_LOG_LEVEL",
    ]
    assert all(field.description for field in Settings.model_fields.values())


def test_every_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("DISCORD_API_BASE", "http://127.0.0.1:8080/api/v10/")
    monkeypatch.setenv("PULLQUOTE_CORPUS", "articles")
    monkeypatch.setenv("PULLQUOTE_DATA", "saved")
    monkeypatch.setenv("PULLQUOTE_DATABASE", DATABASE)
    monkeypatch.setenv("PULLQUOTE_MODEL", "my-model")
    monkeypatch.setenv("PULLQUOTE_RERANKER", "my-cross-encoder")
    monkeypatch.setenv("PULLQUOTE_GUILD", " 1100000000000000001 ")
    monkeypatch.setenv("PULLQUOTE_QUESTION_THREADS", "2")
    monkeypatch.setenv("PULLQUOTE_BUILD_THREADS", "6")
    monkeypatch.setenv("PULLQUOTE_MEMBER_QUESTIONS", "7")
    monkeypatch.setenv("PULLQUOTE_SERVER_QUESTIONS", "0")
    monkeypatch.setenv("PULLQUOTE_WATCH", "no")
    monkeypatch.setenv("PULLQUOTE_MEMORY", "64")
    monkeypatch.setenv("PULLQUOTE_FETCH_PORTS", " 80,443, 8080")
    monkeypatch.setenv("PULLQUOTE_MODERATOR_ROLE", "Librarian")
    monkeypatch.setenv("PULLQUOTE_LOG_LEVEL", "DEBUG")
    loaded = load_settings()
    assert loaded.discord_token is not None
    assert loaded.discord_token.get_secret_value() == TOKEN
    assert loaded.state == DATABASE
    assert loaded.model_dump(exclude={"discord_token", "database"}) == {
        "discord_api_base": "http://127.0.0.1:8080/api/v10",
        "corpus": Path("articles"),
        "data": Path("saved"),
        "model": "my-model",
        "reranker": "my-cross-encoder",
        "guild": 1100000000000000001,
        "question_threads": 2,
        "build_threads": 6,
        "member_questions": 7,
        "server_questions": 0,
        "watch": False,
        "memory": 64,
        "fetch_ports": (80, 443, 8080),
        "moderator_role": "Librarian",
        "log_level": "DEBUG",
    }


def test_the_threads_are_those_set_or_one_and_all_free_cores() -> None:
    assert Settings(question_threads=2, build_threads=6).threads == Threads(2, 6)
    assert Settings().threads == Threads(1, free_cores())


def test_commands_that_ask_thousands_of_questions_have_the_threads_of_a_build_for_them() -> None:
    assert Settings(question_threads=2, build_threads=6).for_many_questions().threads == Threads(6, 6)
    assert Settings().for_many_questions().threads == Threads(free_cores(), free_cores())


@pytest.mark.parametrize("name", ["PULLQUOTE_QUESTION_THREADS", "PULLQUOTE_BUILD_THREADS"])
def test_there_is_a_thread_at_least(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "0")
    assert for_operators(fault()) == f"{name}='0': Input should be greater than or equal to 1."


@pytest.mark.parametrize("ports", ["0", "65536", "http", "80,", "80 443", "²"])
def test_ports_are_numbers_with_commas_between(monkeypatch: pytest.MonkeyPatch, ports: str) -> None:
    monkeypatch.setenv("PULLQUOTE_FETCH_PORTS", ports)
    assert for_operators(fault()) == (
        f"PULLQUOTE_FETCH_PORTS={ports!r}: must be numbers of ports from 1 to 65535, with commas between them, "
        "such as 80, 443."
    )


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().model = "another"  # type: ignore[misc]


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_MODEL", "")
    monkeypatch.setenv("PULLQUOTE_RERANKER", "")
    monkeypatch.setenv("DISCORD_API_BASE", "")
    assert load_settings() == Settings()


# .env


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_env_file_is_read(bare_environment: Path, encoding: str) -> None:
    env_file(
        bare_environment, f'DISCORD_TOKEN="{TOKEN}"', "PULLQUOTE_MODERATOR_ROLE=Bücherei", "OTHER=1", encoding=encoding
    )
    loaded = load_settings()
    assert loaded.discord_token is not None
    assert loaded.discord_token.get_secret_value() == TOKEN
    assert loaded.moderator_role == "Bücherei"


def test_the_environment_wins_over_the_env_file(bare_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file(bare_environment, "PULLQUOTE_MODEL=from-file", "PULLQUOTE_LOG_LEVEL=ERROR")
    monkeypatch.setenv("PULLQUOTE_MODEL", "from-environment")
    loaded = load_settings()
    assert (loaded.model, loaded.log_level) == ("from-environment", "ERROR")


def test_an_env_file_that_is_no_utf8(bare_environment: Path) -> None:
    env_file(bare_environment, f"DISCORD_TOKEN={TOKEN}", "PULLQUOTE_MODLE=x", encoding="utf-16")
    assert for_operators(fault()) == "The file .env is not UTF-8 text; save it as UTF-8."
    assert fault().usable == Settings(_env_file=None)
    assert list(unknown_variables()) == []


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no file here that cannot be read")
def test_an_env_file_that_cannot_be_read(bare_environment: Path) -> None:
    (bare_environment / ".env").symlink_to("/proc/self/mem")
    assert for_operators(fault()) == ".env cannot be read (Input/output error)."
    assert fault().usable == Settings(_env_file=None)


# What cannot be used


def test_every_fault_is_named_and_the_rest_stays_usable(
    bare_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file(bare_environment, "PULLQUOTE_LOG_LEVEL=loud")
    monkeypatch.setenv("DISCORD_API_BASE", "discord.com")
    monkeypatch.setenv("PULLQUOTE_CORPUS", "articles")
    error = fault()
    assert for_operators(error).splitlines() == [
        f"DISCORD_API_BASE='discord.com': {API_BASE_FAULT}",
        "PULLQUOTE_LOG_LEVEL='loud': Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",
    ]
    usable = error.usable
    assert (usable.discord_api_base, usable.log_level) == ("https://discord.com/api/v10", "INFO")
    assert usable.corpus == Path("articles")


@pytest.mark.parametrize(
    "url", ["discord", "ftp://discord.com", "https://", "javascript:alert(1)", "http://a b", "https://x:99999"]
)
def test_an_api_base_has_to_be_a_web_address(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DISCORD_API_BASE", url)
    assert for_operators(fault()) == f"DISCORD_API_BASE={url!r}: {API_BASE_FAULT}"


@pytest.mark.parametrize(
    "host",
    [
        "discord.example",
        "10.0.0.1",
        "192.168.0.2:8080",
        "localhost.example",
        "127.0.0.1.example",
        "127.1",
        "[::2]:80",
        "0.0.0.0",
        "localhost@discord.example",
    ],
)
def test_plain_http_to_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DISCORD_API_BASE", f"http://{host}/api/v10")
    assert for_operators(fault()) == (
        f"DISCORD_API_BASE='http://{host}/api/v10': must begin with https://, or the token would travel in the open; "
        "http:// is for this machine alone (127.0.0.1, ::1, localhost)."
    )
    assert fault().usable.discord_api_base == "https://discord.com/api/v10"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.255.0.3", "[::1]:8080"])
def test_plain_http_to_this_machine_is_fine(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("DISCORD_API_BASE", f"http://{host}/api/v10/")
    assert load_settings().discord_api_base == f"http://{host}/api/v10"


GUILD_FAULT = "must be the id of a server: right-click on it in Discord, in developer mode, and Copy Server ID."


@pytest.mark.parametrize(
    "guild", ["Gull Point", "0", "-1100000000000000001", "7", "11e17", "1" * 21, "9" * 20, "１" * 19]
)
def test_a_guild_is_the_id_of_a_server(monkeypatch: pytest.MonkeyPatch, guild: str) -> None:
    monkeypatch.setenv("PULLQUOTE_GUILD", guild)
    assert for_operators(fault()) == f"PULLQUOTE_GUILD={guild!r}: {GUILD_FAULT}"
    assert fault().usable.guild is None


# Names that look like settings


def test_misspelt_names_are_found_in_the_environment_and_the_env_file(
    bare_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env_file(bare_environment, "PULLQUOTE_MODLE=x", "PULLQUOTE_MODEL=y", "UNRELATED=z")
    monkeypatch.setenv("PULLQUOTE_LOGLEVEL", "DEBUG")
    monkeypatch.setenv("pullquote_corpus", "articles")
    assert list(unknown_variables()) == ["PULLQUOTE_LOGLEVEL", "PULLQUOTE_MODLE"]


def test_the_token_may_carry_the_prefix_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_DISCORD_TOKEN", TOKEN)
    loaded = load_settings()
    assert loaded.discord_token is not None
    assert loaded.discord_token.get_secret_value() == TOKEN
    assert list(unknown_variables()) == []
