"""The settings that are secrets: the token and the database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pullquote.locales import for_operators
from pullquote.settings import load_settings
from tests.support.setting_faults import fault

pytestmark = pytest.mark.usefixtures("bare_environment")

TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMg.secret.token"
DATABASE = "postgresql://pullquote:lion%40den@db.example:5432/articles?sslmode=require"
DATABASE_FAULT = (
    "PULLQUOTE_DATABASE: must be the URL of a database, such as postgresql://user:password@host/name, "
    "with the characters @ / ? # and % of a user or password written as %40 %2F %3F %23 and %25."
)
TOKEN_FAULT = "DISCORD_TOKEN: holds characters that no token has; copy it again from the Bot page of your application."


# The token


@pytest.mark.parametrize("blank", [" ", "\t", "\n"])
def test_a_blank_token_is_none(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", blank)
    assert load_settings().discord_token is None


@given(
    token=st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), min_size=1).filter(
        lambda text: text.strip() and not re.fullmatch("[!-~]+", text.strip())
    )
)
@examples(derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_token_that_no_header_can_carry_is_refused_and_never_shown(token: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("DISCORD_TOKEN", token)
        error = fault()
    assert for_operators(error) == TOKEN_FAULT
    assert error.usable.discord_token is None


@pytest.mark.parametrize("token", [TOKEN, f"{TOKEN} é"])
def test_no_error_and_no_picture_of_the_settings_shows_the_token(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", token)
    monkeypatch.setenv("PULLQUOTE_LOG_LEVEL", "loud")
    error = fault()
    shown = f"{for_operators(error)} {error} {error!r} {error.__cause__} {error.usable} {error.usable!r}"
    shown += error.usable.model_dump_json()
    assert "PULLQUOTE_LOG_LEVEL='loud'" in shown
    assert TOKEN not in shown


# The database


def test_without_a_database_a_file_in_the_data_folder_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_DATA", "saved")
    monkeypatch.setenv("PULLQUOTE_DATABASE", " ")
    assert load_settings().state == Path("saved/pullquote.db")


@pytest.mark.parametrize(
    "url", ["sqlite:////srv/a@b/pullquote.db", "postgresql+psycopg://db.example/articles", "postgresql:///a?host=/run"]
)
def test_a_database_is_named_by_its_url(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PULLQUOTE_DATABASE", f" {url}\n")
    assert load_settings().state == url


@pytest.mark.parametrize(
    "url",
    [
        "lion",
        "pullquote.db",
        "postgresql:pullquote:lion@den/name",
        "postgresql://pullquote:lion@den@db.example/name",
        "postgresql://pullquote:lion/den@db.example/name",
        "postgresql://pullquote:12?lion@db.example/name",
        "postgresql://pullquote:lion#den@db.example/name",
        "postgresql://pullquote:lion@db.example/na\tme",
    ],
)
def test_a_database_with_another_url_is_refused_and_never_shown(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PULLQUOTE_DATABASE", url)
    error = fault()
    assert for_operators(error) == DATABASE_FAULT
    assert error.usable.database is None
    assert "lion" not in f"{error} {error!r} {error.__cause__} {error.usable!r}"


def test_no_picture_of_the_settings_shows_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_DATABASE", DATABASE)
    loaded = load_settings()
    assert "lion" not in f"{loaded} {loaded!r} {loaded.model_dump_json()}"
