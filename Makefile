# Every target sets up what it needs by itself; a fresh machine needs Python 3.11+ and make only.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check bench seed screens lock format clean

HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data
BIN := .venv/bin
DEVELOPERS_TOOLS := scripts/setup.sh dev

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  HOST, PORT and DATA (a folder) change where 'make run' listens and keeps its data:"
	@echo "  make run PORT=8080 DATA=/srv/smarthd"

run: ## start the app; the last line is the address to open
	@scripts/setup.sh runtime
	@exec $(BIN)/smarthd serve --host $(HOST) --port $(PORT) --data $(DATA)

test: ## check the code, then run every test (unit, API, browser)
	@$(DEVELOPERS_TOOLS)
	@scripts/system.sh
	@scripts/test.sh

check: ## format, lint, types and the rules of the architecture
	@$(DEVELOPERS_TOOLS)
	@scripts/check.sh

format: ## put the code into shape
	@$(DEVELOPERS_TOOLS)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: ## measure requests per second beside a floor, on SQLite and PostgreSQL
	@$(DEVELOPERS_TOOLS)
	@scripts/system.sh
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.million

seed: ## put the demo accounts and content into DATA
	@scripts/setup.sh runtime
	@$(BIN)/smarthd seed --data $(DATA)

screens: ## draw the pictures under docs/screens again
	@$(DEVELOPERS_TOOLS)
	@scripts/system.sh
	@$(BIN)/python -m scripts.screens

lock: ## pin the newest allowed packages into the two lock files
	@scripts/lock.sh

clean: ## remove the virtual environment and the caches (never DATA)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .schemathesis build *.egg-info
