# Every target installs first what it needs. `make run` tries the bot out; `make test` proves it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install run test check fmt bench drills shots browser lock clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

install: $(STAMP) ## Make .venv with everything in it

$(STAMP): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

run: $(STAMP) ## Run the bot: on this machine alone, or on Telegram where COMMENSAL_BOT_TOKEN is set
	@if [ -n "$$COMMENSAL_BOT_TOKEN$$COMMENSAL_BOT_TOKEN_FILE" ]; then exec $(BIN)/commensal run; else exec $(BIN)/commensal sandbox; fi

browser: ## Install Debian's Chromium and the fonts of the page tests, where apt and root allow
	@tools/browser

test: $(STAMP) browser ## Run the tests, on SQLite and on a real PostgreSQL
	@tools/suite $(BIN)/python

check: $(STAMP) ## Run the linters, the type checker and the rules of imports and content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile
	$(BIN)/commensal content check

fmt: $(STAMP) ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(STAMP) ## Measure, as ratios within one run
	$(BIN)/python -m bench

drills: $(STAMP) browser ## The heavy tests: many kills, much data, all of the actions on PostgreSQL
	$(BIN)/python -m pytest -q -m drill
	$(BIN)/python -m pytest -q --on-postgresql tests/actions

shots: $(STAMP) browser ## Make the screenshots of docs/shots anew
	$(BIN)/python -m tools.shots

lock: ## Write the locks anew (needs uv)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev pyproject.toml -o requirements-dev.lock

clean: ## Remove what was built
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
