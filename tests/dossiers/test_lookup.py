"""Looking a dossier up: any way of writing its code, and nothing for who does not know both."""

from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from backend.core import clock
from backend.demo.files import rows
from shared.dossiers import DossierState
from tests.support.people import API, expect

OLD, NEW = "000.00.01.H23-230331-0001", "H23.150-20261123-0000417"
LATE, PAPERS = "000.00.01.H23-261028-0009", "H23.162-20261113-0000127"
FOLLOWED = "H23.150-20261120-0000398"
END = "0001"
NO_CODES: list[Any] = [
    "", "hồ sơ của tôi", NEW[:-8], NEW + "99", "a" * 100_000, "' OR 1=1 --", NEW + "'; DROP TABLE dossier; --",
    "H23.150-2026112-0000417", "H23.150-٢٠٢٦١١٢٣-0000417", "\x00", "٣" * 9, 5, None, ["x"], {"$ne": ""},
]  # fmt: skip


def ask(api: TestClient, code: Any, digits: Any = END, **options: Any) -> httpx2.Response:
    """Look a dossier up."""
    return api.post(f"{API}/dossiers/lookup", json={"code": code, "phone_last4": digits}, **options)


@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_every_way_of_writing_a_code(api: TestClient) -> None:
    ways = [
        OLD, NEW, f"  {NEW.lower()}\n", "h23.150 - 20261123 - 0000417", NEW.replace("-", "–"),
        NEW.replace("-", "\u2011"),
        "\ufeff" + NEW, "Ｈ２３．１５０－２０２６１１２３－００００４１７", "000.00.01.H23\u00a0-\t230331 -0001",
    ]  # fmt: skip
    for way in ways:
        assert expect(200, ask(api, way))["code"] in {OLD, NEW}, way
    for none in NO_CODES:
        answer = ask(api, none)
        fields = [error["field"] for error in expect(422, answer)["errors"]]
        assert fields == ["code"], none
        assert answer.headers["content-type"] == "application/problem+json"
    for digits in ("", "1", "00001", "000a", "٠٠٠١", None, 1):
        assert [error["field"] for error in expect(422, ask(api, NEW, digits))["errors"]] == ["phone_last4"], digits
    lone = api.post(f"{API}/dossiers/lookup", content=b'{"code": "\\ud800", "phone_last4": "0001"}')
    assert lone.status_code == 422
    huge = api.post(f"{API}/dossiers/lookup", content=b'{"code": "' + b"A" * 300_000 + b'"}')
    assert huge.status_code == 413


def test_the_demo_stands_in_all_ten_states(api: TestClient) -> None:
    codes = [row["code"] for row in rows("dossiers.json")]
    found = [expect(200, ask(api, code)) for code in codes]
    assert {row["state"] for row in found} == set(DossierState)
    assert {row["source"] for row in found} == {"Dữ liệu minh họa"}
    paused = [row for row in found if row["paused"]]
    assert {row["state"] for row in paused} == {"papers_wanted", "payment_wanted", "stopped"}
    assert all(row["paused_at"] for row in paused)
    assert [row["code"] for row in found if row["late"]] == [LATE]
    by_code = {row["code"]: row for row in found}
    late, papers = by_code[LATE], by_code[PAPERS]
    assert late["late"]["apology"].startswith("Xin lỗi")
    assert late["late"]["first_due_at"] < clock.now().isoformat() < late["late"]["new_due_at"] == late["due_at"]
    assert [paper["field"] for paper in papers["missing"]] == ["Nơi cư trú trước đây", "Chữ ký"]
    assert papers["contact"] == {"name": "Bộ phận một cửa phường Hải Dương", "phone": "1022"}
    assert [step["state"] for step in papers["history"]] == ["new", "received", "processing", "papers_wanted"]
    assert papers["applicant"] == "Đ* T** H***"
    assert papers["procedure_code"] == "1.000894"
    assert papers["following"] is None


def test_a_wrong_code_and_wrong_digits_are_told_alike(api: TestClient) -> None:
    right = ask(api, NEW)
    assert right.headers["cache-control"] == "private, no-store"
    wrong_code, wrong_digits = ask(api, NEW[:-1] + "8"), ask(api, NEW, "9999")
    assert wrong_code.status_code == wrong_digits.status_code == 404
    assert wrong_code.content == wrong_digits.content
    alike = [{**answer.headers, "x-request-id": ""} for answer in (wrong_code, wrong_digits)]
    assert alike[0] == alike[1]
