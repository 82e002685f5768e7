# make run: the bot, or the terminal chat without a token.  make test: all checks.  make setup: what they need.
PYTHON ?= python3
BIN := .venv/bin
TORCH_CPU := https://download.pytorch.org/whl/cpu

.PHONY: run setup test clean

run: setup
	@$(BIN)/python bot.py

setup: .venv/installed

test: .venv/installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

clean:
	rm -rf .venv data

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Pullquote needs Python 3.11, 3.12 or 3.13. Name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@touch $@

# On Linux the registry's torch brings gigabytes of CUDA, so the CPU build is fetched first; where PyTorch's own index
# cannot be reached, the next step takes torch from wherever pip is set up to look.
.venv/torch: .venv/created requirements.lock
	@echo "Setting up; this takes a few minutes the first time."
	@[ "$$(uname -s)" != Linux ] || $(BIN)/pip install --quiet --no-deps --retries 1 --index-url $(TORCH_CPU) \
		"$$(grep '^torch==' requirements.lock)" 2>/dev/null || true
	@touch $@

.venv/installed: .venv/torch pyproject.toml
	@$(BIN)/pip install --quiet --constraint requirements.lock --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@$(BIN)/pip install --quiet --constraint requirements.lock --editable '.[dev]'
	@touch $@
