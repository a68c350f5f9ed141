"""A real server in a process of its own, as a person would start it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import httpx2

from tests.support.needs import ROOT

START_SECONDS = 60


def free_port() -> int:
    """Return a port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`smarthd serve` on a folder (and, when given, a PostgreSQL database). Use it in a `with` block."""

    def __init__(
        self,
        data: Path,
        *,
        database_url: str | None = None,
        demo: bool = True,
        environment: dict[str, str] | None = None,
        only: str | None = None,
        api_url: str | None = None,
    ) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = data.parent / f"{data.name}.server.log"
        self._arguments = ["--host", "127.0.0.1", "--port", str(self.port), "--data", str(data)]
        self._arguments += [] if demo else ["--no-demo"]
        self._arguments += ["--only", only] if only else []
        self._arguments += ["--api-url", api_url] if api_url else []
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SMARTHD_")}
        self._environment = {**inherited, "SMARTHD_RATE_LIMITS": "off", **(environment or {})}
        if database_url:
            self._environment["SMARTHD_DATABASE_URL"] = database_url
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start it and wait until it says that it is ready. What it logs is added to `log_file`."""
        with self.log_file.open("ab") as sink:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "backend.cli", "serve", *self._arguments],
                cwd=ROOT,
                env=self._environment,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None:
                raise RuntimeError(f"the server stopped with {self._process.returncode}:\n{self.log()}")
            if time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"the server was not ready in {START_SECONDS} s:\n{self.log()}")
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def stop(self) -> None:
        """Ask it to stop, as `systemctl stop` would; kill it when it does not within 10 s."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """`kill -9`: it has no time to save anything."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def log(self) -> str:
        """Return everything that it logged, over all its starts."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")
