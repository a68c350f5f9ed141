#!/bin/sh
# Everything that `make test` proves: the checks, then unit and API tests, then the journeys in a browser, two at a time:
# they wait for pages more than they compute.
set -u
cd "$(dirname "$0")/.."

failed=0
scripts/check.sh || failed=1
.venv/bin/python -m pytest -n 2 --dist loadgroup --ignore tests/journeys --ignore tests/architecture "$@" || failed=1
.venv/bin/python -m pytest -n 2 --dist loadfile tests/journeys "$@" || failed=1
exit $failed
