#!/bin/sh
# Everything that `make test` proves: the checks, then unit and API tests on two processes, then the journeys in a
# browser one after the other (they are about what a person sees, so nothing else should keep the machine busy).
set -u
cd "$(dirname "$0")/.."

failed=0
scripts/check.sh || failed=1
.venv/bin/python -m pytest -n 2 --dist loadgroup --ignore tests/journeys --ignore tests/architecture "$@" || failed=1
.venv/bin/python -m pytest tests/journeys "$@" || failed=1
exit $failed
