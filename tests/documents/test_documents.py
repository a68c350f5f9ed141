"""Documents: brought in from what offices keep, found by number and words, paged by date."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from backend.core.database import Database
from backend.core.importing import ImportReport
from backend.documents.document_import import import_documents, kind_of
from backend.documents.models import Document, DocumentTokens
from tests.support.installations import Installation
from tests.support.people import API, expect
from tests.support.sheets import workbook

HEAD = ["Số hiệu", "Trích yếu", "Ngày ban hành", "Cơ quan", "Loại", "Lĩnh vực", "Liên kết"]
GOOD = ["12/QĐ-UBND", "Về việc lập quy hoạch", "05/03/2024", "UBND tỉnh", "", "Xây dựng", "https://vbpl.vn/12.pdf"]


@pytest.fixture
def db(installation: Installation) -> Iterator[Database]:
    """The installation's database, without the app around it."""
    database = Database(installation.database_url)
    yield database
    database.close()


def bring(db: Database, *paths: Path) -> ImportReport:
    """Import files as the command does."""
    with db.transaction() as session:
        return import_documents(session, list(paths))


def csv(path: Path, *rows: list[str], head: list[str] = HEAD, delimiter: str = ",") -> Path:
    """Write rows as CSV, each cell quoted."""
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in (head, *rows)]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


@pytest.mark.bare
def test_csv_xlsx_and_json_lines_say_the_same(db: Database, tmp_path: Path) -> None:
    names = ["so_hieu", "trich_yeu", "ngay_ban_hanh", "co_quan", "loai", "linh_vuc", "lien_ket"]
    lines = tmp_path / "a.jsonl"
    lines.write_text(json.dumps(dict(zip(names, GOOD, strict=True))), encoding="utf-8")
    as_date: list[Any] = [*GOOD[:2], date(2024, 3, 5), *GOOD[3:]]
    files = [csv(tmp_path / "a.csv", GOOD), workbook(tmp_path / "a.xlsx", [HEAD, as_date]), lines]
    files.append(csv(tmp_path / "b.csv", GOOD, delimiter=";"))
    first = bring(db, files[0])
    assert (first.added, first.exit_code) == (1, 0)
    for path in files:
        again = bring(db, path)
        assert (again.added, again.changed, again.unchanged, again.skipped) == (0, 0, 1, []), path.name
    changed = bring(db, csv(tmp_path / "c.csv", [GOOD[0], "Về việc khác", *GOOD[2:]]))
    assert (changed.added, changed.changed) == (0, 1)
    with db.reading() as session:
        (row,) = session.exec(select(Document)).all()
        (tokens,) = session.exec(select(DocumentTokens)).all()
    assert (row.kind, row.issued_on, row.title) == ("Quyết định", date(2024, 3, 5), "Về việc khác")
    assert "s.khac" in tokens.tokens.split()
    assert "s.hoach" not in tokens.tokens.split()


BAD = {
    "so_hieu": ["", *GOOD[1:]],
    "ngay_ban_hanh": [*GOOD[:2], "31/02/2024", *GOOD[3:]],
    "yet to come": [*GOOD[:2], "01/01/2099", *GOOD[3:]],
    "before 2/9/1945": [*GOOD[:2], "01/01/1900", *GOOD[3:]],
    "lien_ket": [*GOOD[:6], "javascript:alert(1)"],
    "trich_yeu": [GOOD[0], "x" * 2_001, *GOOD[2:]],
    "stands already": GOOD,
    "more cells": [*GOOD, "thừa"],
    "NUL": ["12/QĐ", "a\x00b", *GOOD[2:]],
}


@pytest.mark.bare
@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_bad_rows_are_named_and_good_ones_go_in(db: Database, tmp_path: Path) -> None:
    path = csv(tmp_path / "a.csv", GOOD, *BAD.values(), ["99/NQ-HĐND", *GOOD[1:]])
    path.write_bytes(path.read_bytes() + b'\n"7/Q\xff","a","01/02/2024","b","","",""')
    report = bring(db, path)
    said = "\n".join(report.skipped)
    assert (report.added, report.exit_code, len(report.skipped)) == (2, 1, len(BAD) + 1), said
    assert not [why for why in (*BAD, "not UTF-8") if why not in said], said


