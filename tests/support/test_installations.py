"""Each test has an installation of its own, on each database."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select
from starlette.testclient import TestClient

from backend.core.database import Database
from tests.support.installations import KINDS, Installation, Installations, Kind
from tests.support.people import People


@pytest.mark.bare
def test_the_app_runs_on_it(installation: Installation, app: FastAPI, people: People) -> None:
    assert people.sign_up("Vũ Văn Ổi").get("/me").json()["full_name"] == "Vũ Văn Ổi"
    assert app.state.database.engine.dialect.name == installation.kind


@pytest.mark.parametrize("kind", KINDS)
def test_two_share_nothing(kind: Kind, installer: Installations, tmp_path: Path) -> None:
    from backend.accounts.models import Account  # noqa: PLC0415 - late, as in conftest
    from backend.app import create_app  # noqa: PLC0415

    one, other = (installer.fresh(kind, tmp_path / name, "bare") for name in ("one", "other"))
    with TestClient(create_app(one.settings())) as client:
        People(client).sign_up()
    for installation, people in ((one, 1), (other, 0)):
        database = Database(installation.database_url)
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Account)) == people
        database.close()
    installer.drop_databases()
