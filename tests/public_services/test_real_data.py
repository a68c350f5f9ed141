"""The real files, by the command people use: all of it, twice; what is known to be wrong in it does no harm."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func
from sqlmodel import select
from starlette.testclient import TestClient

from backend.app import create_app
from backend.core.database import Database
from backend.public_services.models import Place, PlaceLink, Procedure
from tests.public_services.rows import jsonl, procedure
from tests.support.installations import KINDS, Installation, Installations, smarthd_import

API = "/api/v1"


@pytest.fixture(scope="module", params=KINDS)
def imported(
    request: pytest.FixtureRequest, installer: Installations, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """An installation with the demo, then all real data over it, by `smarthd import`."""
    return installer.fresh(request.param, tmp_path_factory.mktemp("real"), "real")


@pytest.fixture
def reader(imported: Installation) -> TestClient:
    """A client of the app on the real data."""
    app: FastAPI = create_app(imported.settings())
    return TestClient(app, raise_server_exceptions=False)


def source_rows(real_data: Path) -> list[dict[str, Any]]:
    """Return the source's own records."""
    text = (real_data / "procedures/procedures.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_all_records_are_there_word_for_word(imported: Installation, real_data: Path) -> None:
    columns = {"ten": "name", "trinh_tu": "steps", "cach_thuc": "channels", "thanh_phan_ho_so": "documents"}
    columns |= {"co": "flags", "yeu_cau_dieu_kien": "conditions", "ket_qua": "results", "can_cu_phap_ly": "legal_basis"}
    database = Database(imported.database_url)
    with database.reading() as session:
        held = {row.code: row for row in session.exec(select(Procedure))}
    database.close()
    rows = source_rows(real_data)
    assert len(held) == len(rows) == 2834
    different = [row["ma"] for row in rows if any(row[a] != getattr(held[row["ma"]], b) for a, b in columns.items())]
    assert different == []


def test_again_nothing_changes_and_a_broken_file_does_no_harm(
    imported: Installation, real_data: Path, tmp_path: Path
) -> None:
    half = tmp_path / "half.jsonl"
    half.write_bytes((real_data / "procedures/procedures.jsonl").read_bytes()[:60_000])
    cut = smarthd_import(imported, "procedures", half)
    assert cut.returncode == 1
    assert "half.jsonl:" in cut.stdout
    assert smarthd_import(imported, "places", jsonl(tmp_path / "odd.csv", procedure())).returncode == 2
    again = smarthd_import(imported, "procedures", real_data / "procedures/procedures.jsonl")
    assert "0 added, 0 changed, 2834 unchanged" in again.stdout
    again = smarthd_import(imported, "places", *(real_data / "places").glob("*.csv"))
    assert "0 added, 0 changed" in again.stdout


def test_no_fee_is_shown_as_a_number_that_the_source_does_not_stand_by(reader: TestClient, real_data: Path) -> None:
    suspects = [
        row
        for row in source_rows(real_data)
        if {"mien_phi_nhung_co_ghi_chu", "phi_co_the_theo_nghin_dong", "thoi_han_thieu_don_vi"} & set(row["co"])
    ]
    assert len(suspects) > 300
    for row in suspects[::8]:
        shown = reader.get(f"{API}/procedures/{row['ma']}").json()
        for source, channel in zip(row["cach_thuc"], shown["channels"], strict=True):
            if source["phi_trang_thai"] not in {"co_phi", "mien_phi"}:
                assert channel["fee_amount"] is None, row["ma"]
                assert channel["fee_state"] not in {"free", "fee"}, row["ma"]
            if not source["thoi_han_don_vi"]:
                assert channel["time_amount"] is None, row["ma"]


def test_every_record_can_be_shown(reader: TestClient, real_data: Path) -> None:
    for row in source_rows(real_data)[::9]:
        answer = reader.get(f"{API}/procedures/{row['ma']}")
        assert answer.status_code == 200, row["ma"]


def test_old_places_lead_to_new_ones(imported: Installation, reader: TestClient) -> None:
    database = Database(imported.database_url)
    with database.reading() as session:
        old = session.exec(select(func.count()).select_from(Place).where(Place.valid_to != None)).one()  # noqa: E711
        orphans = session.exec(
            select(Place.name).where(Place.valid_to != None, Place.id.not_in(select(PlaceLink.old_id)))  # type: ignore[attr-defined]  # noqa: E711
        ).all()
    database.close()
    assert old > 207
    assert len(orphans) <= 2, orphans
    heirs = reader.get(f"{API}/places/10585", params={"at": "2024-01-01"}).json()["became"]
    assert {heir["name"] for heir in heirs} == {"Phường Chu Văn An", "Phường Trần Nhân Tông", "Phường Bắc An Phụ"}
    cam_giang = reader.get(f"{API}/places/10888").json()
    assert {part["name"] for part in cam_giang["formed_from"]} == {"Thị trấn Cẩm Giang", "Xã Định Sơn", "Xã Cẩm Hoàng"}
    assert cam_giang["area_km2"]
