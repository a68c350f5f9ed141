"""Installations to test on: a folder and a database, copied from templates that are made once for a whole run."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from backend.core.database import Database
from backend.core.settings import Settings
from tests.support import needs
from tests.support.postgres import Cluster

RUN = "SMARTHD_TEST_RUN"
"""Names the folder that all processes of one test run share (pytest-xdist starts several)."""

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
Content = Literal["bare", "demo", "real"]
"""No content; the demo's accounts and content; the demo, and all real procedures and places over it."""


@dataclass(frozen=True)
class Installation:
    """Where one program keeps what it knows."""

    kind: Kind
    data: Path
    database_url: str

    def settings(self, **changes: Any) -> Settings:
        """Return its settings; rate limits are off unless a test is about them."""
        return Settings(**{"data": self.data, "database_url": self.database_url, "rate_limits": False, **changes})


class Installations:
    """Makes fresh installations, and removes what it made outside the tests' own folders."""

    def __init__(self, run: Path, *, synced: bool = True) -> None:
        self.run, self._synced = run, synced
        self._databases: list[str] = []

    def fresh(self, kind: Kind, folder: Path, content: Content = "demo") -> Installation:
        """Return a new installation in `folder`: migrated, and with this content."""
        installation = self._copy(kind, self._template(kind, content), folder / "data")
        if kind == "postgresql":
            self._databases.append(installation.database_url.partition("@/")[2].partition("?")[0])
        return installation

    def cluster(self) -> Cluster:
        """Return the PostgreSQL that all processes of this run share; whoever asks first starts it."""
        with _only_one(self.run / "cluster.lock"):
            note = self.run / "cluster"
            if not note.exists():
                note.write_text(str(Cluster.start(synced=self._synced).folder), encoding="utf-8")
            return Cluster(Path(note.read_text(encoding="utf-8")))

    def drop_databases(self) -> None:
        """Drop the databases that were made since the last time."""
        while self._databases:
            self.cluster().drop(self._databases.pop())

    def _template(self, kind: Kind, content: Content) -> Path:
        data = self.run / f"{kind}_{content}"
        with _only_one(self.run / f"{data.name}.lock"):
            if not (data / "ready").exists():
                shutil.rmtree(data, ignore_errors=True)
                if content == "real":
                    _bring_real_data(self._copy(kind, self._template(kind, "demo"), data, data.name))
                else:
                    data.mkdir()
                    _install(data, self._template_database(kind, data), demo=content == "demo")
                (data / "ready").touch()
        return data

    def _copy(self, kind: Kind, template: Path, data: Path, name: str | None = None) -> Installation:
        # What was stored is never changed in place, so a link is as good as a copy; the database is changed in place.
        shutil.copytree(template, data, copy_function=_link_or_copy, ignore=shutil.ignore_patterns("ready"))
        if kind == "sqlite":
            return Installation(kind, data, _sqlite(data))
        cluster = self.cluster()
        return Installation(kind, data, cluster.url(cluster.create(template.name, name)))

    def _template_database(self, kind: Kind, data: Path) -> str:
        if kind == "sqlite":
            return _sqlite(data)
        cluster = self.cluster()
        cluster.drop(data.name)
        return cluster.url(cluster.create(name=data.name))


def open_run() -> Path:
    """Make the folder of this test run, and tell the processes that will be started."""
    run = Path(tempfile.mkdtemp(prefix="smarthd-tests-"))
    os.environ[RUN] = str(run)
    return run


def smarthd_import(installation: Installation, what: str, *files: Path) -> "subprocess.CompletedProcess[str]":
    """Run `smarthd import`, as people do."""
    command = [sys.executable, "-m", "backend.cli", "import", what, *map(str, files), "--data", str(installation.data)]
    return subprocess.run(
        command,
        cwd=needs.ROOT,
        env={**os.environ, "SMARTHD_DATABASE_URL": installation.database_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def close_run(run: Path) -> None:
    """Stop what the run started, however it ended, and remove its folder."""
    note = run / "cluster"
    if note.exists():
        Cluster(Path(note.read_text(encoding="utf-8"))).stop()
    shutil.rmtree(run, ignore_errors=True)


def _sqlite(data: Path) -> str:
    return f"sqlite:///{data / 'smarthd.db'}"


def _link_or_copy(source: str, target: str) -> None:
    if "/files/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Let one process at a time through."""
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _install(data: Path, url: str, *, demo: bool) -> None:
    # Imported late: it takes seconds, and the tests of rules and contracts do without it.
    from backend.core.events import HANDLERS  # noqa: PLC0415
    from backend.core.jobs import run_pending  # noqa: PLC0415
    from backend.serve import prepare  # noqa: PLC0415

    database = Database(url)
    prepare(database, Settings(data=data, database_url=url), demo=demo)
    # What the demo leaves for the worker is done once, not by the first test that waits for the worker, every time.
    run_pending(database, HANDLERS)
    database.close()


def _bring_real_data(installation: Installation) -> None:
    real = needs.real_data()
    places = sorted((real / "places").glob("*.csv"), reverse=True)
    for what, files in (("procedures", [real / "procedures/procedures.jsonl"]), ("places", places)):
        done = smarthd_import(installation, what, *files)
        if done.returncode or "skipped" in done.stdout.replace(" 0 skipped", ""):
            raise RuntimeError(f"the real {what} cannot be imported:\n{done.stdout}{done.stderr}")
