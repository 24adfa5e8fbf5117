# Everything a contributor needs: `make run`, `make test`, `make fix`. Needs Python 3.11+, make, and PyPI and npm (or mirrors).

PYTHON ?= python3
QIAOBAN_HOST ?= 127.0.0.1
QIAOBAN_PORT ?= 8000
# How many tests run at once; `make test JOBS=8` on a larger machine.
JOBS ?= 2

BIN := .venv/bin
NODE := $(BIN)/python scripts/node.py
STATIC := builder runtime server
SOURCES := builder runtime server migrations scripts tests $(wildcard bench)
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev test unit check check-python check-web bench fix docs lock browser clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

# --- set-up: stamps inside .venv make every later call quick --------------------------------------------------------

.venv/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) scripts/python.py run

.venv/dev.stamp: requirements-dev.lock pyproject.toml | .venv/run.stamp
	@$(PYTHON) scripts/python.py dev

web/node_modules/.package-lock.json: web/package-lock.json | .venv/run.stamp
	@$(NODE) npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: $(WEB_SOURCES) | web/node_modules/.package-lock.json
	@$(NODE) npm run build
	@touch $@

browser: .venv/dev.stamp ## Find or install a Chromium and a Chinese font for the browser tests
	@$(BIN)/python scripts/browser.py

# --- the everyday commands ------------------------------------------------------------------------------------------

# `serve` brings the database up to date by itself.
run: .venv/run.stamp web/dist/index.html ## Set up what is missing, migrate, serve on http://127.0.0.1:8000
	@QIAOBAN_HOST=$(QIAOBAN_HOST) QIAOBAN_PORT=$(QIAOBAN_PORT) $(BIN)/qiaoban serve

dev: .venv/dev.stamp web/node_modules/.package-lock.json ## Set up everything a contributor needs, and stop there

test: dev browser web/dist/index.html check ## All checks, all tests, browser tests included
	@mkdir -p var
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile
	$(NODE) npm test
	$(NODE) npm run --silent budget

unit: .venv/dev.stamp ## The quick tests: no browser, no PostgreSQL
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m 'not postgres and not e2e'

check: check-python check-web ## Format, lint, types, import contracts

check-python: .venv/dev.stamp
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy $(STATIC)
	$(BIN)/lint-imports

check-web: web/node_modules/.package-lock.json
	$(NODE) npm run check
	$(NODE) npm run --silent api -- --check

fix: dev ## Format, and mend what the linters can mend
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	$(NODE) npm run fix

# QIAOBAN_BENCH_ROWS, _COUNT and _SECONDS make it smaller: ROWS=2000 COUNT=500 SECONDS=0.2 for a first look.
bench: .venv/dev.stamp web/dist/index.html ## Measure over HTTP on SQLite and PostgreSQL; adds to var/bench.jsonl
	@mkdir -p var
	$(BIN)/python -m bench

docs: .venv/dev.stamp web/node_modules/.package-lock.json ## Renew generated files: the API client's types and the tables in docs/
	$(BIN)/python scripts/docs.py
	$(NODE) npm run api

lock: ## Renew the Python lock files from pyproject.toml (needs uv)
	$(BIN)/python scripts/lock.py

clean: ## Remove what can be made again; never touches var/
	rm -rf .venv web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -not -path './web/*' -prune -exec rm -rf {} +
