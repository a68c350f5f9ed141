#!/bin/sh
# Format, lint, types, and the architecture tests: everything that can be judged without using the app.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff format --check --quiet . || {
    echo "check: these files are not formatted (make format):" >&2
    .venv/bin/ruff format --check . >&2
    exit 1
}
.venv/bin/ruff check --quiet .
.venv/bin/mypy --no-error-summary
.venv/bin/python -m pytest -n 2 tests/architecture
echo "check: format, lint, types and architecture are fine"
