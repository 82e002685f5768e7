"""What set-up installs: what pyproject.toml asks for, in exact versions with hashes, and one torch everywhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pullquote.settings import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TORCH = "torch==2.13.0"


def names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


def locked(lock: str) -> dict[str, int]:
    """Each requirement of a lock file, and how many hashes it has."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^(\S.*?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    return {requirement: hashes.count("--hash") for requirement, hashes in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_an_exact_version_and_a_hash(lock: str) -> None:
    for requirement, hashes in locked(lock).items():
        (version,) = Requirement(requirement).specifier
        assert version.operator == "=="
        assert hashes > 0


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_bring_neither_torch_nor_cuda(lock: str) -> None:
    assert [name for name in names(locked(lock)) if re.match("torch|triton|nvidia|cuda", name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_locks_name_no_host(lock: str) -> None:
    assert re.findall(r"https?:|--\w*index|--find-links", (ROOT / lock).read_text(encoding="utf-8")) == []


def test_what_runs_is_locked() -> None:
    project = PYPROJECT["project"]
    tried = project["optional-dependencies"]["try"]
    wanted = names([*project["dependencies"], *tried, *PYPROJECT["build-system"]["requires"]])
    assert wanted - names(locked("requirements.lock")) == {"torch"}


def test_what_tests_need_is_locked_beside_what_runs() -> None:
    extras = PYPROJECT["project"]["optional-dependencies"]
    assert names(extras["dev"]) | names(extras["evaluate"]) <= names(locked("requirements-dev.lock"))
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


def test_one_torch_is_installed_everywhere() -> None:
    assert [line for line in PYPROJECT["project"]["dependencies"] if "torch" in line.split("==")] == [TORCH]
    (metadata,) = PYPROJECT["tool"]["uv"]["dependency-metadata"]
    assert f"{metadata['name']}=={metadata['version']}" == TORCH
    for file in ("README.md", ".github/workflows/checks.yml"):
        assert re.findall(r"torch==[\d.]*\d", (ROOT / file).read_text(encoding="utf-8")) == [TORCH]
