# `make help` lists what there is. `make` alone is `make run`.
PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
TORCH_CPU := https://download.pytorch.org/whl/cpu
TORCH := $(shell grep -o 'torch==[0-9.]*' pyproject.toml | head -n 1)
# Twice quiet: pip's errors are shown, its news of newer versions and its warnings of where it looked are not.
INSTALL := $(BIN)/pip --quiet --quiet --disable-pip-version-check install
INSTALL_LOCKED := $(INSTALL) --no-deps --require-hashes --requirement
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile

.PHONY: run try setup test lint fix types cover mutate bench pictures lock clean help

run: setup ## start the bot, or where no token is set the bot in the browser, or the chat
	@$(BIN)/python bot.py

try: setup ## try the bot in the browser, in a simulated Discord: no token is needed
	@$(BIN)/python bot.py try

setup: .venv/installed ## install what Pullquote needs to run into .venv

test: lint types ## run all checks: lint, types and every test, with the gate on coverage
	@$(PYTEST) --cov --cov-report=

lint: .venv/installed-dev ## check style, formatting, which room may import what, and that no pattern is slow
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.support.slow_patterns

fix: .venv/installed-dev ## mend what lint can mend by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: .venv/installed-dev ## check the types
	@$(BIN)/mypy

cover: .venv/installed-dev ## run the tests and list lines and branches that none of them reaches
	@$(PYTEST) --cov --cov-report=term --cov-report=html
	@echo "Line by line: htmlcov/index.html"

bench: .venv/installed-dev ## measure speed and memory beside a thirty-line bot; about five minutes
	@$(BIN)/python -m benchmarks.quick

# What SimCord's preview needs is not in the lock: it is asked for seldom, and brings codecs of films.
pictures: .venv/installed-dev ## make the pictures of the README anew, with Chromium
	@$(INSTALL) 'simcord[preview]'
	@$(BIN)/python -m tests.pictures

# mutmut is not in the lock: it is asked for seldom, and brings much.
mutate: .venv/installed-dev ## change ranking and reading bit by bit and list what no test notices; takes hours
	@$(INSTALL) mutmut
	@OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false $(BIN)/mutmut run --max-children $(WORKERS)
	@$(BIN)/mutmut results

# This needs no installation, so that it also mends one whose lock lags behind pyproject.toml. The second file starts as
# the first, so that both name the same versions.
lock: .venv/created ## take the newest versions of all dependencies into the lock files
	@$(INSTALL) --upgrade uv
	@$(BIN)/uv pip compile --quiet --upgrade --all-extras --output-file requirements-dev.lock pyproject.toml
	@cp requirements-dev.lock requirements.lock
	@$(BIN)/uv pip compile --quiet --extra try --output-file requirements.lock pyproject.toml

clean: ## remove the installation; what is in data/ stays
	rm -rf .venv build htmlcov .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

help: ## list these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | while IFS='|' read -r target meaning; do \
		printf '%-13s %s\n' "$$target" "$$meaning"; done

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Pullquote needs Python 3.11, 3.12 or 3.13. Name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@touch $@

.venv/locked: .venv/created requirements.lock
	@echo "Setting up; this takes a few minutes the first time."
	@$(INSTALL_LOCKED) requirements.lock
	@touch $@

# torch is not in the lock: on Linux the registry's torch brings gigabytes of CUDA, so the CPU build comes from PyTorch's
# own index, under other hashes. Where that index cannot be reached, torch and what it asks for come from wherever pip
# is set up to look.
.venv/torch: .venv/locked pyproject.toml
	@{ [ "$$(uname -s)" = Linux ] && \
		$(INSTALL) --no-deps --retries 1 --index-url $(TORCH_CPU) $(TORCH) 2>/dev/null; } || $(INSTALL) $(TORCH)
	@touch $@

# setuptools, which builds the project, is in the lock.
.venv/installed: .venv/torch pyproject.toml
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(BIN)/pip check >/dev/null || { echo "pyproject.toml asks for more than requirements.lock has: make lock"; exit 1; }
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	@$(INSTALL_LOCKED) requirements-dev.lock
	@touch $@
