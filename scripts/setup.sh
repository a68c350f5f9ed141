#!/bin/sh
# Makes .venv from a lock file: `scripts/setup.sh runtime` for the app, `scripts/setup.sh dev` for the tests as well.
# Does nothing when it is already done (a stamp says for which lock, which Python and which folder).
set -eu
cd "$(dirname "$0")/.."

say() { echo "set-up: $*" >&2; }
die() { say "$*"; exit 1; }

kind=${1:-runtime}
case $kind in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) die "unknown kind '$kind': runtime or dev" ;;
esac

# The folder is part of it: a virtual environment that was moved or copied does not work.
fingerprint() { { pwd -P; cat "$1" pyproject.toml; } | cksum | tr ' ' '-'; }
stamp() { echo ".venv/.smarthd-$1-$(fingerprint "$2")"; }

wanted=$(stamp "$kind" "$lock")
# What developers have includes all that the app needs.
if [ -x .venv/bin/python ]; then
    if [ -e "$wanted" ]; then exit 0; fi
    if [ "$kind" = runtime ] && [ -e "$(stamp dev requirements-dev.lock)" ]; then exit 0; fi
fi

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

can_make_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

# Debian keeps what makes virtual environments in a package of its own.
get_venv_package() {
    minor=$("$1" -c 'import sys; print("python3.%d-venv" % sys.version_info.minor)')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "installing $minor (Debian ships it apart from Python)"
        apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$minor" >&2 || true
    fi
    can_make_venv "$1" || die "Python at $1 cannot make virtual environments. Install it first: sudo apt install $minor"
}

python=$(find_python)
[ -n "$python" ] || die "Python 3.11 or newer is needed. Install it first: sudo apt install python3 python3-venv"

works_here() {
    [ "$(cat .venv/.smarthd-folder 2>/dev/null || pwd -P)" = "$(pwd -P)" ] && .venv/bin/python -m pip --version >/dev/null 2>&1
}

if ! works_here; then
    can_make_venv "$python" || get_venv_package "$python"
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
pwd -P >.venv/.smarthd-folder

pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }

say "installing the packages of $lock (a minute or two, once)"
# Ready-made wheels only: building one would fetch build tools that no lock pins.
pip install --require-hashes --no-deps --only-binary :all: -r "$lock"
pip install --no-deps --no-build-isolation -e .
rm -f .venv/.smarthd-"$kind"-*
: >"$wanted"
say "ready"
