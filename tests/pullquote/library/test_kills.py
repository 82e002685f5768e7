"""Killed at whatever step of an operation, Pullquote starts again in the old or the new state, whole.

These are a few kills, at the steps that decide; `python -m benchmarks.kills` kills at all steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.killing.driver import Driver, Stage
from tests.support.killing.judging import Outcome
from tests.support.killing.steps import Step
from tests.support.postgresql import Server

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")

OLD, NEW = Outcome.OLD, Outcome.NEW
# The second transaction is the change; the first looks at what there was.
CHANGE: Mapping[Step, Outcome] = {
    Step("SQL INSERT INTO audit"): OLD,
    Step("SQL COMMIT", 2): OLD,
    Step("SQL committed", 2): NEW,
    Step("half of guilds/GUILD/SNAPSHOT/manifest.json"): NEW,
    Step("rename guilds/GUILD/SNAPSHOT/current"): NEW,
    Step("confirmed"): NEW,
}
RELOAD: Mapping[Step, Outcome] = {
    Step("start a process"): OLD,
    Step("write articles/SNAPSHOT/words.int8"): OLD,
    Step("rename articles/SNAPSHOT/current"): OLD,
    Step("remove what is in a folder", 7): NEW,
    Step("confirmed"): NEW,
}
FIRST_START: Mapping[Step, Outcome] = {
    Step("half of holder.json.RANDOM.unfinished"): OLD,
    Step("rename articles/SNAPSHOT/current"): OLD,
    Step("SQL INSERT INTO alembic_version"): NEW,
}
KILLS = {
    "add": CHANGE,
    "replace": CHANGE,
    "remove": CHANGE,
    "roll back": CHANGE,
    "import": CHANGE,
    "reload": RELOAD,
    "first start": FIRST_START,
}


# A server outlives what is killed, and undoes what was not committed.
ON_A_SERVER = {Step("SQL INSERT INTO audit"): OLD, Step("SQL COMMIT", 2): OLD, Step("SQL committed", 2): NEW}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


@pytest.fixture
def stage_with_a_server(tmp_path: Path, postgresql: Server) -> Iterator[Stage]:
    stage = Stage(tmp_path, postgresql)
    yield stage
    stage.close()


@pytest.mark.parametrize("operation", KILLS)
def test_a_kill_leaves_the_old_or_the_new_state(operation: str, stage: Stage) -> None:
    check(Driver(operation, stage), KILLS[operation])


def test_a_kill_leaves_a_server_in_the_old_or_the_new_state(stage_with_a_server: Stage) -> None:
    check(Driver("roll back", stage_with_a_server), ON_A_SERVER)


def check(driver: Driver, wanted: Mapping[Step, Outcome]) -> None:
    kills = [driver.kill(step) for step in wanted]
    assert [kill.why for kill in kills if kill.why] == []
    assert {kill.at: kill.outcome for kill in kills} == wanted
