"""`smarthd import offices|hotlines`: good rows in, bad ones named, twice the same, real tables of any kind."""

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from backend.core.database import Database
from backend.core.importing import ImportReport
from backend.features import IMPORTS
from backend.offices import queries
from backend.offices.models import Hotline, Office
from tests.support.installations import Installation

HEAD = "Mã,Tên,Loại,Địa chỉ,Điện thoại,Vĩ độ,Kinh độ,Giờ mở cửa,Ghi chú,Mã xã"
GOOD = 'hcc-1,Một cửa phường Hải Dương,một cửa,Số 1,1022,20.94,106.34,"T2-T6 07:30-11:30,13:30-17:00",,10525 10507'


@pytest.fixture
def db(installation: Installation) -> Iterator[Database]:
    """The installation's database, without the app around it."""
    database = Database(installation.database_url)
    yield database
    database.close()


def bring(db: Database, what: str, *paths: Path) -> ImportReport:
    """Import files as the command does."""
    with db.transaction() as session:
        return IMPORTS[what](session, list(paths))


def write(path: Path, *lines: str) -> Path:
    """Write lines."""
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_table_goes_in_and_bad_rows_are_named(db: Database, tmp_path: Path) -> None:
    bad = [
        "hcc-1,Lại là nó,một cửa,,,,,,,",
        "hcc-2,Không loại,trường học,,,,,,,",
        "hcc-3,Giờ sai,y tế,,,,,thứ hai sáng,,",
        "hcc-4,Nửa vị trí,y tế,,,20.9,,,,",
        "hcc-5,Vị trí sai,y tế,,,bắc,106,,,",
        "hcc 6,Mã sai,y tế,,,,,,,",
        ",Không mã,y tế,,,,,,,",
    ]
    file = write(tmp_path / "o.csv", HEAD, GOOD, *bad)
    file.write_bytes(
        file.read_bytes() + "\nhcc-7,Trạm y tế,y tế,,,,,24/7,,\n".encode() + b"hcc-8,\xd0\xe0o,y te,,,,,,,\n"
    )
    report = bring(db, "offices", file)
    assert (report.added, report.exit_code) == (2, 1)
    assert [line.split(":")[1] for line in report.skipped] == ["3", "4", "5", "6", "7", "8", "9", "11"]
    assert "hcc-1 stands already in o.csv:2" in report.skipped[0]
    assert "not UTF-8" in report.skipped[-1]
    assert any("gave way" in note for note in report.notes)
    with db.reading() as session:
        assert session.exec(select(func.count(col(Office.id)))).one() == 2
        row = queries.office(session, "hcc-1")
        assert row is not None
        assert (len(row.hours), queries.served(session, [row.id])[row.id]) == (10, ["10507", "10525"])
    again = bring(db, "offices", file)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_what_cannot_be_used_changes_nothing(db: Database, tmp_path: Path) -> None:
    with db.reading() as session:
        before = session.exec(select(func.count(col(Office.id)))).one()
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"xl/{number}.xml", b"0" * 100_000_000)
    files = [
        write(tmp_path / "head.csv", "a,b,c", "1,2,3"),
        write(tmp_path / "empty.csv"),
        write(tmp_path / "not.xlsx", "not a workbook"),
        write(tmp_path / "what.pdf", "%PDF"),
        bomb,
        tmp_path / "missing.csv",
    ]
    for file in files:
        report = bring(db, "offices", write(tmp_path / "good.csv", HEAD, GOOD), file)
        assert report.exit_code == 2, file
    with db.reading() as session:
        assert session.exec(select(func.count(col(Office.id)))).one() == before


def test_json_lines_and_numbers_to_call(db: Database, tmp_path: Path) -> None:
    cells = dict(zip(HEAD.split(","), next(csv.reader([GOOD])), strict=True))
    lines = write(tmp_path / "o.jsonl", json.dumps(cells, ensure_ascii=False), "{", "[1]", '{"code": "x"}')
    report = bring(db, "offices", lines)
    assert (report.added, len(report.skipped)) == (1, 3)
    assert "o.jsonl:4: kind: one of" in report.skipped[2]
    numbers = write(
        tmp_path / "h.csv",
        "number,name,emergency",
        "0220.3.855.855,Điện lực,",
        "113,Công an,x",
        "12,Ngắn,",
        "114,A,có lẽ",
    )
    report = bring(db, "hotlines", numbers)
    assert (report.added, report.changed, len(report.skipped)) == (1, 1, 2)
    assert (bring(db, "hotlines", numbers).unchanged) == 2
    with db.reading() as session:
        last = session.exec(select(Hotline).order_by(col(Hotline.position).desc())).first()
        assert last is not None
        assert last.number == "02203855855"
