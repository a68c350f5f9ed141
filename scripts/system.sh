#!/bin/sh
# Sees to what the tests need beside Python: Chromium and PostgreSQL. Installs them from Debian's packages when it may;
# otherwise says what to install, and the tests that need them say that they were left out (with CI=true they fail).
set -eu

have_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then return 0; fi
    done
    return 1
}

have_postgres() {
    if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then return 0; fi
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then return 0; fi
    done
    return 1
}

missing=
have_chromium || missing="$missing chromium"
have_postgres || missing="$missing postgresql"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "set-up: installing$missing for the tests" >&2
    apt-get update -qq || true
    # shellcheck disable=SC2086 # a list of names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 || true
    missing=
    have_chromium || missing="$missing chromium"
    have_postgres || missing="$missing postgresql"
fi
[ -z "$missing" ] || echo "set-up: missing for the whole of the tests; install first: sudo apt install$missing" >&2
