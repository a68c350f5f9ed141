"""What some tests need and a machine may lack: such tests say so and are left out, but under `CI=true` they fail."""

import os
import shutil
from pathlib import Path
from typing import TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[2]

T = TypeVar("T")


def required(found: T | None, lack: str) -> T:
    """Return what was found. When it is missing, skip the test saying why; under CI fail it."""
    if found is not None:
        return found
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(f"{lack} (CI=true: nothing may be left out)", pytrace=False)
    pytest.skip(lack)


def chromium() -> str:
    """Return the path of Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for path in map(shutil.which, names) if path), None)
    return required(found, "Chromium is missing; install it first: sudo apt install chromium")


def postgres_programs() -> Path:
    """Return the folder that holds `initdb` and `pg_ctl`; Debian keeps it off the PATH."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("pg_ctl")] if found]
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    found = next((folder for folder in on_path + packaged if _complete(folder)), None)
    return required(found, "PostgreSQL is missing; install it first: sudo apt install postgresql")


def real_data() -> Path:
    """Return the folder of real data: `SMARTHD_TEST_DATA`, by default `../shared/data` beside the project."""
    folder = Path(os.environ.get("SMARTHD_TEST_DATA") or ROOT / "../shared/data").resolve()
    lack = f"the real data is not at {folder}; say where with SMARTHD_TEST_DATA=/path"
    return required(folder if folder.is_dir() else None, lack)


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres"))


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0
