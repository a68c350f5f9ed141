#!/bin/sh
# Pins every package with the hashes of all its files into the two lock files, for every platform; no address is kept.
set -eu
cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null; then
    python3 -m venv .venv-lock
    .venv-lock/bin/python -m pip install --quiet uv
    PATH="$PWD/.venv-lock/bin:$PATH"
fi
pin() {
    output=$1
    shift
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --upgrade \
        --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet --output-file "$output" "$@"
}
pin requirements.lock --extra backend --extra build
pin requirements-dev.lock --extra backend --extra build --extra dev --constraints requirements.lock
