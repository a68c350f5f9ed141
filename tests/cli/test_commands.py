"""`smarthd` as an administrator types it: what it refuses, it refuses in words and with an exit code."""

import json
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from backend.cli import main
from backend.core.database import Database
from backend.core.jobs import enqueue
from tests.support.installations import Installation

pytestmark = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def smarthd(installation: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command on the installation; return its exit code and all that it said."""
    monkeypatch.setenv("SMARTHD_NEW_PASSWORD", "một mật khẩu dài")

    def run(*arguments: str) -> tuple[int, str]:
        code = main([*arguments, "--data", str(installation.data)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["0987654321", "Sen", "--role", "officer"], "--unit"),
        (["0987654321", "Sen", "--role", "leader"], "--unit"),
        (["0987654321", "Sen", "--role", "king"], "king"),
        (["0987654321", "Sen", "--role", "officer", "--unit", "nowhere"], "no such unit"),
        (["0987654321", "   "], "full_name"),
        (["0987654321", "S" * 121], "full_name"),
        (["12345", "Sen"], "phone"),
        (["0900000001", "Sen"], "has an account"),
    ],
)
def test_an_account_that_could_not_work_is_not_made(smarthd: Command, arguments: list[str], why: str) -> None:
    code, said = smarthd("user", "create", *arguments)
    assert code == 1
    assert why in said
    assert "mật khẩu" not in said


def test_a_short_password_is_refused(smarthd: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTHD_NEW_PASSWORD", "ngắn")
    assert smarthd("user", "create", "0987654321", "Sen")[0] == 1


def test_a_locked_database_is_said_in_words(
    smarthd: Command, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.core.database.BUSY_SECONDS", 0)
    with closing(sqlite3.connect(installation.data / "smarthd.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, said = smarthd("user", "create", "0987654321", "Sen")
    assert code == 1
    assert "database is locked" in said
    assert "Traceback" not in said
    assert smarthd("user", "create", "0987654321", "Sen")[0] == 0


def test_seeding_twice_changes_nothing(smarthd: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert smarthd("seed") == (0, "left as it is: there are accounts already\n")
    monkeypatch.setenv("SMARTHD_ENVIRONMENT", "production")
    monkeypatch.setenv("SMARTHD_SECRET", "k3J9x0Qw7Lm2Zp8Rt5Vb1Nc6Hy4Ud0Se")
    assert smarthd("seed")[0] == 1


def test_serving_where_it_cannot_says_why(smarthd: Command) -> None:
    assert smarthd("serve", "--only", "api,kitchen")[0] == 2
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, said = smarthd("serve", "--port", port)
    assert (code, port in said) == (1, True)


def test_boundaries_are_brought_twice_and_bad_ones_named(smarthd: Command, tmp_path: Path) -> None:
    ring = [[106.3, 20.9], [106.4, 20.9], [106.4, 21.0], [106.3, 20.9]]
    ward = {"type": "Feature", "properties": {"ma_xa": "10507", "ten": "Thành Đông", "loai": "Phường"},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    good, bad = tmp_path / "wards.geojson", tmp_path / "half.geojson"
    good.write_text(json.dumps({"type": "FeatureCollection", "features": [ward]}), encoding="utf-8")
    bad.write_text(json.dumps({"type": "FeatureCollection", "features": [ward, {}]}), encoding="utf-8")
    code, said = smarthd("import", "boundaries", str(good))
    assert (code, said.splitlines()[0]) == (0, "boundaries: 1 added, 0 changed, 0 unchanged, 0 skipped")
    assert "64 illustrative boundaries gave way" in said
    again = (0, "boundaries: 0 added, 0 changed, 1 unchanged, 0 skipped\n")
    assert smarthd("import", "boundaries", str(good)) == again
    code, said = smarthd("import", "boundaries", str(bad))
    assert (code, "half.geojson:2: not a GeoJSON Feature" in said) == (1, True)
    code, said = smarthd("import", "boundaries", str(good), str(tmp_path / "none.geojson"))
    assert (code, "none.geojson: No such file" in said) == (2, True)


def test_settings_that_do_not_fit_are_said_without_the_others(
    smarthd: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARTHD_OFFICE_HOURS", "8h-12h")
    monkeypatch.setenv("SMARTHD_SECRET", "k3J9x0Qw7Lm2Zp8Rt5Vb1Nc6Hy4Ud0Se")
    code, said = smarthd("migrate")
    assert (code, "SMARTHD_OFFICE_HOURS='8h-12h': write stretches" in said) == (1, True)
    assert "k3J9x0Qw" not in said
    assert "Traceback" not in said


def test_waiting_work_is_counted(smarthd: Command, installation: Installation) -> None:
    before = int(smarthd("jobs")[1].split()[0])
    database = Database(installation.database_url)
    with database.transaction() as session:
        enqueue(session, "somebody else's", {})
    database.close()
    assert smarthd("jobs") == (0, f"{before + 1} waiting, 0 given up\n")