@pytest.mark.bare
@pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_used_changes_nothing(db: Database, tmp_path: Path) -> None:
    broken, empty, other = tmp_path / "a.xlsx", tmp_path / "a.csv", tmp_path / "a.doc"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    empty.write_bytes(b"")
    other.write_bytes(b"x")
    headless = csv(tmp_path / "b.csv", GOOD, head=["a", *HEAD[1:]])
    large = tmp_path / "c.csv"
    with large.open("wb") as file:
        file.truncate(2**30)
    good = csv(tmp_path / "good.csv", GOOD)
    for path in (broken, empty, other, headless, large, tmp_path / "missing.csv"):
        report = bring(db, good, path)
        assert (report.added, report.exit_code) == (0, 2), path.name
        assert path.name in report.unusable[0]


def documents(api: TestClient, **query: Any) -> list[str]:
    """Return the numbers of a list, over all its pages."""
    numbers: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = expect(200, api.get(f"{API}/documents", params={**query, **cursor}))
        numbers += [row["number"] for row in page["items"]]
        if page["next_cursor"] is None:
            return numbers
        cursor = {"cursor": page["next_cursor"]}


def test_documents_are_looked_up(api: TestClient) -> None:
    every = documents(api, limit=2)
    assert len(every) == len(set(every)) == 6
    assert every[-1] == "06-NQ/TU", "the newest first"
    assert documents(api, year=2022) == ["505/QĐ-TTg", "685/QĐ-UBND"]
    assert documents(api, kind="Quyết định", agency="Thủ tướng Chính phủ") == ["505/QĐ-TTg"]
    assert documents(api, q="685") == documents(api, q="685/qd-ubnd") == ["685/QĐ-UBND"]
    assert documents(api, q="ubnd", limit=1) == ["21/KH-UBND", "685/QĐ-UBND"], "the newest first among numbers"
    assert documents(api, q="chuyen doi so", year=2021) == ["06-NQ/TU"]
    assert documents(api, q="chuyen doi so", agency="Thủ tướng Chính phủ", kind="Quyết định") == ["505/QĐ-TTg"]
    facets = expect(200, api.get(f"{API}/documents/facets"))
    assert {"name": "2022", "count": 2} in facets["years"]
    assert facets["kinds"][0] == {"name": "Quyết định", "count": 2}
    row = expect(200, api.get(f"{API}/documents", params={"q": "06-NQ/TU"}))["items"][0]
    assert expect(200, api.get(f"{API}/documents/{row['id']}"))["issued_on"] == "2021-03-26"


def test_wrong_questions_are_problems(api: TestClient) -> None:
    for query in ("cursor=x", "cursor=WzUsNV0=", "year=99999", "year=x", "agency=%00", "limit=0"):
        assert (query, api.get(f"{API}/documents?{query}").status_code) == (query, 422)
    # A level and a number that no list of ours gave, for a question.
    for cursor in ("Wy01LDVd", "WzksNV0=", "WzAsLTVd"):
        assert expect(200, api.get(f"{API}/documents?q=so&cursor={cursor}"))["next_cursor"] is None
    assert api.get(f"{API}/documents/0190a2b4-0000-7000-8000-000000000000").status_code == 404
    assert api.get(f"{API}/documents/x").status_code == 422


@pytest.mark.parametrize(
    ("number", "kind"),
    [("685/QĐ-UBND", "Quyết định"), ("47/2020/NĐ-CP", "Nghị định"), ("91/2025/QH15", "Luật"), ("15/UBND", "Văn bản")],
)
def test_a_number_names_its_kind(number: str, kind: str) -> None:
    assert kind_of(number) == kind
