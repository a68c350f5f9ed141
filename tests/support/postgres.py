"""A private PostgreSQL: a cluster in a temporary folder, reached by a Unix socket only, gone at the end."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.support import needs

OWNER = "smarthd"


class Cluster:
    """One running server. Its settings are PostgreSQL's own: what it acknowledges has reached the disk.

    One that is not `synced` leaves the disk to the kernel. What it acknowledged outlives `kill -9` of anything and not
    the loss of power, which no test brings about; a database is made and dropped in a fraction of the time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def start(cls, *, synced: bool = True) -> "Cluster":
        """Make and start a cluster; the caller must `stop` it."""
        programs = needs.postgres_programs()
        cluster = cls(Path(tempfile.mkdtemp(prefix="smarthd-pg-", dir=_short_temporary_folder())))
        try:
            cluster._make(programs, synced=synced)
        except BaseException:
            cluster.stop()
            raise
        return cluster

    def _make(self, programs: Path, *, synced: bool) -> None:
        user = _other_user()
        if user:
            shutil.chown(self.folder, user)
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        self._run(programs / "initdb", "-D", self._data, "-U", OWNER, "-A", "trust", *locale, "--no-sync")
        options = f"-k {self.folder} -c listen_addresses='' -c max_connections=300"
        options += "" if synced else " -c fsync=off -c full_page_writes=off"
        self._run(programs / "pg_ctl", "-D", self._data, "-l", self.folder / "log", "-o", options, "-w", "start")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, *command: str | Path) -> None:
        """Run one of PostgreSQL's programs; none of them works as root, so root borrows another user."""
        user = _other_user()
        as_user: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
        output = self.folder.with_suffix(".out")
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with output.open("w+") as sink:
            done = subprocess.run(command, cwd=self.folder, stdout=sink, stderr=sink, check=False, **as_user)
            sink.seek(0)
            text = sink.read()
        output.unlink()
        if done.returncode:
            log = self.folder / "log"
            raise RuntimeError(f"{command[0]} failed:\n{text}\n{log.read_text() if log.exists() else ''}")

    def stop(self) -> None:
        """Stop the server at once and remove its folder."""
        try:
            if (self._data / "postmaster.pid").exists():
                self._run(needs.postgres_programs() / "pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the address for `SMARTHD_DATABASE_URL`."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create(self, template: str = "template1", name: str | None = None) -> str:
        """Create a database, a copy of the template; return its name. Nobody may be connected to the template."""
        name = name or f"t_{uuid.uuid4().hex[:12]}"
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def _other_user() -> str | None:
    """Return whom to run the server as, when we are root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _short_temporary_folder() -> str:
    """A socket's path may have 107 characters, and some machines have long names for their temporary folder."""
    folder = tempfile.gettempdir()
    return folder if len(folder) < 60 else "/tmp"
