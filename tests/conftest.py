"""What every test may ask for: an installation on each database, the app on it, people, a server, a browser."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.events import HANDLERS
from backend.core.jobs import run_pending
from tests.support import browser as browsers
from tests.support import installations, needs
from tests.support.installations import KINDS, Content, Installation, Installations
from tests.support.people import People
from tests.support.server import Server


def pytest_configure(config: pytest.Config) -> None:
    """Forget the settings of whoever runs the tests; open what this run's processes share."""
    for name in [name for name in os.environ if name.startswith("SMARTHD_") and not name.startswith("SMARTHD_TEST_")]:
        del os.environ[name]
    if not hasattr(config, "workerinput"):
        config.stash[_run] = installations.open_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close it again, however the run ended."""
    run = config.stash.get(_run, None)
    if run:
        installations.close_run(run)


_run = pytest.StashKey[Path]()


@pytest.fixture(scope="session")
def installer() -> Installations:
    """Makes fresh installations; prefer `installation`."""
    return Installations(Path(os.environ[installations.RUN]), synced=False)


@pytest.fixture(params=KINDS)
def installation(request: pytest.FixtureRequest, installer: Installations, tmp_path: Path) -> Iterator[Installation]:
    """A fresh installation with the demo's accounts and content: once on SQLite, once on PostgreSQL.

    `@pytest.mark.bare` leaves the demo out; `@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)`
    keeps a test to one database.
    """
    content: Content = "bare" if request.node.get_closest_marker("bare") else "demo"
    yield installer.fresh(request.param, tmp_path, content)
    installer.drop_databases()


@pytest.fixture
def app(installation: Installation) -> FastAPI:
    """The app on that installation."""
    # Imported late: it takes seconds, and the tests of rules and contracts do without it.
    from backend.app import create_app  # noqa: PLC0415

    return create_app(installation.settings())


@pytest.fixture
def api(app: FastAPI) -> Iterator[TestClient]:
    """A client of the app; what the app would answer with 500 stays an answer."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def people(api: TestClient) -> People:
    """People who call the app: `people.sign_up()`, `people.demo(Role.OFFICER)`."""
    return People(api)


@pytest.fixture
def database(app: FastAPI, api: TestClient) -> Database:
    """The app's database, to look at what it holds."""
    found: Database = app.state.database
    return found


@pytest.fixture
def drain(database: Database) -> Callable[[], int]:
    """Do now what the worker has to do; returns how many jobs it was."""
    return lambda: run_pending(database, HANDLERS)


@pytest.fixture
def serve(tmp_path: Path, installer: Installations) -> Iterator[Callable[..., Server]]:
    """Start real servers with the demo: `serve()`, `serve(only="api")`; they stop with the test."""
    data = tmp_path / "served" / "data"
    data.parent.mkdir()

    def start(**options: Any) -> Server:
        if options.get("demo", True) and not data.exists():
            installer.fresh("sqlite", tmp_path / "served")
        return running.enter_context(Server(data, **options))

    with ExitStack() as running:
        yield start


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data."""
    return needs.real_data()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of this process; each test opens contexts of its own."""
    with browsers.chromium() as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., browsers.Visitor]]:
    """Bring a person to a screen: `visit(url)`, `visit(url, browsers.DESKTOP)`; she leaves with the test."""
    with ExitStack() as leaving:

        def come(url: str, size: tuple[int, int] = browsers.PHONE, **context: object) -> browsers.Visitor:
            visitor = browsers.Visitor(chromium, url, size, **context)
            leaving.callback(visitor.close)
            return visitor

        yield come
