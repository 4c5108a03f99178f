# Everything a newcomer or a build machine runs. Nothing is installed outside this folder but the Temporal server's cache.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run demo test cluster faults check bench docs

VENV := .venv
BIN := $(VENV)/bin
# The first that is new enough; `make setup PYTHON=/path/to/python` names another.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
# An environment is rebuilt when a lock, this project's metadata or its place changes; its stamp says what it was made from.
MADE_FROM = { cat pyproject.toml requirements-dev.txt; pwd; } | cksum
MADE = $(VENV)/made-from

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

setup: ## make .venv from the hash lock; leaves .venv/bin/mandate
	@if [ "$$($(MADE_FROM))" != "$$(cat $(MADE) 2>/dev/null)" ]; then $(MAKE) --no-print-directory $(VENV); fi

.PHONY: $(VENV)
$(VENV):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or make setup PYTHON=/path/to/it" >&2; exit 1; }
	@rm -f $(MADE)
	@echo "making $(VENV) with $(PYTHON) from requirements-dev.txt"
	@grep -q "$(CURDIR)/$(VENV)" $(BIN)/activate 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation --editable .
	@$(MADE_FROM) > $(MADE)

run: setup ## PostgreSQL, Temporal and a worker in the foreground; Ctrl-C stops them
	@$(BIN)/mandate run

demo: setup ## the same, plays examples/, verifies the store and ends
	@$(BIN)/mandate run --once

# Each process has servers of its own, so as many run as there are cores, up to four.
test: setup ## all tests on real servers, which are found or built: make test [TESTS="tests/domain -x"]
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(TESTS)

cluster: setup ## the end-to-end tests on a Temporal cluster: make cluster [CLUSTER="--postgres FOLDER"]
	@$(BIN)/python -m tests.cluster $(CLUSTER)

faults: setup ## kill worker, PostgreSQL and Temporal while 200 cases run: make faults [FAULTS="--seed 7 --cases 50"]
	@$(BIN)/python -m tests.faults $(FAULTS)

check: setup ## lint, format, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports

bench: setup ## ratios against the machine's own limits, as JSON lines: make bench [BENCH="--events 100000"]
	@$(BIN)/python -m benchmarks $(BENCH)

docs: setup ## the pages and pictures that are written from the code
	@$(BIN)/python -m docs.build
