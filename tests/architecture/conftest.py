"""One app for all the rules: they look, and change nothing."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.support.installations import Installations


@pytest.fixture(scope="session")
def app(installer: Installations, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The app on SQLite."""
    # Imported late: the rules that read the source alone hold while the app does not even start.
    from backend.app import create_app  # noqa: PLC0415

    return create_app(installer.fresh("sqlite", tmp_path_factory.mktemp("rules"), "bare").settings())


@pytest.fixture(scope="session")
def api(app: FastAPI) -> Iterator[TestClient]:
    """A client of it."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
